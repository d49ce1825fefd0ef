"""Editions: which papers belong to a day, and what a reader sees of them. Pure functions over values."""
