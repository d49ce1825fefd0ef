"""What must hold of a day when it is over, whatever went wrong in it: the promises of docs/architecture.md."""

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from arxiv_daily_cli.standins.claude_made_up import made_up
from arxiv_daily_cli.standins.claude_replies import read_prompt
from tests.e2e.chaos.bought import bought_more_than_once
from tests.e2e.chaos.end_state import EndState
from tests.e2e.chaos.stack import Chaos
from tests.e2e.simulated_days import counts_add_up

INVENTED = "0.123%"
"""What the stand-in for Claude adds where it is to invent a result."""
_NO_ANSWER = {"not_json", "lost"}
"""Moods in which no answer reaches anybody, though the stand-in gave one."""
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Expected:
    """What arXiv announced for a day, and what was planted in it."""

    day: date
    papers: frozenset[str]
    unreadable: frozenset[str] = frozenset()
    """Papers that no try can read."""
    garbage: frozenset[str] = frozenset()
    """Bodies of messages that name no paper."""
    audience: frozenset[str] = frozenset({"mail", "slack"})
    """Who is to be told, by what the key of the notice begins with."""


@dataclass
class Verdict:
    """Each broken promise in a sentence, and what of it is counted."""

    broken: list[str] = field(default_factory=list)
    lost: int = 0
    twice: int = 0
    older_over_newer: int = 0
    bought_twice: int = 0
    bought_again_by_kill: int = 0


def broken_promises(chaos: Chaos, expected: Expected) -> list[str]:
    """A sentence for each promise that does not hold; none when all do."""
    return verdict(chaos, expected).broken


def verdict(chaos: Chaos, expected: Expected) -> Verdict:
    state, found = EndState(chaos, expected.day), Verdict()
    _complete(state, expected, found)
    _newest(state, found)
    _bought_once(state, expected, found)
    for check in (_counts, _says_why, _nothing_hangs, _others_unharmed, _polite, _checked, _within_budget, _told):
        found.broken += check(state, expected)
    return found


def _complete(state: EndState, expected: Expected, found: Verdict) -> None:
    """1: every announced paper is in exactly one edition, in the table and in what is published."""
    places = Counter(paper for _, paper in state.joined)
    here = {paper for day, paper in state.joined if day == str(expected.day)}
    shown = Counter(paper["paper_id"] for paper in state.edition.get("papers", []))
    lost = sorted(expected.papers - places.keys() | expected.papers - shown.keys())
    twice = sorted({paper for paper in expected.papers if places[paper] > 1 or shown[paper] > 1})
    found.lost, found.twice = len(lost), len(twice)
    found.broken += [f"1: {paper} was announced and is in no edition" for paper in lost]
    found.broken += [f"1: {paper} is in two editions, or twice in one" for paper in twice]
    strangers = sorted((here | shown.keys()) - expected.papers)
    found.broken += [f"1: {paper} was never announced for {expected.day}" for paper in strangers]


def _counts(state: EndState, expected: Expected) -> Iterator[str]:
    """2: the counts add up, in the JSON, in the post and on the page."""
    if not state.edition:
        yield f"2: nothing is published of {expected.day}"
        return
    counts = state.edition["counts"]
    if not counts_add_up(state.edition):
        yield f"2: the counts do not add up: {counts}"
    headings = sum(line.startswith("## ") for line in state.post.splitlines())
    said = [line for line in state.post.splitlines() if line.startswith("- ") and " | " in line][:1]
    figures = [int(one) for line in said for one in _NUMBER.findall(line)]
    if headings != counts["shown"] or figures != [counts["announced"], counts["shown"]]:
        yield f"2: the post has {headings} papers and says {figures}, the JSON {counts}"
    linked = {paper["paper_id"] for paper in state.edition["papers"] if paper["paper_id"] in state.page}
    if len(linked) != counts["announced"]:
        yield f"2: the page shows {len(linked)} of {counts['announced']} papers"


def _says_why(state: EndState, expected: Expected) -> Iterator[str]:
    """3: an edition without papers says why there are none."""
    edition = state.edition
    if edition and not edition["papers"] and (edition["status"] == "complete" or not edition["status_text"]):
        yield f"3: {expected.day} is empty and does not say why"


def _nothing_hangs(state: EndState, expected: Expected) -> Iterator[str]:
    """4: nothing is left hanging: neither the edition nor a paper."""
    if state.edition and (state.edition["status"] == "filling" or state.edition["counts"]["pending"]):
        yield f"4: the edition is {state.edition['status']} with {state.edition['counts']['pending']} papers pending"
    for paper in sorted(expected.papers & state.versions.keys()):
        work = state.versions[paper]["state"]
        if work not in {"done", "failed"}:
            yield f"4: {paper} is {work}"
    for queue in ("PapersDeadLetterQueueUrl", "NotifyDeadLetterQueueUrl"):
        for body in state.dead(queue):
            if body not in expected.garbage:
                yield f"4: a dead letter that is none: {body}"


def _bought_once(state: EndState, expected: Expected, found: Verdict) -> None:
    """4: an answered request is not bought again, but for an answer that was lost with its worker."""
    answered = (
        (one["paper_id"], one["body_sha256"])
        for one in state.asked
        if one["status"] == 200 and one["mood"] not in _NO_ANSWER and one["paper_id"] in expected.papers
    )
    for paper, times in bought_more_than_once(answered).items():
        by_kill = min(times, state.chaos.bought.lost[paper])
        found.bought_again_by_kill += by_kill
        found.bought_twice += times - by_kill
        if times > by_kill:
            found.broken.append(f"4: an answer about {paper} was bought {times - by_kill} times more than once")


def _others_unharmed(state: EndState, expected: Expected) -> Iterator[str]:
    """5: every paper is ready but those that cannot be read, which are shown with their abstract and the reason."""
    for paper in sorted(expected.papers):
        seen = state.papers.get(paper, {})
        wanted = "failed" if paper in expected.unreadable else "ready"
        if seen.get("state") != wanted:
            yield f"5: {paper} is {seen.get('state')}, not {wanted}: {seen.get('error')}"
        elif wanted == "failed" and not (seen["error"] and seen["paper"]["abstract"]):
            yield f"5: {paper} failed and does not say why, or shows no abstract"


def _newest(state: EndState, found: Verdict) -> None:
    """6: what is published is what the table says now, also through CloudFront."""
    if not state.facts():
        found.broken.append(f"6: there is no edition of {state.day}")
        return
    wanted, is_row_newest = state.wanted()
    if not is_row_newest:
        found.broken.append("6: the site's row of the edition is an old one")
    for key, item in sorted(wanted.items()):
        lies = state.lies(key)
        if lies is None:
            found.broken.append(f"6: {key} is missing")
        elif lies.body != item.body:
            found.older_over_newer += 1
            found.broken.append(f"6: {key} is of revision {lies.revision}, the table's is {item.revision}")
        elif key.endswith((".html", ".json")) and state.chaos.stack.get(key).content != item.body:
            found.broken.append(f"6: {key} through CloudFront is not what the bucket holds")


def _polite(state: EndState, _: Expected) -> Iterator[str]:
    """7: requests to arXiv come an interval apart, whoever makes them."""
    coming = sorted(one.started for one in state.chaos.arxiv.log.exchanges())
    shortest = min((later - earlier for earlier, later in pairwise(coming)), default=math.inf)
    if shortest < state.chaos.interval:
        yield f"7: two requests to arXiv came {shortest:.3f} s apart"


def _checked(state: EndState, expected: Expected) -> Iterator[str]:
    """8: what failed its check is not published as a result, and a translation that did says so."""
    prompts = {one["paper_id"]: read_prompt(one["body"]) for one in state.asked}
    for paper, seen in state.papers.items():
        digest = seen.get("digest")
        if paper not in prompts or not digest:
            continue
        checks = digest["checks"]
        if INVENTED in str(digest["reading"]) + str(digest["claims"]) or checks["verified"] != len(digest["claims"]):
            yield f"8: {paper} is published with a result that failed its check"
        right = made_up(prompts[paper].abstract, prompts[paper].glossary)["translation"]
        if digest["translation"] != right and not checks["doubts"]:
            yield f"8: {paper} is published with a wrong translation, and does not say so"


def _within_budget(state: EndState, expected: Expected) -> Iterator[str]:
    """10: spent <= committed <= the budget, on every day."""
    for item in state.budgets:
        spent, committed = int(item.get("spent", 0)), int(item.get("committed", 0))
        if not spent <= committed <= state.budget:
            yield f"10: on {item['SK']} {spent} were spent, {committed} committed, {state.budget} allowed"


def _told(state: EndState, expected: Expected) -> Iterator[str]:
    """The event of a complete edition was put, and everybody was told."""
    if not (state.edition and state.edition["status"] == "complete"):
        return
    if "sent_at" not in state.told.get("", {}):
        yield f"the event of {expected.day} was never put"
    for who in sorted(expected.audience):
        if not any(key.startswith(who) and "told_at" in item for key, item in state.told.items()):
            yield f"{who} was not told of {expected.day}"
