"""Every announced paper is in one edition, through outages, holds, index lag, holidays and lost probes.

`make simulate` runs the whole of it; here a share: the week of Thanksgiving, and three days of real announcements.
"""

import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.e2e.simulated_days import INTERVAL, Run, counts_add_up, drive, reason, report, simulated
from tests.shared_data import shared_data
from tests.simulation import Fault, FaultKind, from_announcements, generate

WHOLE = bool(os.environ.get("ARXIV_DAILY_SIMULATE_ALL"))
CATEGORIES = ("cs.SD", "eess.AS")
FIRST, LAST = (date(2026, 10, 1), date(2026, 12, 31)) if WHOLE else (date(2026, 11, 23), date(2026, 11, 29))
OUTAGE, OUT_FOR = (datetime(2026, 10, 21, tzinfo=UTC), 2) if WHOLE else (datetime(2026, 11, 24, tzinfo=UTC), 1)
"""When it begins, and for how many days: long enough that an edition's own probes all fail."""
REAL_FIRST, REAL_LAST = (date(2025, 5, 14), date(2026, 2, 12)) if WHOLE else (date(2025, 11, 25), date(2025, 11, 27))

pytestmark = [pytest.mark.timeout(3600)] if WHOLE else []


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Three months (or a week) with an outage and one probe lost in ten."""
    world = generate(seed=7, first=FIRST, last=LAST, categories=CATEGORIES)
    with simulated(world, tmp_path_factory.mktemp("simulated")) as (stack, sim):
        sim.faults.add(Fault(FaultKind.OUTAGE, since=OUTAGE, until=OUTAGE + timedelta(days=OUT_FOR)))
        done = drive(Run(stack, sim, world, FIRST, LAST), lost=0.1, seed=1)
        print(f"\n{report(done)}")  # noqa: T201 - the figures are what people run this for
        yield done


def test_every_announced_paper_is_in_an_edition(run: Run) -> None:
    assert run.expected - run.shown.keys() == set()


def test_no_paper_is_in_two_editions(run: Run) -> None:
    assert [paper for paper, editions in run.shown.items() if editions > 1] == []


def test_nothing_else_is_in_an_edition(run: Run) -> None:
    assert run.shown.keys() - run.expected == set()


def test_every_paper_is_in_the_edition_of_its_announcement(run: Run) -> None:
    announced = {paper: line.listing_date for paper, line in run.world.expected(FIRST, LAST).items()}
    shown = {paper["paper_id"]: day for day, edition in run.editions.items() for paper in edition["papers"]}
    assert {paper: day for paper, day in shown.items() if announced[paper] != day} == {}


def test_the_counts_of_every_edition_add_up(run: Run) -> None:
    assert [day for day, edition in run.editions.items() if not counts_add_up(edition)] == []


def test_every_empty_edition_says_the_right_reason(run: Run) -> None:
    empty = {day: edition["status"] for day, edition in run.editions.items() if not edition["papers"]}
    assert empty
    assert empty == {day: reason(run.world, day) for day in empty}


def test_every_paper_was_read_and_all_editions_but_the_last_are_complete(run: Run) -> None:
    left = {day: edition for day, edition in run.editions.items() if edition["counts"]["pending"]}
    assert all(day == LAST for day in left)
    filled = [edition for day, edition in run.editions.items() if edition["papers"] and day != LAST]
    assert {edition["status"] for edition in filled} == {"complete"}


def test_withdrawn_papers_are_marked(run: Run) -> None:
    withdrawn = {paper for paper, day in run.world.withdrawn.items() if day <= LAST} & run.expected
    marked = {
        paper["paper_id"] for edition in run.editions.values() for paper in edition["papers"] if paper["withdrawn"]
    }
    assert marked == withdrawn


def test_requests_were_an_interval_apart_one_at_a_time_and_named(run: Run) -> None:
    assert min(run.gaps()) >= INTERVAL
    assert run.sim.log.max_in_flight == 1
    exchanges = run.sim.log.exchanges()
    assert all(one.user_agent and one.user_agent.startswith("arXiv-Daily/") and one.accept for one in exchanges)


def test_a_quiet_day_costs_eight_requests_at_most(run: Run) -> None:
    quiet = [day for day, edition in run.editions.items() if not edition["papers"]]
    outage = {OUTAGE.date() + timedelta(days=number) for number in range(OUT_FOR + 1)}
    asked = {day: run.requests(day) for day in quiet if day not in outage}
    assert asked
    assert {day: number for day, number in asked.items() if number > 8} == {}


def test_the_command_explains_thanksgiving(run: Run) -> None:
    done = run_command_at(run, "edition", "2026-11-27", "--json")
    edition = json.loads(done)
    assert (edition["status"], edition["counts"]["announced"]) == ("holiday", 0)
    assert "假日" in edition["status_text"]


def run_command_at(run: Run, *arguments: str) -> str:
    done = run.stack.command(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Announcements as arXiv made them, with times of submission drawn within what its schedule allows."""
    path = shared_data("metadata/announcements_2025-05-14_2026-02-12.jsonl")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    world = from_announcements(rows, seed=7, categories=CATEGORIES)
    with simulated(world, tmp_path_factory.mktemp("real")) as (stack, sim):
        done = drive(Run(stack, sim, world, REAL_FIRST, REAL_LAST))
        print(f"\n{report(done)}")  # noqa: T201 - the figures are what people run this for
        yield done


def test_of_the_real_announcements_every_paper_is_in_one_edition(real: Run) -> None:
    assert real.expected
    assert real.expected - real.shown.keys() == set()
    assert [paper for paper, editions in real.shown.items() if editions > 1] == []
