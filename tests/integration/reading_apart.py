"""Reads one paper's text from a site, as a function does, and prints what that took."""

import json
import re
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from arxiv_daily.models import FullText, Paper
from arxiv_daily.settings import ArxivSettings
from arxiv_daily.sources import fence
from arxiv_daily.sources.fulltext import FullTexts
from arxiv_daily.sources.session import arxiv_session

NOW = datetime(2026, 2, 11, tzinfo=UTC)
PAPER = Paper(
    paper_id="2602.00001",
    version=1,
    title="T",
    authors=("A",),
    abstract="The abstract.",
    primary_category="cs.SD",
    categories=("cs.SD",),
    published=NOW,
    updated=NOW,
)


class OpenGate:
    def enter(self, patience: float) -> float:
        return 0.0

    def leave(self, answered: float, pause: float = 0.0) -> None:
        pass


class SiteSettings(ArxivSettings):
    arxiv_site_url: str


def read(site: str) -> FullText:
    """Through the whole of the product's road to arXiv."""
    settings = SiteSettings.read({"ARXIV_SITE_URL": site, "ARXIV_REQUEST_INTERVAL_SECONDS": "0", "CONTACT": ""})
    session = arxiv_session(settings, OpenGate(), lambda: 120.0, sleep=lambda _: None)
    return FullTexts(site, session).read(PAPER)


def peak() -> int:
    """Bytes of memory that this process and its largest child ever had.

    Its own come from /proc where there is one: what getrusage says of a process begins with what started it.
    """
    unit = 1 if sys.platform == "darwin" else 1024
    status = Path("/proc/self/status")
    high = re.search(r"VmHWM:\s*(\d+) kB", status.read_text(encoding="ascii")) if status.exists() else None
    own = int(high[1]) if high else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return (own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) * unit


if __name__ == "__main__":
    began = time.monotonic()
    full = read(sys.argv[1])
    seconds = time.monotonic() - began
    fence.READER.stop()  # only then its children count as ours
    took = {
        "seconds": seconds,
        "bytes": peak(),
        "full": full.model_copy(update={"pdf": full.pdf[:10]}).model_dump(mode="json"),
    }
    print(json.dumps(took))  # noqa: T201
