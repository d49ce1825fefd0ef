"""docs/costs.md is what its files give, and the files say what they must."""

import copy
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from tests.costing.__main__ import PAGE, computed
from tests.costing.files import DayUse, FunctionUse, Price, TextUse, Usage, assumptions, prices, usage
from tests.costing.measuring import PROBES
from tests.costing.month import Fixed, Month, fixed, probe_hours
from tests.costing.reading import FIRST, SECOND, Reading, readings
from tests.costing.texts import measured_texts
from tests.infra.translation import translated, written

Json = dict[str, Any]


@pytest.fixture(scope="module")
def template() -> Json:
    return translated(written())


def a_use(papers: int, runs: int) -> FunctionUse:
    return FunctionUse(
        512,
        runs,
        2.0 * papers,
        100 * papers,
        {"write_units": 3 * papers, "read_units": runs * papers, "s3:PutObject": 20 * runs},
    )


def a_day(papers: int) -> DayUse:
    functions = {"Fetch": a_use(papers, 6), "Summarize": a_use(papers, papers), "Aggregate": a_use(papers, papers)}
    return DayUse(papers, functions, 1000 + 10 * papers, 50 * papers, papers, 100)


def a_month(papers: int) -> Month:
    text = TextUse("2602.00001", prompt=4000, answer=400, answer_beyond_ascii=0)
    used = Usage(usage().measured, "a machine", (a_day(10), a_day(30)), (text,))
    return Month(papers, used, Fixed(alarms=12, dashboards=1, polled_queues=1, probes=6, workers=5))


def amounts(month: Month) -> dict[str, float]:
    return dict(zip(prices().prices, (line.amount for line in month.lines()), strict=True))


def test_the_page_is_what_the_files_give(template: Json) -> None:
    assert PAGE.read_text(encoding="utf-8") == computed(template), "stale: run make costs"


def test_the_page_changes_with_the_template(template: Json) -> None:
    changed = copy.deepcopy(template)
    changed["Parameters"]["DailyBudget"]["Default"] = 4.5
    assert "The default of $4.5 a day" in computed(changed)


def test_what_was_measured_of_the_texts_is_what_the_prompt_builder_makes_now() -> None:
    assert measured_texts() == usage().texts, "stale: run make usage"


def test_functions_were_measured_with_the_memory_that_the_template_gives_them(template: Json) -> None:
    for day in usage().days:
        measured = {name: one.memory_mb for name, one in day.functions.items()}
        given = {name: template["Resources"][f"{name}Function"]["Properties"]["MemorySize"] for name in measured}
        assert measured == given, "stale: run make usage"


def test_the_measured_day_had_the_probes_of_the_template(template: Json) -> None:
    hours = [f"{hour - 8:02}:50" for hour in probe_hours(template)]  # Asia/Shanghai is eight hours ahead of UTC
    assert tuple(hours) == PROBES


def test_the_models_are_the_templates_own(template: Json) -> None:
    parameters = template["Parameters"]
    assert (parameters["Model"]["Default"], parameters["SecondModel"]["Default"]) == (FIRST, SECOND)


def test_every_price_names_its_page_and_every_assumption_its_reason() -> None:
    assert all(price.page.startswith("https://aws.amazon.com/") for price in prices().prices.values())
    assert all(one.why.endswith(".") for one in assumptions().values())


def test_the_free_part_is_taken_off_before_anything_is_paid() -> None:
    price = Price("A", "b", dollars=0.5, per=100, free=1000, page="", seen=2026)
    assert (price.cost(900), price.cost(1200), price.cost_without_free(1200)) == (0, 1, 6)


def test_a_size_between_the_measured_days_lies_on_the_line_through_them() -> None:
    fetched = amounts(a_month(20))["dynamodb_writes"] / assumptions()["days_a_month"].value
    runs_of_aggregate = 20 + 6
    assert fetched == pytest.approx(3 * 20 + 3 * 20 + 3 * runs_of_aggregate)


def test_the_reads_of_aggregate_grow_with_the_square_of_the_day() -> None:
    small, large = (amounts(a_month(papers))["dynamodb_reads"] for papers in (100, 1000))
    assert 50 < large / small < 150


def test_the_writes_of_aggregate_grow_with_its_runs_alone() -> None:
    small, large = (amounts(a_month(papers))["s3_writes"] for papers in (100, 1000))
    assert 9 < large / small < 10


def test_the_reader_is_paid_while_it_waits_for_claude() -> None:
    month = a_month(20)
    assert month.gb_seconds("Summarize") > 0.5 * 20 * assumptions()["claude_seconds"].value > month.gb_seconds("Fetch")


def test_storage_is_a_year_of_what_a_paper_adds() -> None:
    month, days = a_month(20), 12 * assumptions()["days_a_month"].value
    assert amounts(month)["dynamodb_storage"] == pytest.approx(days * 20 * 10 / 1024**3)


def test_alarms_beyond_the_free_ones_cost() -> None:
    [alarms] = [line for line in a_month(20).lines() if line.price.what == "alarms"]
    assert alarms.dollars == pytest.approx(0.2)


def test_the_template_says_what_is_paid_by_the_month(template: Json) -> None:
    alarms = [name for name, one in template["Resources"].items() if one["Type"] == "AWS::CloudWatch::Alarm"]
    assert fixed(template).alarms == len(alarms)
    assert fixed(template).polled_queues >= 1


def test_a_second_question_and_a_second_model_are_paid_for() -> None:
    once = Reading("once", prompt=10_000, answer=1_000, again=0, second=0)
    assert once.dollars() == pytest.approx(0.0015)
    assert replace(once, again=1).dollars() == pytest.approx(0.0015 + 0.0016)
    assert replace(once, second=0.5).dollars() == pytest.approx(0.0015 + 0.5 * 0.03)


def test_the_least_costs_less_than_the_usual_and_that_less_than_the_most() -> None:
    least, usual, most = (reading.dollars() for reading in readings(usage().texts))
    assert least < usual < most


def test_usage_survives_its_file(tmp_path: Path) -> None:
    file = tmp_path / "usage.json"
    file.write_text(json.dumps(asdict(usage()), default=str), encoding="utf-8")
    assert usage(file) == usage()
