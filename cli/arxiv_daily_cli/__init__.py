"""The arxiv-daily command."""
