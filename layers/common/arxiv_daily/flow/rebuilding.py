"""A part of the site made again from the table alone: so the whole site can be lost."""

import re
from datetime import date
from typing import Annotated

from pydantic import StringConstraints, ValidationError

from arxiv_daily.flow.publisher import Publisher
from arxiv_daily.models import Value
from arxiv_daily.observability import logger

SITE = "site"


class InvalidRebuild(ValueError):
    """The event names no part of the site."""


class _Request(Value):
    rebuild: Annotated[str, StringConstraints(pattern=r"^(\d{4}-\d{2}(-\d{2})?|site)$")]


class RebuildReport(Value):
    """What was made again: the keys that belong to it, and how many objects had to be written."""

    rebuild: str
    keys: tuple[str, ...]
    written: int


def requested_part(event: object) -> str:
    """The part that `{"rebuild": "2026-02-12"}` names: an edition, a month, or `site`, what is beyond them.

    Raises InvalidRebuild.
    """
    try:
        return _Request.model_validate(event).rebuild
    except ValidationError as error:
        raise InvalidRebuild(
            f'send {{"rebuild": "2026-02-12"}}, {{"rebuild": "2026-02"}} or {{"rebuild": "site"}}, not {event}'
        ) from error


def rebuild(publisher: Publisher, part: str) -> RebuildReport:
    """Publish a part; a whole site is its editions, then their months, then `site`. Raises KeyError for no edition."""
    publisher = publisher.afresh()
    if part == SITE:
        written = publisher.beyond_editions()
    elif re.fullmatch(r"\d{4}-\d{2}", part):
        written = publisher.indexing.month(part)
    else:
        written = publisher.edition_alone(date.fromisoformat(part))
    report = RebuildReport(rebuild=part, keys=tuple(sorted(publisher.bucket.keys)), written=written)
    logger.info("rebuilt", rebuild=part, keys=len(report.keys), written=written)
    return report
