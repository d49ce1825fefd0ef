"""The catch-up listing of one category and date (arXiv/arxiv-browse, catchup.html and catchup_page.py)."""

import re
from datetime import date, timedelta
from html import escape

from tests.simulation.calendar import EASTERN, announced_at
from tests.simulation.papers import Event, Kind, Paper
from tests.simulation.wire import HTML, Reply, Request
from tests.simulation.world import World

_FURTHEST = timedelta(days=90)
_PATH = re.compile(r"(?P<category>[a-z-]+\.[A-Za-z-]+)/(?P<date>\d{4}-\d{2}-\d{2})")
_NAMES = {
    "cs.SD": "Sound",
    "eess.AS": "Audio and Speech Processing",
    "cs.CL": "Computation and Language",
    "cs.LG": "Machine Learning",
}
_SECTIONS = {
    "New submissions": (Kind.NEW,),
    "Cross submissions": (Kind.CROSS,),
    "Replacement submissions": (Kind.REPLACE, Kind.REPLACE_CROSS),
}

Item = tuple[Paper, Event, Kind]


def answer_catchup(world: World, request: Request, *, dated_total: bool = False) -> Reply:
    """The page; HTTP 400 for a date that is not announced yet by the clock, or more than 90 days back.

    `dated_total` is the newer wording: "Total of N entries for <date>", and a longer sentence when there are none.
    """
    asked = _asked(request)
    if asked is None:
        return _refusal("Invalid date format. Use format: YYYY-MM-DD")
    category, day = asked
    today = request.now.astimezone(EASTERN).date()
    if day < today - _FURTHEST:
        return _refusal(f"Invalid date: {day}. Catchup only allowed for past 90 days")
    if announced_at(day) > request.now:
        return _refusal(f"Invalid date: {day}. Can't request date later than today")
    items = [(paper, event, kind) for paper, event in world.on(day) if (kind := paper.kind(event, {category}))]
    return Reply(200, _page(category, day, items, dated_total=dated_total).encode(), HTML)


def _asked(request: Request) -> tuple[str, date] | None:
    found = _PATH.fullmatch(request.rest)
    try:
        return (found["category"], date.fromisoformat(found["date"])) if found else None
    except ValueError:
        return None


def _refusal(reason: str) -> Reply:
    return Reply(400, f"<html><title>400 Bad Request</title><p>{escape(reason)}</p></html>".encode(), HTML)


def _page(category: str, day: date, items: list[Item], *, dated_total: bool) -> str:
    when = f"{day:%a, %d %b %Y}"
    total = f"Total of {len(items)} entries {f'for {when}' if dated_total else ''}"
    reason = ". There was either no announcement for this day, or no updates within the requested subject."
    nothing = f"<br><div><p>No updates for {when}{reason if dated_total else ''}</p></div><br>"
    return f"""<!DOCTYPE html>
<html lang="en">
<head><title>Catchup results</title></head>
<body>
<div id='content-inner'>
<div id='dlpage'>
  <h1>Catchup results for {_NAMES.get(category, category)} on {when}</h1>
  <div>
    {total}
  </div>
{_sections(items) if items else nothing}
  <div></div>
    {total}
</div>
</div>
</body>
</html>
"""


def _sections(items: list[Item]) -> str:
    parts: list[str] = []
    number = 0
    for heading, kinds in _SECTIONS.items():
        section = [item for item in items if item[2] in kinds]
        entries = "".join(_entry(number + place, *item) for place, item in enumerate(section, start=1))
        number += len(section)
        if section:
            shown = f"(showing {len(section)} of {len(section)} entries)"
            parts.append(f"<dl id='articles'>\n<h3>{heading} {shown}</h3>\n{entries}</dl>\n")
    return "".join(parts)


def _entry(number: int, paper: Paper, event: Event, kind: Kind) -> str:
    version, paper_id = paper.version(event.version), paper.paper_id
    note = {Kind.NEW: "", Kind.CROSS: f"(cross-list from {paper.primary})"}.get(kind, "(replaced)")
    comment = _meta("comments mathjax", "Comments:", version.comment) if version.comment else ""
    return f"""<dt>
<a name='item{number}'>[{number}]</a>
  <a href ="/abs/{paper_id}" title="Abstract" id="{paper_id}">
    arXiv:{paper_id}
  </a>
  {note}
  [<a href="/pdf/{paper_id}" title="Download PDF" id="pdf-{paper_id}">pdf</a>]
</dt>
<dd>
<div class='meta'>
{_meta("title mathjax", "Title:", version.title)}{_meta("authors", "", ", ".join(paper.authors))}{comment}\
{_meta("subjects", "Subjects:", "; ".join(event.categories))}</div>
</dd>
"""


def _meta(name: str, label: str, text: str) -> str:
    descriptor = f"<span class='descriptor'>{label}</span> " if label else ""
    return f"<div class='list-{name}'>{descriptor}{escape(text)}</div>\n"
