"""What comes out of a file of arXiv's: text, and what was left out of it."""

from typing import NamedTuple

LABEL = 16
"""Characters up to which hidden text is left out without a notice: labels of a cropped figure, digits of a phantom."""


class Extracted(NamedTuple):
    """The visible text of a page or a PDF."""

    text: str
    hidden: int = 0
    """Passages that no reader sees, and that the text does not hold."""
    pages: int = 0
    """Of a PDF."""
    is_encrypted: bool = False
    """Whether a PDF is encrypted, though it opens without a password."""


class Unreadable(ValueError):
    """The bytes are no file that can be read; the message is the reason, in Chinese, for readers."""
