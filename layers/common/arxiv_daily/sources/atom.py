"""Checking an answer of arXiv's API before it is believed.

The arxiv package takes an HTML page, an empty body, an error entry or half a document for "no results".
"""

import requests
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
_OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
_GOOD = (requests.codes.ok, requests.codes.not_acceptable)
"""arXiv now and then answers 406 with a good page."""


class BadAnswer(Exception):
    """The answer is not a whole page of results; the message says why."""


class ErrorEntry(BadAnswer):
    """The answer is arXiv's error entry: it did not accept the query."""


def total_results(response: requests.Response, *, may_be_empty: bool = False) -> int:
    """Results of the whole query, stated by an answer that is a well-formed Atom page of results.

    Raises ErrorEntry or BadAnswer for any other answer, and for an empty page of many unless it may be empty. The
    manual promises Atom, or an error entry (info.arxiv.org/help/api/user-manual.html, 3.4 Errors).
    """
    if response.status_code not in (*_GOOD, requests.codes.bad_request):
        raise BadAnswer(f"arXiv answered HTTP {response.status_code}")
    feed = atom_feed(response)
    _refuse_error_entry(feed)
    if response.status_code not in _GOOD:
        raise BadAnswer(f"arXiv answered HTTP {response.status_code}")
    total = _total(feed)
    if total > 0 and not may_be_empty and feed.find(f"{ATOM}entry") is None:
        raise BadAnswer(f"arXiv answered with an empty page of {total} results")
    return total


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


def _total(feed: etree._Element) -> int:
    text = (feed.findtext(f"{_OPENSEARCH}totalResults") or "").strip()
    if not text.isdecimal():
        raise BadAnswer("arXiv answered with a feed that does not state how many results there are")
    return int(text)
