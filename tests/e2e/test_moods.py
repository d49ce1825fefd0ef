"""Claude in every mood, for one paper in a day of twenty: nineteen untouched, the twentieth as promised.

`make simulate` tells them all, `make test` a share.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from tests.e2e import made_up_days
from tests.e2e.conftest import Json, Stack, stack_over, wait_until

FIRST = date(2026, 3, 3)
PAPERS = 20
HAIKU, SONNET = "claude-haiku-5-5", "claude-sonnet-5-5"


@dataclass(frozen=True)
class Story:
    """Moods of one paper's answers, the requests that may be made for it, and what becomes of it."""

    moods: tuple[str, ...]
    asked: tuple[str, ...]
    """The model of each request, in order."""
    state: str = "ready"
    said: str = ""
    """What its page says, beyond an ordinary paper's."""


STORIES = {
    "refused by the first model": Story(("refusal",), (HAIKU, SONNET)),
    "refused by both": Story(("refusal", "refusal"), (HAIKU, SONNET), "failed", "模型拒绝解读这篇论文"),
    "cut at the limit": Story(("truncated",), (HAIKU, HAIKU)),
    "overloaded": Story(("overloaded", "overloaded"), (HAIKU, HAIKU, HAIKU)),
    "limited": Story(("rate_limited",), (HAIKU, HAIKU)),
    "a server error": Story(("server_error",), (HAIKU, HAIKU)),
    "nonsense": Story(("nonsense",), (HAIKU, HAIKU)),
    "nothing but nonsense": Story(("nonsense",) * 3, (HAIKU, HAIKU, SONNET), "failed", "模型的回答不合格式"),
    "an empty answer": Story(("empty",), (HAIKU, HAIKU)),
    "a page of a proxy": Story(("not_json",), (HAIKU, HAIKU)),
    "JSON in a fence": Story(("fenced",), (HAIKU,)),
    "JSON between sentences": Story(("prose_around",), (HAIKU,)),
    "single backslashes in formulas": Story(("latex_broken",), (HAIKU,)),
    "thinking first": Story(("thinking_first",), (HAIKU,)),
    "too long, and too short to be cut": Story(("too_long",), (HAIKU, SONNET)),
    "beyond the window, and too short to be cut": Story(("window_exceeded",), (HAIKU, SONNET)),
    "an answer that is lost": Story(("lost",), (HAIKU, HAIKU)),
    "wrong numbers once": Story(("wrong_numbers",), (HAIKU, HAIKU)),
    "wrong numbers always": Story(("wrong_numbers",) * 3, (HAIKU, HAIKU, SONNET), "ready", "译文"),
    "an invented result always": Story(("invented_result",) * 3, (HAIKU, HAIKU, SONNET), "ready", "未列出"),
    "English left over": Story(("english_left",), (HAIKU, HAIKU)),
}
SHARE = ("refused by both", "single backslashes in formulas", "an answer that is lost", "an invented result always")
WHOLE = bool(os.environ.get("ARXIV_DAILY_SIMULATE_ALL"))
TOLD = tuple(STORIES) if WHOLE else SHARE
CLOSING = {"no_credit": "402", "bad_key": "401", "forbidden": "403"} if WHOLE else {"no_credit": "402"}
"""Moods that mean everybody, and the status that the page names."""

pytestmark = pytest.mark.timeout(1200)


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """With a day of twenty papers for each story."""
    folder = tmp_path_factory.mktemp("moods")
    made_up_days.write(folder, FIRST, len(TOLD) + len(CLOSING), PAPERS)
    with stack_over(folder) as running:
        yield running


@dataclass(frozen=True)
class Told:
    """A day after one of its papers had its story."""

    edition: Json
    paper: Json
    page: str
    asked: dict[str, list[str]]
    """The models that were asked, in order, by paper."""


@pytest.fixture(scope="module")
def told(stack: Stack) -> dict[str, Told]:
    """Each story on a day of its own."""
    return {name: _tell(stack, number, STORIES[name]) for number, name in enumerate(TOLD)}


def _tell(stack: Stack, number: int, story: Story) -> Told:
    day, moody = FIRST + timedelta(days=number), made_up_days.paper_id(number, 7)
    stack.claude.take_on(moody, *story.moods)
    with stack.holding_the_stream():
        stack.invoke("FetchFunctionName", {"time": f"{day}T00:50:00Z"})
        wait_until(lambda: not stack.messages(""), "a worker for every paper")
    edition = stack.complete_edition(str(day), PAPERS)
    papers = {paper["paper_id"] for paper in edition["papers"]}
    asked: dict[str, list[str]] = {}
    for one in stack.claude.asked():
        if one["paper_id"] in papers:
            asked.setdefault(one["paper_id"], []).append(one["body"]["model"])
    paper = stack.get(f"papers/{moody}.json").json()
    return Told(edition, paper, stack.get(f"papers/{moody}.html").text, asked)


@pytest.mark.parametrize("name", TOLD)
def test_nineteen_papers_are_untouched(told: dict[str, Told], name: str) -> None:
    day = told[name]
    moody = day.paper["paper_id"]
    others = [paper for paper in day.edition["papers"] if paper["paper_id"] != moody]
    assert Counter(paper["state"] for paper in others) == {"ready": PAPERS - 1}
    assert {paper["source"] for paper in others} == {"html"}
    assert all(day.asked[paper["paper_id"]] == [HAIKU] for paper in others)


@pytest.mark.parametrize("name", TOLD)
def test_the_twentieth_ends_as_promised(told: dict[str, Told], name: str) -> None:
    story, paper = STORIES[name], told[name].paper
    assert paper["state"] == story.state
    assert story.said in told[name].page
    if story.state == "ready" and not story.said:
        assert paper["digest"]["checks"]["dropped"] == paper["digest"]["checks"]["doubts"] == []


@pytest.mark.parametrize("name", TOLD)
def test_no_more_is_asked_than_the_story_needs(told: dict[str, Told], name: str) -> None:
    day = told[name]
    assert tuple(day.asked[day.paper["paper_id"]]) == STORIES[name].asked


def test_nothing_is_asked_again_after_it_was_answered(stack: Stack, told: dict[str, Told]) -> None:
    assert told
    before = len(stack.claude.asked())
    for number in range(len(told)):
        stack.invoke("FetchFunctionName", {"time": f"{FIRST + timedelta(days=number)}T00:50:00Z"})
    assert len(stack.claude.asked()) == before


@dataclass(frozen=True)
class Closed:
    """A day whose key, credit or permission was gone when it was read, before and after that was mended."""

    status: str
    shut: Json
    page: str
    asked: int
    mended: Json
    page_mended: str


@pytest.fixture(scope="module")
def closed(stack: Stack, told: dict[str, Told]) -> list[Closed]:
    assert told  # their days are over
    return [_close(stack, len(TOLD) + at, mood, status) for at, (mood, status) in enumerate(CLOSING.items())]


def _close(stack: Stack, number: int, mood: str, status: str) -> Closed:
    day, before = FIRST + timedelta(days=number), len(stack.claude.asked())
    stack.claude.take_on("*", f"always:{mood}")
    stack.invoke("FetchFunctionName", {"time": f"{day}T00:50:00Z"})
    wait_until(lambda: all(item.get("error") for item in _versions(stack, number)), "every worker to have met the gate")
    shut = wait_until(
        lambda: stack.edition(str(day)), "the edition", lambda found: status in (found or {}).get("status_text", "")
    )
    page, asked = stack.get(f"editions/{day}.html").text, len(stack.claude.asked()) - before
    stack.claude.take_on("*", "clear")
    _let_ten_minutes_pass(stack, number)
    mended = stack.complete_edition(str(day), PAPERS)
    assert shut
    return Closed(status, shut, page, asked, mended, stack.get(f"editions/{day}.html").text)


def _versions(stack: Stack, number: int) -> list[Json]:
    """The items of the papers of a day, with their work."""
    keys = [{"PK": f"PAPER#{made_up_days.paper_id(number, one)}", "SK": "V#1"} for one in range(PAPERS)]
    return [stack.table.get_item(Key=key, ConsistentRead=True)["Item"] for key in keys]


def _let_ten_minutes_pass(stack: Stack, number: int) -> None:
    """What the workers wait for is over, and their messages are shown again, first to one that tries Claude."""
    stack.table.update_item(
        Key={"PK": "GATE", "SK": "CLAUDE"},
        UpdateExpression="SET #until = :now",
        ExpressionAttributeNames={"#until": "until"},
        ExpressionAttributeValues={":now": 0},
    )
    first, *others = _versions(stack, number)
    _bring_back(stack, first)
    wait_until(lambda: _versions(stack, number)[0]["state"] == "done", "the paper by which Claude is tried")
    for item in others:
        _bring_back(stack, item)


def _bring_back(stack: Stack, item: Json) -> None:
    key = {"PK": item["PK"], "SK": item["SK"]}
    stack.table.update_item(
        Key=key, UpdateExpression="REMOVE not_before ADD rev :one", ExpressionAttributeValues={":one": 1}
    )
    body = {"paper_id": item["PK"].removeprefix("PAPER#"), "version": 1, "edition_date": None}
    stack.client("sqs").send_message(QueueUrl=stack.outputs["PapersQueueUrl"], MessageBody=json.dumps(body))


def test_nobody_fails_for_a_key_that_is_refused(closed: list[Closed]) -> None:
    for day in closed:
        assert day.shut["counts"]["pending"] == PAPERS
        assert day.shut["counts"]["failed"] == 0


def test_the_page_says_why_nothing_is_read(closed: list[Closed]) -> None:
    for day in closed:
        assert f"HTTP {day.status}" in day.shut["status_text"]
        assert f"HTTP {day.status}" in day.page


def test_claude_is_not_asked_for_every_paper(closed: list[Closed]) -> None:
    assert all(0 < day.asked <= 5 for day in closed)


def test_once_it_is_mended_everything_is_read_without_a_hand(closed: list[Closed]) -> None:
    for day in closed:
        assert (day.mended["counts"]["ready"], day.mended["counts"]["failed"]) == (PAPERS, 0)
        assert f"HTTP {day.status}" not in day.page_mended
