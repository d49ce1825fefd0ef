"""Every invariant can fail: a healthy day is falsified in one way after the other, and the right promise is named."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest

from tests.e2e.chaos.conftest import Days
from tests.e2e.chaos.end_state import EndState
from tests.e2e.chaos.invariants import Expected, broken_promises
from tests.e2e.chaos.stack import Chaos
from tests.e2e.conftest import Json


@pytest.fixture(scope="module")
def healthy(days: Days) -> tuple[Chaos, Expected]:
    """A day on which nothing went wrong, one paper of which is read again in its tests."""
    expected, _ = days.under()
    return days.chaos, expected


def test_a_healthy_day_breaks_no_promise(healthy: tuple[Chaos, Expected]) -> None:
    assert broken_promises(*healthy) == []


@contextmanager
def changed_item(chaos: Chaos, key: Json, change: Callable[[Json], Json | None]) -> Iterator[None]:
    """An item of the table that is another, or gone, for a while; no function sees it."""
    with chaos.stack.holding_the_stream():
        before = chaos.stack.table.get_item(Key=key, ConsistentRead=True).get("Item")
        after = change(dict(before or key))
        if after is None:
            chaos.stack.table.delete_item(Key=key)
        else:
            chaos.stack.table.put_item(Item=after)
        try:
            yield
        finally:
            if before:
                chaos.stack.table.put_item(Item=before)
            else:
                chaos.stack.table.delete_item(Key=key)


@contextmanager
def changed_object(chaos: Chaos, key: str, change: Callable[[bytes], bytes | None]) -> Iterator[None]:
    """An object of the site that is another, or gone, for a while."""
    client, name = chaos.stack.client("s3"), chaos.stack.outputs["SiteBucketName"]
    found = client.get_object(Bucket=name, Key=key)
    before, told = found["Body"].read(), {"Metadata": found["Metadata"], "ContentType": found["ContentType"]}
    after = change(before)
    if after is None:
        client.delete_object(Bucket=name, Key=key)
    else:
        client.put_object(Bucket=name, Key=key, Body=after, **told)
    try:
        yield
    finally:
        client.put_object(Bucket=name, Key=key, Body=before, **told)


def named(chaos: Chaos, expected: Expected) -> set[str]:
    """The numbers of the promises that are broken."""
    return {one.partition(":")[0] for one in broken_promises(chaos, expected)}


def entry(expected: Expected, paper: str) -> Json:
    return {"PK": f"EDITION#{expected.day}", "SK": f"ENTRY#{paper}"}


def test_a_lost_entry_is_named(healthy: tuple[Chaos, Expected]) -> None:
    chaos, expected = healthy
    paper = min(expected.papers)
    with changed_item(chaos, entry(expected, paper), lambda _: None):
        assert f"1: {paper} was announced and is in no edition" in broken_promises(chaos, expected)


def test_a_second_entry_is_named(healthy: tuple[Chaos, Expected]) -> None:
    chaos, expected = healthy
    paper = min(expected.papers)
    first = chaos.stack.table.get_item(Key=entry(expected, paper))["Item"]
    second = {"PK": "EDITION#2026-01-01", "SK": f"ENTRY#{paper}"}
    with changed_item(chaos, second, lambda _: first | second):
        assert broken_promises(chaos, expected) == [f"1: {paper} is in two editions, or twice in one"]


def test_a_paper_that_nobody_announced_is_named(healthy: tuple[Chaos, Expected]) -> None:
    chaos, expected = healthy
    paper = min(expected.papers)
    fewer = Expected(expected.day, expected.papers - {paper})
    assert f"1: {paper} was never announced for {expected.day}" in broken_promises(chaos, fewer)


def in_document(change: Callable[[Any], object]) -> Callable[[bytes], bytes]:
    def changed(body: bytes) -> bytes:
        document = json.loads(body)
        change(document)
        return json.dumps(document, ensure_ascii=False).encode()

    return changed


def test_counts_that_do_not_add_up_are_named(healthy: tuple[Chaos, Expected]) -> None:
    chaos, expected = healthy
    more = in_document(lambda edition: edition["counts"].update(announced=99))
    with changed_object(chaos, f"editions/{expected.day}.json", more):
        assert {"2", "6"} == named(chaos, expected)


@pytest.mark.parametrize("key", ["_posts/{}-arxiv.md", "editions/{}.html"])
def test_a_post_or_page_without_a_paper_is_named(healthy: tuple[Chaos, Expected], key: str) -> None:
    chaos, expected = healthy
    paper = min(expected.papers).encode()
    cut = re.compile(rb"^## .*$", re.MULTILINE)
    with changed_object(
        chaos, key.format(expected.day), lambda body: cut.sub(b"", body, count=1).replace(paper, b"0000.00000")
    ):
        assert {"2", "6"} == named(chaos, expected)


def test_an_empty_edition_that_does_not_say_why_is_named(healthy: tuple[Chaos, Expected]) -> None:
    chaos, expected = healthy
    emptied = in_document(lambda edition: edition.update(papers=[], status_text=""))
    with changed_object(chaos, f"editions/{expected.day}.json", emptied):
        assert "3" in named(chaos, expected)


def test_an_edition_that_is_left_hanging_is_named(healthy: tuple[Chaos, Expected]) -> None:
    chaos, expected = healthy
    hanging = in_document(lambda edition: edition.update(status="filling"))
    with changed_object(chaos, f"editions/{expected.day}.json", hanging):
        assert "4: the edition is filling with 0 papers pending" in broken_promises(chaos, expected)


def test_a_paper_that_nobody_goes_on_with_is_named(healthy: tuple[Chaos, Expected]) -> None:
    chaos, expected = healthy
    paper = min(expected.papers)
    key = {"PK": f"PAPER#{paper}", "SK": "V#1"}
    with changed_item(chaos, key, lambda item: item | {"state": "working"}):
        assert f"4: {paper} is working" in broken_promises(chaos, expected)


def test_a_dead_letter_is_named(healthy: tuple[Chaos, Expected]) -> None:
    chaos, expected = healthy
    client, url = chaos.stack.client("sqs"), chaos.url("PapersDeadLetterQueueUrl")
    client.send_message(QueueUrl=url, MessageBody="a paper's message")
    try:
        assert broken_promises(chaos, expected) == ["4: a dead letter that is none: a paper's message"]
    finally:
        client.purge_queue(QueueUrl=url)


def test_an_answer_that_was_bought_twice_is_named_unless_a_kill_lost_it(healthy: tuple[Chaos, Expected]) -> None:
    chaos, expected = healthy
    paper = min(expected.papers)
    with chaos.stack.holding_the_stream():
        forget_and_read_again(chaos, paper)
    assert named(chaos, expected) >= {"4"}
    chaos.bought.lost[paper] += 1
    assert broken_promises(chaos, expected) == []


def forget_and_read_again(chaos: Chaos, paper: str) -> None:
    """The stored answer is lost, and so is the digest: the same request is sent again, and brings the same."""
    table = chaos.stack.table
    for item in EndState(chaos, date.today()).items:  # noqa: DTZ011 - the table of any day
        if item["PK"] == f"PAPER#{paper}" and item["SK"].startswith("CALL#"):
            table.delete_item(Key={"PK": item["PK"], "SK": item["SK"]})
    key = {"PK": f"PAPER#{paper}", "SK": "V#1"}
    before = table.get_item(Key=key, ConsistentRead=True)["Item"]
    table.update_item(
        Key=key,
        UpdateExpression="SET #s = :failed",
        ExpressionAttributeNames={"#s": "state"},
        ExpressionAttributeValues={":failed": "failed"},
    )
    assert "digest" in chaos.stack.invoke("OnDemandFunctionName", {"paper_id": paper})
    table.put_item(Item=before)


def test_a_paper_that_failed_although_nothing_was_planted_is_named(healthy: tuple[Chaos, Expected]) -> None:
    chaos, expected = healthy
    paper = min(expected.papers)
    failed = in_document(lambda document: document.update(state="failed", error=None))
    with changed_object(chaos, f"papers/{paper}.json", failed):
        assert f"5: {paper} is failed, not ready: None" in broken_promises(chaos, expected)
        planted = Expected(expected.day, expected.papers, unreadable=frozenset({paper}))
        assert f"5: {paper} failed and does not say why, or shows no abstract" in broken_promises(chaos, planted)


def test_an_old_page_in_place_of_a_newer_one_is_named(healthy: tuple[Chaos, Expected]) -> None:
    chaos, expected = healthy
    for key in (f"editions/{expected.day}.html", "index.html", "feed.xml", f"papers/{min(expected.papers)}.html"):
        with changed_object(chaos, key, lambda body: body + b"<!-- of yesterday -->"):
            broken = broken_promises(chaos, expected)
            assert [one for one in broken if one.startswith(f"6: {key} is of revision")] == broken != []


def test_a_missing_object_is_named(healthy: tuple[Chaos, Expected]) -> None:
    chaos, expected = healthy
    with changed_object(chaos, "sitemap.xml", lambda _: None):
        assert broken_promises(chaos, expected) == ["6: sitemap.xml is missing"]


def test_an_old_row_of_the_site_is_named(healthy: tuple[Chaos, Expected]) -> None:
    chaos, expected = healthy
    key = {"PK": "SITE", "SK": f"EDITION#{expected.day}"}

    def older(item: Json) -> Json:
        return item | {"row": item["row"] | {"shown": 1}}

    with changed_item(chaos, key, older):
        assert "6: the site's row of the edition is an old one" in broken_promises(chaos, expected)


def test_requests_to_arxiv_that_come_too_close_are_named(
    healthy: tuple[Chaos, Expected], monkeypatch: pytest.MonkeyPatch
) -> None:
    chaos, expected = healthy
    monkeypatch.setattr(chaos, "interval", 60.0)
    assert named(chaos, expected) == {"7"}


def test_a_result_that_failed_its_check_is_named(healthy: tuple[Chaos, Expected]) -> None:
    chaos, expected = healthy
    claim = {"task": "", "dataset": "", "metric": "error rate", "value": "0.123%", "quote": "The error rate is 0.123%."}
    paper = min(expected.papers)
    invented = in_document(lambda document: document["digest"]["claims"].append(claim))
    with changed_object(chaos, f"papers/{paper}.json", invented):
        assert {"6", "8"} == named(chaos, expected)


def test_a_wrong_translation_that_does_not_say_so_is_named(healthy: tuple[Chaos, Expected]) -> None:
    chaos, expected = healthy
    wrong = in_document(lambda document: document["digest"].update(translation="别的译文"))
    with changed_object(chaos, f"papers/{min(expected.papers)}.json", wrong):
        assert {"6", "8"} == named(chaos, expected)


@pytest.mark.parametrize(
    "figures", [{"spent": 2_000_000, "committed": 1_000_000}, {"spent": 1, "committed": 4_000_000}]
)
def test_a_day_that_spent_more_than_it_may_is_named(healthy: tuple[Chaos, Expected], figures: Json) -> None:
    chaos, expected = healthy
    with changed_item(chaos, {"PK": "BUDGET", "SK": "2026-01-01"}, lambda item: item | figures):
        assert named(chaos, expected) == {"10"}


def test_an_edition_that_nobody_was_told_of_is_named(healthy: tuple[Chaos, Expected]) -> None:
    chaos, expected = healthy
    for key, who in {"": "the event of", "#mail": "mail"}.items():
        with changed_item(chaos, {"PK": "SITE", "SK": f"TOLD#{expected.day}{key}"}, lambda _: None):
            [broken] = broken_promises(chaos, expected)
            assert broken.startswith(who)
