"""`arxiv-daily status`: how things stand, on one screen."""
