"""`arxiv-daily redrive`: dead letters back to where they came from, and papers queued again by their ids."""
