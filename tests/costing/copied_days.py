"""Days of as many papers as are wished for, all of them copies of the sample day's, with texts and answers."""

import json
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

SAMPLE = Path(__file__).parents[2] / "cli" / "arxiv_daily_cli" / "sample"
DAY = "2026-03-05"
"""The sample's own."""

_ENTRY = re.compile(r" *<entry>.*?</entry>\n", re.DOTALL)
_PAPER_ID = re.compile(r"<id>http://arxiv\.org/abs/([0-9.]+)v\d+</id>")
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?=T\d\d:)")


def write(folder: Path, papers: int, *, later: int = 0, first: int = 1, with_html: bool = False) -> str:
    """A folder for the stand-ins of arXiv and Claude; Claude answers in no mood. The day whose papers they are.

    It is so many days later than the sample's. The papers' numbers begin with `first`: a folder may be written again,
    with another day of papers that are new too. With `with_html`, all are copies of papers that have a page of HTML.
    """
    for name in ("html", "pdf", "replies"):
        (folder / name).mkdir(exist_ok=True)
    feed = (SAMPLE / "feed.xml").read_text(encoding="utf-8")
    originals = [entry for entry in _ENTRY.findall(feed) if _reply(_id(entry)).exists()]
    if with_html:
        originals = [entry for entry in originals if list(SAMPLE.glob(f"html/{_id(entry)}v*"))]
    entries = [_copied(folder, originals[number % len(originals)], first + number) for number in range(papers)]
    copies = iter(["".join(entries)])
    text = _ENTRY.sub(lambda _: next(copies, ""), feed)
    (folder / "feed.xml").write_text(_DATE.sub(lambda day: _after(day[0], later), text), encoding="utf-8")
    return _after(DAY, later)


def _after(day: str, later: int) -> str:
    return str(date.fromisoformat(day) + timedelta(days=later))


def _copied(folder: Path, entry: str, number: int) -> str:
    """The entry under a new id, once everything that belongs to it lies in the folder."""
    old, new = _id(entry), f"2698.{number:05}"
    for file in SAMPLE.glob(f"*/{old}v*"):
        shutil.copy(file, folder / file.parent.name / file.name.replace(old, new))
    answers = json.loads(_reply(old).read_text(encoding="utf-8")) | {"moods": []}
    (folder / "replies" / f"{new}.json").write_text(json.dumps(answers), encoding="utf-8")
    return entry.replace(old, new)


def _id(entry: str) -> str:
    found = _PAPER_ID.search(entry)
    assert found, entry
    return found[1]


def _reply(paper_id: str) -> Path:
    return SAMPLE / "replies" / f"{paper_id}.json"
