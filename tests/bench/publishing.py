"""Publishing in a process of its own: `python -m tests.bench.publishing edition 2000` or `day 3650`.

It gets ready, and prints a Published as JSON for each line that it reads.
"""

import gc
import importlib.util
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from arxiv_daily.flow.publisher import Publisher
from arxiv_daily.models import Digest, EditionRow, PaperVersion
from tests.bench.memory_aws import TABLE, memory_aws
from tests.bench.memory_s3 import MemoryS3
from tests.bench.meter import Meter
from tests.browser.search.archive import Archive
from tests.examples import a_whole_reading
from tests.integration.days import Days
from tests.integration.objects import BUCKET

ROOT = Path(__file__).parents[2]
DAY = date(2029, 1, 2)
"""A Tuesday after a Monday that begins month and year: what these list is the same however old the archive is."""
PAPERS = 16
"""Of a day that is added."""
_READ_BACK = timedelta(days=31)
_ONE_DAY = timedelta(days=1)
_SATURDAY = 6
_SETTINGS = {
    "TABLE_NAME": TABLE,
    "SITE_BUCKET_NAME": BUCKET,
    "EDITIONS_BUS_NAME": "editions",
    "CATEGORIES": "cs.SD,eess.AS",
    "SITE_NOTICE": "",
    "LANGUAGE": "zh-CN",
    "SITE_URL": "https://papers.example.org",
    "CORRECTIONS_ADDRESS": "",
}


@dataclass(frozen=True)
class Published:
    """Seconds of processor without what the AWS beside it takes; megabytes with it; requests by their names."""

    seconds: float
    megabytes: float
    requests: dict[str, int]

    def asked(self, beginning: str) -> int:
        """Requests whose names begin so."""
        return sum(number for name, number in self.requests.items() if name.startswith(beginning))


def edition(s3: MemoryS3, papers: int) -> Publisher:
    """An edition of so many papers, to be published into an empty bucket by a process that has published nothing."""
    assert not s3.keys
    publisher = _publisher()
    _read(publisher, DAY, papers)
    return publisher


def day(s3: MemoryS3, editions: int) -> Publisher:
    """A day of PAPERS papers, to be added to so many editions by a process that has published the newest of them."""
    publisher = _publisher()
    for number in range(editions, 1, -1):
        _place(publisher, s3, DAY - number * _ONE_DAY)
    _read(publisher, DAY - _ONE_DAY, PAPERS)
    publisher.afresh().edition(DAY - _ONE_DAY)
    _read(publisher, DAY, PAPERS)
    return publisher


def _publisher() -> Publisher:
    """As the aggregate function puts it together."""
    os.environ.update(_SETTINGS)
    spec = importlib.util.spec_from_file_location("app", ROOT / "functions" / "aggregate" / "app.py")
    assert spec
    assert spec.loader
    app = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(app)
    publisher: Publisher = app.publisher()
    return publisher


def _read(publisher: Publisher, day: date, papers: int) -> None:
    """An edition whose papers have abstracts, translations and readings of the usual length."""
    days = Days(publisher.editions, publisher.papers)
    views = Archive(papers, day, seed=day.toordinal()).days()
    found = [seen for view in views for seen in view.papers]
    named = [seen.paper.model_copy(update={"paper_id": _paper_id(day, number)}) for number, seen in enumerate(found)]
    days.of(day, named)
    for paper, seen in zip(named, found, strict=True):
        assert seen.digest
        digest = seen.digest.model_copy(update={"reading": a_whole_reading()})
        days.finish(paper)
        publisher.papers.change(paper.ref, partial(_with_digest, digest))


def _with_digest(digest: Digest, version: PaperVersion) -> PaperVersion:
    return version.model_copy(update={"digest": digest})


def _paper_id(day: date, number: int) -> str:
    """Of a day up to three thousand."""
    return f"{day:%y%m}.{3000 * day.day + number:05}"


def _place(publisher: Publisher, s3: MemoryS3, day: date) -> None:
    """An older edition: what a newer day may look at of it; without papers at the end of a week."""
    papers = 0 if day.isoweekday() >= _SATURDAY else PAPERS
    for key in (f"editions/{day}.html", f"editions/{day}.json", f"_posts/{day}-arxiv.md", f"search/days/{day}.json"):
        s3.place(key)
    for number in range(papers):
        s3.place(f"papers/{_paper_id(day, number)}.html")
        s3.place(f"papers/{_paper_id(day, number)}.json")
    s3.place(f"search/months/{day:%Y-%m}.bin")
    if day.year < DAY.year:
        s3.place(f"search/years/{day.year}.bin")
    if day > DAY - _READ_BACK:
        _read(publisher, day, papers)
    row = EditionRow(date=day, status="complete", status_text="", shown=papers, pending=0, rev=1)
    publisher.rows.put(row)


def _measured(publisher: Publisher, meter: Meter) -> Published:
    meter.counts.clear()
    aws, started = meter.seconds, time.process_time()
    publisher.afresh().edition(DAY)
    seconds = time.process_time() - started - (meter.seconds - aws)
    return Published(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, dict(meter.counts))


def _in_a_fork(measure: Callable[[], Published]) -> Published:
    """What it does to account and process is forgotten."""
    read, write = os.pipe()
    if not os.fork():
        os.write(write, json.dumps(asdict(measure())).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as answer:
        found = Published(**json.loads(answer.read()))
    os.wait()
    return found


def main(what: str, size: str) -> None:
    ready: dict[str, Callable[[MemoryS3, int], Publisher]] = {"edition": edition, "day": day}
    with tempfile.TemporaryDirectory() as folder:
        s3, meter = memory_aws(Path(folder))
        publisher = ready[what](s3, int(size))
        gc.freeze()  # what lies in the account is no garbage to look through
        for _ in sys.stdin:
            json.dump(asdict(_in_a_fork(partial(_measured, publisher, meter))), sys.stdout)
            sys.stdout.write("\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
