"""The questions of arXiv's query API that the simulation understands; all others are errors, loudly."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.simulation.papers import Event, Paper
from tests.simulation.wire import Request

LARGEST_SLICE, LARGEST_WINDOW = 2_000, 30_000

_CATEGORY = r"cat:[a-z-]+(?:\.[A-Za-z-]+)?"
_CATEGORIES = rf"{_CATEGORY}(?: OR {_CATEGORY})*"
_DATES = r"submittedDate:\[(?P<since>\d{12}) TO (?P<until>\d{12})\]"
_SEARCH = re.compile(rf"(?:\((?P<group>{_CATEGORIES})\)|(?P<bare>{_CATEGORIES}))(?: AND {_DATES})?")
_ID = re.compile(r"(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v(?P<version>[1-9]\d*))?")
_SORTS = ("relevance", "lastUpdatedDate", "submittedDate")
_ORDERS = ("ascending", "descending")


class BadQuery(ValueError):
    """A question that arXiv answers with HTTP 400; the message is the error entry's summary."""

    @property
    def code(self) -> str:
        """The part of the error's id behind the #."""
        return str(self).replace(" ", "_")


@dataclass(frozen=True)
class Query:
    """`ids` pairs ids with versions (None: the latest); None when no id_list was given. Times are UTC."""

    search: str
    id_list: str
    categories: frozenset[str]
    since: datetime | None
    until: datetime | None
    ids: tuple[tuple[str, int | None], ...] | None
    start: int
    max_results: int
    sort_by: str
    descending: bool

    def matches(self, paper: Paper, event: Event) -> bool:
        """Whether the search (not the id_list) finds the paper in the state that the event left it in."""
        if self.categories and self.categories.isdisjoint(event.categories):
            return False
        minute = paper.published.replace(second=0, microsecond=0)
        return (self.since is None or minute >= self.since) and (self.until is None or minute <= self.until)


def parse_query(request: Request) -> Query:
    """Raises BadQuery."""
    search, id_list = request.parameter("search_query").strip(), request.parameter("id_list")
    found = _SEARCH.fullmatch(search)
    if search and found is None:
        raise BadQuery(f"search_query not understood by the simulation: {search}")
    if not search and not id_list:
        raise BadQuery("either search_query or id_list must be given")
    group = (found["group"] or found["bare"]) if found else ""
    start, max_results = _whole(request, "start", "0"), _whole(request, "max_results", "10")
    if max_results > LARGEST_SLICE:
        raise BadQuery(f"max_results must not be greater than {LARGEST_SLICE}")
    if start + max_results > LARGEST_WINDOW:
        raise BadQuery(f"start plus max_results must not be greater than {LARGEST_WINDOW}")
    return Query(
        search=search,
        id_list=id_list,
        categories=frozenset(part.removeprefix("cat:") for part in group.split(" OR ") if part),
        since=_minute(found["since"]) if found else None,
        until=_minute(found["until"]) if found else None,
        ids=tuple(map(_id, id_list.split(","))) if id_list else None,
        start=start,
        max_results=max_results,
        sort_by=_one_of(request, "sortBy", _SORTS),
        descending=_one_of(request, "sortOrder", _ORDERS[::-1]) == "descending",
    )


def _whole(request: Request, name: str, default: str) -> int:
    text = request.parameter(name, default)
    if not text.isdecimal():
        raise BadQuery(f"{name} must be a non-negative integer")
    return int(text)


def _one_of(request: Request, name: str, values: tuple[str, ...]) -> str:
    value = request.parameter(name, values[0])
    if value not in values:
        raise BadQuery(f"{name} must be in: {', '.join(values)}")
    return value


def _id(text: str) -> tuple[str, int | None]:
    found = _ID.fullmatch(text.strip())
    if found is None:
        raise BadQuery(f"incorrect id format for {text}")
    return found["id"], int(found["version"]) if found["version"] else None


def _minute(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y%m%d%H%M").replace(tzinfo=UTC)
    except ValueError as error:
        raise BadQuery(f"date {text} cannot be read") from error
