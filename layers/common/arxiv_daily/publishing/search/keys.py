"""Where the files of the search lie, and which segments a search reads.

The newest year is read month by month, so that a new day rewrites no more than its month; each year before it has a
segment of its own.
"""

import json
from collections.abc import Iterable
from datetime import date

INDEX_KEY = "search/index.json"
MONTHS = "search/months/"
SEGMENT_TYPE = "application/octet-stream"
"""CloudFront does not compress it, so that a range of it is a range of what was written."""

_VERSION = 1
"""Of the segments' format: a script that knows another one refuses to read them."""


def day_key(day: date) -> str:
    return f"search/days/{day}.json"


def month_key(month: str) -> str:
    """`month` as in 2026-02."""
    return f"{MONTHS}{month}.bin"


def month_of(key: str) -> str:
    """The month whose segment lies under a key."""
    return key.removeprefix(MONTHS).removesuffix(".bin")


def year_key(year: str) -> str:
    return f"search/years/{year}.bin"


def index(months: Iterable[str]) -> bytes:
    """`search/index.json`: the segments that together hold every paper, newest first, each its key without `search/`
    and `.bin`. `months` are all (2026-02) that have an edition.

    Publish it after what it names.
    """
    newest_first = sorted(set(months), reverse=True)
    years = sorted({month[:4] for month in newest_first}, reverse=True)
    of_newest_year = [f"months/{month}" for month in newest_first if month[:4] == years[0]]
    names = of_newest_year + [f"years/{year}" for year in years[1:]]
    return (json.dumps({"version": _VERSION, "segments": names}, separators=(",", ":")) + "\n").encode()
