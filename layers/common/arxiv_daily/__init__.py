"""arXiv Daily: a daily edition of new papers, each translated and read in full."""

__version__ = "0.1.0"
