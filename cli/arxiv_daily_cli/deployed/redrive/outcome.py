"""What became of a dead letter, or of a paper that was to be queued again."""

from enum import StrEnum

from arxiv_daily.models import Value


class Deed(StrEnum):
    QUEUED = "queued"
    """Its message is in its queue again."""
    PUBLISHED = "published"
    DROPPED = "dropped"
    """There is nothing left to do for it, and the letter was deleted."""
    DISCARDED = "discarded"
    """It could not be used, and was deleted because that was asked for."""
    LEFT = "left"
    """It lies where it lay."""


class Outcome(Value):
    queue: str
    """papers, changes or notices."""
    about: str
    """A paper, an edition, or the body of a letter that names neither."""
    deed: Deed
    said: str
    """In words."""
    message_id: str | None = None
    """None for a paper that was named on the command line."""
