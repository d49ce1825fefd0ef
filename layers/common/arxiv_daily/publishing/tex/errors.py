"""What keeps a formula from being shown as one."""


class Unconvertible(ValueError):
    """The formula cannot become MathML that says the same; its source stands instead."""


class NotPlain(ValueError):
    """The formula needs more than a line of Unicode."""
