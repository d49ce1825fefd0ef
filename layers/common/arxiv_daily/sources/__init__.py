"""arXiv as a source: everything that asks it, and what its answers mean."""
