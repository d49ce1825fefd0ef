"""What a check of a digest finds: named, placed, and told to the model and to readers in their own words."""

from enum import StrEnum

from arxiv_daily.models import Value


class FaultKind(StrEnum):
    SHAPE = "shape"
    """A part is missing, empty, or far from the length that was asked for."""
    LANGUAGE = "language"
    """Text that is not in the digest's language, beyond terms and names."""
    NUMBER = "number"
    """A number or unit of the abstract that the translation lacks or changes, or one that it adds."""
    FORMULA = "formula"
    """A formula of the abstract that the translation lacks or changes."""
    SENTENCES = "sentences"
    """Sentences of the abstract that the translation seems to lack."""
    TERM = "term"
    """A glossary term that is rendered otherwise."""
    QUOTE = "quote"
    """A claim whose quote does not stand in the paper's text."""
    CLAIM = "claim"
    """A claim whose value or data set is not in its quote, or in the text near it."""
    RESULT = "result"
    """A number in the results that no verified claim carries."""
    SCOPE = "scope"
    """A statement that goes beyond what the paper states."""
    INSTRUCTION = "instruction"
    """A trace of an instruction in the paper that was followed."""


class Fault(Value):
    """One thing that is wrong with a digest."""

    kind: FaultKind
    where: tuple[str | int, ...]
    """The path of the field: ("translation",), ("claims", 2), ("results", "points", 1), ("method", "lead")."""
    message: str
    """For the model, in English: what is wrong and what to do."""
    remark: str
    """For readers, in Chinese: a sentence."""
