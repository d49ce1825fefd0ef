"""`arxiv-daily backfill` of past dates, on the deployed template over a simulated arXiv."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.e2e.conftest import Json, Stack, run_command, wait_until
from tests.e2e.simulated_days import Run, counts_add_up, published, reason, simulated
from tests.simulation import generate

WHOLE = bool(os.environ.get("ARXIV_DAILY_SIMULATE_ALL"))
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31) if WHOLE else date(2026, 10, 5)
SOON, MUCH_LATER = datetime(2026, 11, 10, 6, tzinfo=UTC), datetime(2027, 3, 1, 6, tzinfo=UTC)

pytestmark = [pytest.mark.timeout(3600)] if WHOLE else []


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    world = generate(seed=5, first=FIRST, last=LAST, categories=("cs.SD", "eess.AS"))
    with simulated(world, tmp_path_factory.mktemp("backfill")) as (stack, sim):
        sim.now = SOON
        run = Run(stack, sim, world, FIRST, LAST)
        with stack.holding_the_stream():
            command(stack, "backfill", "--yes", str(FIRST), str(LAST))
            wait_until(stack.is_idle, "the papers of the back-fill")
        run.editions = {day: published(stack, day) for day in run.days}
        yield run


def command(stack: Stack, *arguments: str) -> str:
    done = stack.command(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def table_items(stack: Stack) -> list[Json]:
    pages = stack.client("dynamodb").get_paginator("scan").paginate(TableName=stack.outputs["TableName"])
    return sorted((item for page in pages for item in page["Items"]), key=str)


def site_objects(stack: Stack) -> dict[str, str]:
    pages = stack.client("s3").get_paginator("list_objects_v2").paginate(Bucket=stack.outputs["SiteBucketName"])
    return {item["Key"]: f"{item['ETag']} {item['LastModified']}" for page in pages for item in page["Contents"]}


def test_every_paper_that_was_announced_on_these_dates_is_in_the_edition_of_its_date(run: Run) -> None:
    announced = {paper: line.listing_date for paper, line in run.world.expected(FIRST, LAST).items()}
    shown = {paper["paper_id"]: day for day, edition in run.editions.items() for paper in edition["papers"]}
    assert shown == announced
    assert all(counts_add_up(edition) for edition in run.editions.values())


def test_the_dates_without_papers_say_why(run: Run) -> None:
    empty = {day: edition["status"] for day, edition in run.editions.items() if not edition["papers"]}
    assert empty == {day: reason(run.world, day) for day in empty}
    assert empty


def test_a_second_time_nothing_is_asked_and_nothing_is_written(run: Run) -> None:
    before = table_items(run.stack), site_objects(run.stack), len(run.sim.log)
    said = command(run.stack, "backfill", "--yes", str(FIRST), str(LAST))
    assert said == f"{len(run.days)} dates: 0 papers joined, 0 dates failed.\n"
    wait_until(run.stack.is_idle, "an idle queue")
    assert (table_items(run.stack), site_objects(run.stack), len(run.sim.log)) == before


def test_beyond_the_catch_up_pages_the_calendar_estimates_and_the_page_says_so(run: Run) -> None:
    run.sim.now = MUCH_LATER
    day = FIRST - timedelta(days=9)
    command(run.stack, "backfill", "--yes", str(day))
    edition = published(run.stack, day)
    assert edition["settled_by"] == "estimate"
    assert "按其公布日历推算" in run.stack.get(f"editions/{day}.html").text


def test_a_date_that_is_to_come_is_refused_with_the_latest_one(run: Run) -> None:
    done = run_command("backfill", "--yes", "2126-10-01", AWS_ENDPOINT_URL=run.stack.endpoint)
    assert done.returncode == 2
    assert "is to come" in done.stderr


def test_a_stack_that_is_not_there_is_named(run: Run) -> None:
    done = run.stack.command("edition", "2026-10-01", "--stack-name", "another")
    assert (done.returncode, "there is no stack another here" in done.stderr) == (1, True)
