"""Checking an answer of arXiv's API before it is believed.

The arxiv package takes an HTML page, an empty body, an error entry or half a document for "no results".
"""

from datetime import UTC, datetime
from typing import NamedTuple

import requests
from lxml import etree

from arxiv_daily.models import InvalidPaperId, PaperRef

ATOM = "{http://www.w3.org/2005/Atom}"
_OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
GOOD = (requests.codes.ok, requests.codes.not_acceptable)
"""arXiv now and then answers 406 with a good page."""
_NAME_LENGTH = 200


class BadAnswer(Exception):
    """The answer is not a whole page of results; the message says why."""


class ErrorEntry(BadAnswer):
    """The answer is arXiv's error entry: it did not accept the query."""


class Page(NamedTuple):
    """A well-formed page of results."""

    total: int
    """Results of the whole query."""
    arrived: int
    """Entries of the page, readable or not."""
    readable: int
    unreadable: dict[str, str]
    """Why an entry cannot be read, by the paper's id or by whatever else names it."""
    content: bytes
    """The page without those, and with no other page after it."""


def results_page(response: requests.Response, *, may_be_empty: bool = False) -> Page:
    """The page that the answer is.

    Raises ErrorEntry or BadAnswer for any other answer, and for an empty page of many unless it may be empty. The
    manual promises Atom, or an error entry (info.arxiv.org/help/api/user-manual.html, 3.4 Errors).
    """
    if response.status_code not in (*GOOD, requests.codes.bad_request):
        raise BadAnswer(f"arXiv answered HTTP {response.status_code}")
    feed = atom_feed(response)
    _refuse_error_entry(feed)
    if response.status_code not in GOOD:
        raise BadAnswer(f"arXiv answered HTTP {response.status_code}")
    stated, total = _total(feed)
    entries = feed.findall(f"{ATOM}entry")
    if total > 0 and not may_be_empty and not entries:
        raise BadAnswer(f"arXiv answered with an empty page of {total} results")
    bad = [(entry, problem) for entry in entries if (problem := _problem(entry))]
    for entry, _ in bad:
        feed.remove(entry)
    stated.text = "0"
    unreadable = {_name(entry): problem for entry, problem in bad}
    return Page(total, len(entries), len(entries) - len(bad), unreadable, etree.tostring(feed))


def atom_feed(response: requests.Response) -> etree._Element:
    """The root of a well-formed Atom document. Raises BadAnswer."""
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if not kind.endswith("xml"):
        raise BadAnswer(f"arXiv answered with {kind or 'no content type'} where Atom was asked for")
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        feed = etree.fromstring(response.content, parser)
    except etree.XMLSyntaxError as error:
        raise BadAnswer(f"arXiv answered with broken XML ({error.msg})") from error
    if feed.tag != f"{ATOM}feed":
        raise BadAnswer("arXiv answered with XML that is not an Atom feed")
    return feed


def _refuse_error_entry(feed: etree._Element) -> None:
    for entry in feed.iterfind(f"{ATOM}entry"):
        if "arxiv.org/api/errors" in (entry.findtext(f"{ATOM}id") or ""):
            raise ErrorEntry(f"arXiv rejected the query ({entry.findtext(f'{ATOM}summary')})")


def _total(feed: etree._Element) -> tuple[etree._Element, int]:
    """The element that states how many results there are, and their number."""
    stated = feed.find(f"{_OPENSEARCH}totalResults")
    text = ((stated.text if stated is not None else None) or "").strip()
    if stated is None or not text.isdecimal():
        raise BadAnswer("arXiv answered with a feed that does not state how many results there are")
    return stated, int(text)


def _problem(entry: etree._Element) -> str | None:
    """Why the arxiv package would skip the entry, or give up its whole page; None when it is a paper."""
    try:
        if _ref(entry).version is None:
            return "its id names no version"
        for name in ("published", "updated"):
            datetime.fromisoformat((entry.findtext(ATOM + name) or "").strip()).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        return str(error)
    return None


def _ref(entry: etree._Element) -> PaperRef:
    """Raises InvalidPaperId."""
    return PaperRef.parse(entry.findtext(f"{ATOM}id") or "")


def _name(entry: etree._Element) -> str:
    try:
        return _ref(entry).paper_id
    except InvalidPaperId:
        return " ".join("".join(entry.itertext()).split())[:_NAME_LENGTH]
