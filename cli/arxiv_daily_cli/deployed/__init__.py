"""`arxiv-daily edition` and its siblings: a stack that is deployed, in AWS or on this machine."""
