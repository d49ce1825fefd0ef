"""A share of the random days, and what such days do not hold; `make chaos` runs many more."""

import json
import os
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.e2e.chaos import deeds
from tests.e2e.chaos.conftest import Days
from tests.e2e.chaos.days import Conduct, end, moments, settle
from tests.e2e.chaos.faults import Fault, Harm, Stage
from tests.e2e.chaos.invariants import Expected
from tests.e2e.chaos.running import runs_of_stack
from tests.e2e.chaos.stack import Chaos, chaos, surroundings
from tests.e2e.chaos.world import mailing_days, world_of
from tests.e2e.conftest import wait_until

SEED, SHARE = 4, 2


def test_of_the_random_days_a_share_breaks_no_promise() -> None:
    outcomes = list(runs_of_stack(SEED, 0, SHARE))
    assert [broken for one in outcomes for broken in one.verdict.broken] == []
    assert len(outcomes) == SHARE
    assert sum(len(one.fired) for one in outcomes) > SHARE


def started(chaos: Chaos, expected: Expected) -> None:
    """The first probe of a day; Claude thinks a second about each paper."""
    chaos.stack.claude.take_on("*", "always:slow")
    chaos.arxiv.now = next(moments(expected.day))
    event = {"time": chaos.arxiv.now.isoformat().replace("+00:00", "Z")}
    assert "errorType" not in chaos.invoke(Stage.FETCH, event)


def done(chaos: Chaos, expected: Expected) -> int:
    """How many papers of a day were read."""
    keys = [{"PK": f"PAPER#{paper}", "SK": "V#1"} for paper in expected.papers]
    items = [chaos.stack.table.get_item(Key=key, ConsistentRead=True).get("Item", {}) for key in keys]
    return sum(item.get("state") == "done" for item in items)


def test_of_two_aggregates_at_once_the_older_one_which_is_slower_does_not_win(days: Days) -> None:
    running, expected = days.chaos, days.next()
    key = f"editions/{expected.day}.json"
    running.orders.add(Fault(Stage.AGGREGATE, Harm.SLOW, operation="PutObject", about=key, seconds=20))
    with running.stack.holding_the_stream(), ThreadPoolExecutor() as threads:
        started(running, expected)
        older = threads.submit(deeds.replay, running, expected.day)
        wait_until(lambda: running.orders.fired_harms(Harm.SLOW), "the older one's put")
        wait_until(lambda: done(running, expected) == len(expected.papers), "the papers")
        [newer] = deeds.replay(running, expected.day)
        assert newer["written"]
        assert not older.done()
        assert "errorType" not in older.result()[0]
    running.stack.claude.take_on("*", "clear")
    Conduct(running, expected).drive()
    assert end(running, expected).broken == []


def test_a_message_that_names_no_paper_lands_in_the_dead_letters_and_harms_nobody(days: Days) -> None:
    running = days.chaos
    expected = days.next(garbage=frozenset({deeds.GARBAGE}))
    with receives(running, 3):
        deeds.poison(running)
        deeds.poison(running, json.dumps(deeds.UNKNOWN))
        wait_until(lambda: running.messages("PapersDeadLetterQueueUrl", ""), "the dead letter")
    Conduct(running, expected).drive()
    assert end(running, expected).broken == []
    running.stack.client("sqs").purge_queue(QueueUrl=running.url("PapersDeadLetterQueueUrl"))


@contextmanager
def receives(running: Chaos, number: int) -> Iterator[None]:
    """How often a message is received before it is a dead letter, for a while."""
    client, url = running.stack.client("sqs"), running.url("PapersQueueUrl")
    before = client.get_queue_attributes(QueueUrl=url, AttributeNames=["RedrivePolicy"])["Attributes"]
    policy = json.loads(before["RedrivePolicy"]) | {"maxReceiveCount": number}
    client.set_queue_attributes(QueueUrl=url, Attributes={"RedrivePolicy": json.dumps(policy)})
    yield
    client.set_queue_attributes(QueueUrl=url, Attributes=before)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a file system")
def test_where_the_disk_is_full_papers_wait_and_are_read_once_there_is_room(days: Days, tmp_path: Path) -> None:
    running, expected = days.chaos, days.next()
    with full_disk(tmp_path):
        running.variables[Stage.SUMMARIZE] = {"TMPDIR": str(tmp_path)}
        running.attach()
        started(running, expected)
        settle(running)
        assert done(running, expected) == 0
        make_room(tmp_path)
        running.stack.claude.take_on("*", "clear")
        Conduct(running, expected).drive()
        assert end(running, expected).broken == []
        edition = running.stack.edition(str(expected.day))
        assert edition
        assert {paper["source"] for paper in edition["papers"]} == {"html"}
        running.variables[Stage.SUMMARIZE] = {"TMPDIR": "/var/tmp"}  # noqa: S108 - of the functions
        running.attach()


@contextmanager
def full_disk(folder: Path) -> Iterator[None]:
    """A file system on which there is room for one file: not for the two that a reader needs."""
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "nr_inodes=2", "none", str(folder)], check=False)  # noqa: S607
    if made.returncode:
        pytest.skip("this machine lets nobody mount a file system")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S607


def make_room(folder: Path) -> None:
    subprocess.run(["mount", "-o", "remount,nr_inodes=1000", str(folder)], check=True)  # noqa: S607


def test_an_engine_that_is_stopped_in_the_middle_of_a_day_goes_on_from_its_state(tmp_path: Path) -> None:
    [day] = mailing_days(date.today() + timedelta(days=1), 1)  # noqa: DTZ011 - notices are of these days
    world, state = world_of([day, *mailing_days(day + timedelta(days=1), 1)], 3), tmp_path / "state"
    expected = Expected(day, frozenset(world.expected(day, day)))
    with surroundings(world, tmp_path) as around:
        with chaos(around, state) as running:
            started(running, expected)
            wait_until(lambda: done(running, expected), "a paper that was read")
            assert done(running, expected) < len(expected.papers)
        running.bought.all_killed()
        lost = running.bought.lost
        with chaos(around, state) as again:
            again.bought.lost.update(lost)
            again.stack.claude.take_on("*", "clear")
            Conduct(again, expected).drive()
            assert end(again, expected).broken == []
