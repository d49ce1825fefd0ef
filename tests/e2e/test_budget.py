"""A day of many papers with a budget for a third of them: nobody is lost, and the page says who got less.

`make simulate` runs three hundred papers and twenty workers, `make test` a share.
"""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from tests.e2e import made_up_days
from tests.e2e.conftest import Json, Stack, stack_over, wait_until

WHOLE = bool(os.environ.get("ARXIV_DAILY_SIMULATE_ALL"))
DAY = date(2026, 3, 3)
PAPERS, PAID_FOR, WORKERS = (300, 100, 20) if WHOLE else (36, 20, 6)
PARAGRAPHS = 250
"""Some 55,000 characters, as a usual paper has."""

pytestmark = pytest.mark.timeout(3600)


@dataclass(frozen=True)
class Spent:
    """The day when it was over, and its budget in micro-dollars."""

    budget: int
    on_record: Json
    edition: Json
    papers: list[Json]
    page: str


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("budget")
    made_up_days.write(folder, DAY, 1, PAPERS, PARAGRAPHS)
    with stack_over(folder) as running:
        yield running


@pytest.fixture(scope="module")
def spent(stack: Stack) -> Spent:
    """The first paper, asked for on demand, tells what one costs; then the day comes."""
    first = stack.invoke("OnDemandFunctionName", {"paper_id": made_up_days.paper_id(0, 0)})
    budget = PAID_FOR * int(first["digest"]["provenance"]["cost"])
    stack.limit(workers=WORKERS, daily_budget=Decimal(budget) / 1_000_000)
    stack.invoke("FetchFunctionName", {"time": f"{DAY}T00:50:00Z"})
    edition = _over(stack)
    papers = [stack.get(f"papers/{paper['paper_id']}.json").json() for paper in edition["papers"]]
    return Spent(budget, _record(stack), edition, papers, stack.get(f"editions/{DAY}.html").text)


def _over(stack: Stack) -> Json:
    """The edition once nothing is pending; every step of that is waited for afresh."""
    left = PAPERS
    while True:
        fewer = wait_until(
            lambda: stack.edition(str(DAY)), f"fewer than {left} pending", lambda found: _left(found) < left
        )
        assert fewer
        if (left := _left(fewer)) == 0:
            return fewer


def _left(edition: Json | None) -> int:
    counts = (edition or {}).get("counts", {"announced": 0, "pending": 0})
    return int(counts["pending"]) if counts["announced"] == PAPERS else PAPERS + 1


def _record(stack: Stack) -> Json:
    day = datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).date()
    found: Json = stack.table.get_item(Key={"PK": "BUDGET", "SK": str(day)}, ConsistentRead=True)["Item"]
    return found


def test_no_more_is_spent_than_the_budget(spent: Spent) -> None:
    bought = sum(paper["digest"]["provenance"]["cost"] for paper in spent.papers if paper["digest"])
    assert bought == spent.on_record["spent"] <= spent.on_record["committed"] <= spent.budget


def test_a_good_part_of_it_is_used(spent: Spent) -> None:
    assert spent.on_record["spent"] >= (0.7 if WHOLE else 0.5) * spent.budget


def test_every_paper_is_in_the_edition(spent: Spent) -> None:
    counts = spent.edition["counts"]
    assert (counts["announced"], counts["shown"], counts["pending"]) == (PAPERS, PAPERS, 0)
    assert len({paper["paper_id"] for paper in spent.edition["papers"]}) == PAPERS


def test_the_page_says_which_papers_got_less(spent: Spent) -> None:
    sources = Counter(paper["source"] for paper in spent.edition["papers"])
    assert sources["html"] > 1
    assert sources["abstract"] == spent.edition["counts"]["degraded"] > 0
    assert sources["none"] == spent.edition["counts"]["failed"]
    for paper in spent.papers:
        if paper["source"] == "abstract":
            assert "预算" in paper["digest"]["provenance"]["source_note"]
        if paper["source"] == "none":
            assert "预算" in paper["error"]
    said = spent.page.count("今日预算")
    assert said >= sources["abstract"] + sources["none"]
