"""`arxiv-daily logs`: what the functions wrote about a paper or an edition."""
