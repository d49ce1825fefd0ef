"""`arxiv-daily deploy` and `arxiv-daily leave`: the stack's coming, changing and going, for people new to SAM."""
