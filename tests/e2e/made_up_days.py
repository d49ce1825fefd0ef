"""Days of papers that nobody wrote, in the folder that the stand-ins for arXiv and Claude serve."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

_FEED = """\
<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom"
  xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/madeUpDays</id>
  <title>arXiv Query</title>
  <updated>{updated}</updated>
  <opensearch:itemsPerPage>100</opensearch:itemsPerPage>
  <opensearch:totalResults>{total}</opensearch:totalResults>
  <opensearch:startIndex>0</opensearch:startIndex>
{entries}
</feed>
"""
_ENTRY = """\
  <entry>
    <id>http://arxiv.org/abs/{paper_id}v1</id>
    <title>Paper {paper_id} that nobody wrote</title>
    <updated>{published}</updated>
    <link href="https://arxiv.org/abs/{paper_id}v1" rel="alternate" type="text/html"/>
    <summary>{abstract}</summary>
    <category term="cs.SD" scheme="http://arxiv.org/schemas/atom"/>
    <published>{published}</published>
    <arxiv:primary_category term="cs.SD"/>
    <author><name>Nobody Atall</name></author>
  </entry>"""
ABSTRACT = (
    "Recordings of markets are hard to sort by hand. We sort 1,240 hours of them with the loss $L=\\alpha\\beta$. "
    "On the imaginary set Bazaar the accuracy reaches 93.5%, where counting alone reaches 71.2%."
)
_PAGE = """<!doctype html><html lang="en"><body><article class="ltx_document">
<h1 class="ltx_title ltx_title_document">Paper {paper_id} that nobody wrote</h1>
<section class="ltx_section"><h2 class="ltx_title ltx_title_section">1 Method</h2>
{paragraphs}</section></article></body></html>"""
_PARAGRAPH = (
    '<p class="ltx_p">We cut each recording of a market into pieces, name the loudest stall in each piece, and sort '
    "the pieces by the names of the stalls. Nobody has ever done so, and no market was recorded for this text.</p>\n"
)


def paper_id(day: int, number: int) -> str:
    """Both from 0; of one day up to a thousand."""
    return f"26{90 + day // 10}.{day % 10}{number:04}"


def write(folder: Path, first: date, days: int, papers: int, paragraphs: int = 10) -> None:
    """So many days of so many papers each, with an HTML text of so many paragraphs; the feed lists the newest first."""
    entries = []
    (folder / "html").mkdir()
    for day in range(days):
        submitted = datetime.combine(first + timedelta(days=day - 1), datetime.min.time(), UTC) + timedelta(hours=12)
        for number in range(papers):
            name, at = paper_id(day, number), submitted + timedelta(seconds=number)
            entries.append(_ENTRY.format(paper_id=name, abstract=ABSTRACT, published=f"{at:%Y-%m-%dT%H:%M:%SZ}"))
            page = _PAGE.format(paper_id=name, paragraphs=_PARAGRAPH * paragraphs)
            (folder / "html" / f"{name}v1.html").write_text(page, encoding="utf-8")
    feed = _FEED.format(updated=f"{first}T00:50:00Z", total=len(entries), entries="\n".join(reversed(entries)))
    (folder / "feed.xml").write_text(feed, encoding="utf-8")
