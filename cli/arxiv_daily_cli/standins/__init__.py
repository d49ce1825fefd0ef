"""Stand-ins for arXiv and Claude: processes of their own, behind HTTP on 127.0.0.1."""
