"""arXiv's feed of the latest announcement, made from a folder's feed.xml.

It lists what feed.xml's papers of the day before its `updated` are: new by their primary category, else
cross-listed. arXiv's own feed is described at info.arxiv.org/help/rss.html.
"""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

from arxiv_daily_cli.standins.arxiv_feed import ATOM, Entry, read

_ARXIV = "{http://arxiv.org/schemas/atom}"
_A_DAY = timedelta(days=1)


def answer(papers: Path, categories: Collection[str]) -> bytes:
    """The feed of the categories."""
    updated = _updated(papers)
    feed = ET.Element(f"{ATOM}feed")
    title = f"{'+'.join(categories)} updates"
    for name, text in {"id": "announced", "title": title, "updated": updated.isoformat()}.items():
        ET.SubElement(feed, ATOM + name).text = text
    for entry in read(papers):
        if updated - _A_DAY <= entry.published < updated and not set(categories).isdisjoint(entry.categories):
            feed.append(_announced(entry, updated, categories))
    return bytes(ET.tostring(feed, encoding="UTF-8", xml_declaration=True))


def _updated(papers: Path) -> datetime:
    root = ET.fromstring(papers.read_bytes())  # noqa: S314 - the operator's own file
    return datetime.fromisoformat(root.findtext(f"{ATOM}updated", "")).astimezone(UTC)


def _announced(entry: Entry, updated: datetime, categories: Collection[str]) -> ET.Element:
    primary = entry.element.find(f"{_ARXIV}primary_category")
    is_new = primary is not None and primary.get("term") in categories
    element = ET.Element(f"{ATOM}entry")
    texts = {
        f"{ATOM}id": f"oai:arXiv.org:{entry.paper_id}v{entry.version}",
        f"{ATOM}title": entry.element.findtext(f"{ATOM}title", ""),
        f"{ATOM}updated": updated.isoformat(),
        f"{ATOM}published": f"{updated.date()}T00:00:00-05:00",
        f"{_ARXIV}announce_type": "new" if is_new else "cross",
    }
    for name, text in texts.items():
        ET.SubElement(element, name).text = text
    return element
