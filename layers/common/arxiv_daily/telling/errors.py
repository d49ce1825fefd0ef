"""What goes wrong when people are told."""


class NotTold(RuntimeError):
    """Somebody could not be told; the message says why, and never holds an address or a secret."""
