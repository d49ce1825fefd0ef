"""arXiv's Atom answers, made from a folder's feed.xml in the wire format of 2026."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from arxiv_daily_cli.standins import arxiv_query

ATOM = "{http://www.w3.org/2005/Atom}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
ERRORS = "https://arxiv.org/api/errors#"
LARGEST_PAGE = 30_000
SORT_KEYS = {"relevance": None, "submittedDate": "published", "lastUpdatedDate": "updated"}
SORT_ORDERS = ("ascending", "descending")
_ID = re.compile(r"(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Za-z-]+)?/\d{7})(?:v(?P<version>\d+))?")

for _prefix, _namespace in {
    "": ATOM,
    "opensearch": OPENSEARCH,
    "arxiv": "{http://arxiv.org/schemas/atom}",
}.items():
    ET.register_namespace(_prefix, _namespace.strip("{}"))


class BadRequest(ValueError):
    """What arXiv answers with status 400; the text is what its error entry says."""


@dataclass(frozen=True)
class Entry:
    """One version of one paper, with its element of feed.xml."""

    paper_id: str
    version: int
    published: datetime
    updated: datetime
    categories: tuple[str, ...]
    element: ET.Element


def read(path: Path) -> list[Entry]:
    """The entries of a feed file, in its order."""
    root = ET.fromstring(path.read_bytes())  # noqa: S314 - the operator's own file
    return [_entry(element) for element in root.iter(f"{ATOM}entry")]


def answer(entries: Sequence[Entry], query: Mapping[str, str]) -> bytes:
    """The feed that answers a query's parameters. Raises BadRequest where arXiv does."""
    start, size = _number(query, "start", 0), _number(query, "max_results", 10)
    if size > LARGEST_PAGE:
        raise BadRequest(f"max_results must be at most {LARGEST_PAGE}")
    found = _sorted(_select(entries, query), query)
    names = {name: query.get(name, "") for name in ("search_query", "id_list")}
    names |= {"start": str(start), "max_results": str(size)}
    title = "&".join(f"{name}={value}" for name, value in names.items())
    feed = _feed(f"arXiv Query: {title}", names)
    _count(feed, size, len(found), start)
    feed.extend(entry.element for entry in found[start : start + size])
    return _written(feed)


def error(message: str) -> bytes:
    """The feed with one error entry that arXiv sends along with status 400."""
    feed = _feed("arXiv Search Results", None)
    _count(feed, 1, 1, 0)
    entry, address = ET.SubElement(feed, f"{ATOM}entry"), ERRORS + message.replace(" ", "_")
    for name, text in {"id": address, "title": "Error", "updated": _now()}.items():
        ET.SubElement(entry, ATOM + name).text = text
    ET.SubElement(entry, f"{ATOM}link", href=address, rel="alternate", type="text/html")
    ET.SubElement(entry, f"{ATOM}summary").text = message
    ET.SubElement(ET.SubElement(entry, f"{ATOM}author"), f"{ATOM}name").text = "arXiv api core"
    return _written(feed)


def _entry(element: ET.Element) -> Entry:
    match = _ID.search(element.findtext(f"{ATOM}id", "").partition("/abs/")[2])
    if match is None:
        raise ValueError("an entry of feed.xml has no arXiv id")
    return Entry(
        paper_id=match["id"],
        version=int(match["version"] or 1),
        published=_moment(element, "published"),
        updated=_moment(element, "updated"),
        categories=tuple(c.get("term", "") for c in element.iter(f"{ATOM}category")),
        element=element,
    )


def _moment(element: ET.Element, name: str) -> datetime:
    return datetime.fromisoformat(element.findtext(ATOM + name, "")).astimezone(UTC)


def _select(entries: Sequence[Entry], query: Mapping[str, str]) -> list[Entry]:
    """What id_list names (all papers when it is absent), as far as search_query selects it."""
    search, ids = query.get("search_query", "").strip(), query.get("id_list", "").strip()
    if not search and not ids:
        return []
    found = _named(entries, ids.split(",")) if ids else _latest(entries)
    if not search:
        return found
    try:
        selects = arxiv_query.parse(search)
    except arxiv_query.MalformedQuery as error:
        raise BadRequest(f"the query could not be read: {error}") from error
    return [e for e in found if selects(arxiv_query.Subject(e.categories, e.published))]


def _named(entries: Sequence[Entry], ids: Sequence[str]) -> list[Entry]:
    """The named papers that exist: the named version, or the latest."""
    latest, found = {entry.paper_id: entry for entry in _latest(entries)}, []
    for text in ids:
        match = _ID.fullmatch(text.strip())
        if match is None:
            raise BadRequest(f"incorrect id format for {text.strip()}")
        if match["version"]:
            wanted = (match["id"], int(match["version"]))
            found += [entry for entry in entries if (entry.paper_id, entry.version) == wanted]
        elif match["id"] in latest:
            found.append(latest[match["id"]])
    return found


def _latest(entries: Sequence[Entry]) -> list[Entry]:
    newest = {e.paper_id: e.version for e in sorted(entries, key=lambda entry: entry.version)}
    return [entry for entry in entries if entry.version == newest[entry.paper_id]]


def _sorted(entries: list[Entry], query: Mapping[str, str]) -> list[Entry]:
    by, order = query.get("sortBy") or "relevance", query.get("sortOrder") or "descending"
    if by not in SORT_KEYS:
        raise BadRequest(f"sortBy must be in: {', '.join(SORT_KEYS)}")
    if order not in SORT_ORDERS:
        raise BadRequest(f"sortOrder must be in: {', '.join(SORT_ORDERS)}")
    field = SORT_KEYS[by]
    if field is None:
        return entries
    return sorted(entries, key=lambda entry: getattr(entry, field), reverse=order == "descending")


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    text = query.get(name) or str(default)
    if not text.isdecimal():
        raise BadRequest(f"{name} must be a non-negative integer")
    return int(text)


def _feed(title: str, query: Mapping[str, str] | None) -> ET.Element:
    """A feed's head; without a query that of an error."""
    feed = ET.Element(f"{ATOM}feed")
    code = sha1(title.encode(), usedforsecurity=False).hexdigest()[:27]
    ET.SubElement(feed, f"{ATOM}id").text = f"https://arxiv.org/api/{code}" if query else "https://arxiv.org/"
    ET.SubElement(feed, f"{ATOM}title").text = title
    ET.SubElement(feed, f"{ATOM}updated").text = _now()
    if query:
        address = f"https://arxiv.org/api/query?{urlencode(query, safe=':/[],()')}"
        ET.SubElement(feed, f"{ATOM}link", href=address, type="application/atom+xml")
    return feed


def _count(feed: ET.Element, size: int, total: int, start: int) -> None:
    for name, number in {"itemsPerPage": size, "totalResults": total, "startIndex": start}.items():
        ET.SubElement(feed, OPENSEARCH + name).text = str(number)


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _written(feed: ET.Element) -> bytes:
    written: bytes = ET.tostring(feed, encoding="UTF-8", xml_declaration=True)
    return written
