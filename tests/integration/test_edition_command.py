import json
from datetime import UTC, date, datetime, tzinfo
from typing import TYPE_CHECKING, Self

import pytest
from typer.testing import CliRunner, Result

from arxiv_daily.editions.window import window_of
from arxiv_daily.models import EditionRow
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.site import SiteStore
from arxiv_daily_cli.deployed import edition
from arxiv_daily_cli.main import app
from tests.integration.deployed import a_stack
from tests.integration.objects import BUCKET

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client

FIRST, MISSED, LAST = date(2026, 11, 16), date(2026, 11, 18), date(2026, 11, 19)
"""A Monday, a Wednesday without an edition, and the day after it."""
NOW = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
"""10:00 in Shanghai: what was announced at 09:00 is listed at 13:00."""


@pytest.fixture(autouse=True)
def stack(table: "Table", s3: "S3Client", monkeypatch: pytest.MonkeyPatch) -> None:
    """With a site that has no page, at NOW."""
    found = a_stack(table.name)
    found.outputs["SiteBucketName"] = BUCKET

    class Then(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls.fromtimestamp(NOW.timestamp(), tz)

    monkeypatch.setattr(edition, "find", lambda name: found)
    monkeypatch.setattr(edition, "datetime", Then)


@pytest.fixture
def made(rows: SiteStore) -> None:
    for day in (FIRST, LAST):
        rows.put(EditionRow(date=day, status_text="", shown=1, pending=0, rev=1))


def run(day: date) -> Result:
    return CliRunner().invoke(app, ["edition", str(day), "--json"])


def test_an_edition_is_told_as_the_site_publishes_it(s3: "S3Client") -> None:
    s3.put_object(Bucket=BUCKET, Key=f"editions/{FIRST}.json", Body=b'{"status": "complete"}')
    assert json.loads(run(FIRST).stdout) == {"status": "complete"}


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    ("day", "why"),
    [(MISSED, "it was never made"), (date(2026, 11, 13), f"the first one is that of {FIRST}")],
    ids=["missed", "before the first"],
)
def test_a_past_date_that_arxiv_announced_papers_on_has_no_edition_and_a_command_that_makes_it(
    day: date, why: str
) -> None:
    result = run(day)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"there is no edition of {day}: {why}; arxiv-daily backfill {day} makes it" in result.stderr


def test_a_stack_without_editions_says_so() -> None:
    result = run(MISSED)
    assert (result.exit_code, "this stack has made none yet" in result.stderr) == (1, True)


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    ("day", "status"), [(date(2026, 11, 27), "holiday"), (date(2026, 11, 21), "weekend")], ids=["holiday", "weekend"]
)
def test_a_past_date_without_papers_is_explained_by_the_calendar(day: date, status: str) -> None:
    result = run(day)
    assert (result.exit_code, json.loads(result.stdout)["status"]) == (0, status)
    assert f"no edition of {day}, which was not made" in result.stderr


@pytest.mark.parametrize(
    ("day", "status"),
    [(NOW.date(), "waiting"), (date(2026, 12, 2), "waiting"), (date(2026, 12, 26), "weekend")],
    ids=["not listed yet", "tomorrow", "a weekend's"],
)
def test_one_that_is_still_to_come_is_waited_for(day: date, status: str) -> None:
    result = run(day)
    assert (result.exit_code, json.loads(result.stdout)["status"]) == (0, status)
    assert "which is still to come" in result.stderr


@pytest.mark.parametrize("day", [MISSED, date(2026, 11, 21), NOW.date()], ids=["a mailing's", "a weekend's", "today's"])
def test_one_that_has_no_page_is_not_explained_by_the_calendar(day: date, editions: EditionStore) -> None:
    editions.open(day, window_of(day))
    result = run(day)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"arxiv-daily rebuild {day} makes it" in result.stderr
