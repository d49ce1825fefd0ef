"""Digests: the prompt, the call to Claude, what is accepted as an answer, and the states of a paper's work."""
