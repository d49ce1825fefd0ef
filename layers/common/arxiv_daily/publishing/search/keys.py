"""Where the files of the search lie, and which of them a search reads.

The archive's newest month is read from its own segment, every other month from its year's: a year's segment holds all
its months but the archive's newest. So a day costs two objects (its file, its month), a day of a closed month three
(the year), and the first of a month four: it closes the month before, whose year is made anew, and changes the index.
"""

import json
from collections.abc import Iterable
from datetime import date

INDEX_KEY = "search/index.json"
SEGMENT_TYPE = "application/octet-stream"
"""CloudFront does not compress it, so that a range of it is a range of what was written."""

_VERSION = 1
"""Of the segments' format: a script that knows another one refuses to read them."""


def day_key(day: date) -> str:
    return f"search/days/{day}.json"


def month_key(month: str) -> str:
    """`month` as in 2026-02."""
    return f"search/months/{month}.bin"


def year_key(year: str) -> str:
    return f"search/years/{year}.bin"


def closed_months(year: str, months: Iterable[str]) -> list[str]:
    """The months whose segments make up the year's, newest first; `months` are all (2026-02) that have an edition."""
    return [month for month in _newest_first(months)[1:] if month.startswith(f"{year}-")]


def index(months: Iterable[str]) -> bytes:
    """`search/index.json`: the segments that together hold every paper, newest first, each its key without `search/`
    and `.bin`.

    Publish it last: a year that lacks the month that was just closed would miss papers, while a month that its year
    holds already merely names some twice, and the page shows them once.
    """
    newest_first = _newest_first(months)
    years = sorted({month[:4] for month in newest_first[1:]}, reverse=True)
    names = [f"months/{month}" for month in newest_first[:1]] + [f"years/{year}" for year in years]
    return (json.dumps({"version": _VERSION, "segments": names}, separators=(",", ":")) + "\n").encode()


def _newest_first(months: Iterable[str]) -> list[str]:
    return sorted(set(months), reverse=True)
