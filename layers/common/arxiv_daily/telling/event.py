"""EditionPublished as whoever is told by it reads it."""

from datetime import date

from pydantic import BaseModel, ConfigDict, ValidationError


class UnreadableEvent(ValueError):
    """The message holds no EditionPublished."""


class _Read(BaseModel):
    """Fields that are added later are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class ToldPaper(_Read):
    paper_id: str
    title: str
    page_url: str
    """Of the paper on the site, where its reading is."""


class EditionPublished(_Read):
    """The detail of the event; `publishing/schemas/edition_published.v1.json` describes each field."""

    date: date
    status_text: str
    language: str
    url: str
    json_url: str
    counts: dict[str, int]
    papers: tuple[ToldPaper, ...]
    more: int


class _Envelope(_Read):
    detail: EditionPublished


def read_event(body: str) -> EditionPublished:
    """The event in a queue's message, as EventBridge wraps it. Raises UnreadableEvent."""
    try:
        return _Envelope.model_validate_json(body).detail
    except ValidationError as error:
        wrong = ", ".join(".".join(map(str, one["loc"])) or one["msg"] for one in error.errors())
        raise UnreadableEvent(f"no EditionPublished is in the message; look at: {wrong}") from None
