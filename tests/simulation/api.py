"""arXiv's query API: what its index holds at a moment, as Atom in the wire format of a year."""

from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha1
from html import escape
from urllib.parse import urlencode
from zlib import crc32

from tests.simulation.papers import Paper, Version
from tests.simulation.query import BadQuery, Query, parse_query
from tests.simulation.wire import ATOM, Reply, Request, WireFormat
from tests.simulation.world import World

Found = tuple[Paper, Version, tuple[str, ...]]
"""A paper, at one version, in these categories."""

_HEAD = (
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom"'
    ' xmlns="http://www.w3.org/2005/Atom">\n'
)
_SORT_KEYS: dict[str, Callable[[Found], float]] = {
    "relevance": lambda found: crc32(found[0].paper_id.encode()),
    "lastUpdatedDate": lambda found: found[1].submitted.timestamp(),
    "submittedDate": lambda found: found[0].published.timestamp(),
}


def answer_query(
    world: World, request: Request, wire: WireFormat, *, without_entries: bool = False, newest_missing: bool = False
) -> Reply:
    """One page of results, or an error entry.

    The flags are two of arXiv's moods: a page that states a total and holds nothing, and a first result that the
    index does not hold yet.
    """
    if "accept" not in request.headers:
        return Reply(406)
    try:
        query = parse_query(request)
    except BadQuery as error:
        return Reply(400, error_feed(str(error), error.code, request.now), ATOM)
    found = _found(world, query, request.now)[int(newest_missing) :]
    page = [] if without_entries else found[query.start : query.start + query.max_results]
    return Reply(200, _feed(query, len(found), page, request.now, wire), ATOM)


def error_feed(summary: str, code: str, now: datetime, scheme: str = "https") -> bytes:
    """The error entry of info.arxiv.org/help/api/user-manual.html, 3.4; older ones had scheme http."""
    url = escape(f"{scheme}://arxiv.org/api/errors#{code}")
    text = f"""{_HEAD}  <id>https://arxiv.org/</id>
  <title>arXiv Search Results</title>
  <updated>{_stamp(now)}</updated>
  <opensearch:itemsPerPage>1</opensearch:itemsPerPage>
  <opensearch:totalResults>1</opensearch:totalResults>
  <opensearch:startIndex>0</opensearch:startIndex>
  <entry>
    <id>{url}</id>
    <title>Error</title>
    <updated>{_stamp(now)}</updated>
    <link href="{url}" rel="alternate" type="text/html"/>
    <summary>{escape(summary)}</summary>
    <author>
      <name>arXiv api core</name>
    </author>
  </entry>
</feed>
"""
    return text.encode()


def _found(world: World, query: Query, now: datetime) -> list[Found]:
    if query.ids is not None:
        found = [_by_id(world, query, *wanted, now) for wanted in dict.fromkeys(query.ids)]
        return [one for one in found if one is not None]
    hits = [
        (paper, paper.version(event.version), event.categories)
        for paper, event in world.visible(now)
        if query.matches(paper, event)
    ]
    return sorted(hits, key=_SORT_KEYS[query.sort_by], reverse=query.descending)


def _by_id(world: World, query: Query, paper_id: str, version: int | None, now: datetime) -> Found | None:
    paper = world.papers.get(paper_id)
    event = paper.visible(now) if paper else None
    if paper is None or event is None or not query.matches(paper, event):
        return None
    number = version or event.version
    return (paper, paper.version(number), event.categories) if number <= event.version else None


def _feed(query: Query, total: int, page: list[Found], now: datetime, wire: WireFormat) -> bytes:
    asked = f"search_query={query.search}&id_list={query.id_list}&start={query.start}&max_results={query.max_results}"
    parameters = {
        "search_query": query.search,
        "start": query.start,
        "max_results": query.max_results,
        "id_list": query.id_list,
    }
    link = f"https://arxiv.org/api/query?{urlencode(parameters, safe=':,[]()')}"
    name = b64encode(sha1(asked.encode(), usedforsecurity=False).digest()).decode().rstrip("=")
    entries = "".join(_entry(*found, wire) for found in page)
    text = f"""{_HEAD}  <id>https://arxiv.org/api/{name}</id>
  <title>arXiv Query: {escape(asked, quote=False)}</title>
  <updated>{_stamp(now)}</updated>
  <link href="{escape(link)}" type="application/atom+xml"/>
  <opensearch:itemsPerPage>{query.max_results}</opensearch:itemsPerPage>
  <opensearch:totalResults>{total}</opensearch:totalResults>
  <opensearch:startIndex>{query.start}</opensearch:startIndex>
{entries}</feed>
"""
    return text.encode()


def _entry(paper: Paper, version: Version, categories: tuple[str, ...], wire: WireFormat) -> str:
    ref = f"{paper.paper_id}v{version.number}"
    old = wire is WireFormat.OF_2025
    abstract_link = "" if old else ' rel="alternate" type="text/html"'
    pdf_link = "" if old else ' rel="related" type="application/pdf" title="pdf"'
    terms = "\n".join(f'    <category term="{one}" scheme="http://arxiv.org/schemas/atom"/>' for one in categories)
    comment = f"    <arxiv:comment>{_text(version.comment)}</arxiv:comment>\n" if version.comment else ""
    authors = "\n".join(f"    <author>\n      <name>{_text(name)}</name>\n    </author>" for name in paper.authors)
    return f"""  <entry>
    <id>http://arxiv.org/abs/{ref}</id>
    <title>{_text(version.title)}</title>
    <updated>{_stamp(version.submitted)}</updated>
    <link href="https://arxiv.org/abs/{ref}"{abstract_link}/>
    <link href="https://arxiv.org/pdf/{ref}"{pdf_link}/>
    <summary>{"  " if old else ""}{_text(version.abstract)}</summary>
{terms}
    <published>{_stamp(paper.published)}</published>
{comment}    <arxiv:primary_category term="{paper.primary}"/>
{authors}
  </entry>
"""


def _text(text: str) -> str:
    return escape(text, quote=False)


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
