"""How well the checks of a digest do: planted faults that they catch, faithful digests that they leave alone.

Nothing here may look into the checks; they see a paper, its text and a digest, and never what was planted.
"""
