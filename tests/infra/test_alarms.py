"""Alarms watch figures that functions write, or that AWS writes, and say what to do."""

import json
import re
from typing import Any

import pytest

from arxiv_daily.observability import Figure
from tests.infra.conftest import ROOT

Json = dict[str, Any]

ALARMS = {
    "DeadLettersAlarm",
    "EditionOverdueAlarm",
    "CountsOffAlarm",
    "BudgetReachedAlarm",
    "ClaudeClosedAlarm",
    "FetchErrorsAlarm",
    "UnpublishedAlarm",
    "UntoldAlarm",
    "NoRunAlarm",
}
FREE = 10
"""Metrics and alarms that an account has for nothing."""
LONGEST_DESCRIPTION = 1024


@pytest.fixture(scope="session")
def alarms(template: Json) -> dict[str, Json]:
    return {
        name: resource["Properties"]
        for name, resource in template["Resources"].items()
        if resource["Type"] == "AWS::CloudWatch::Alarm"
    }


def test_the_alarms_are_these_and_no_more_than_are_free(alarms: dict[str, Json]) -> None:
    assert set(alarms) == ALARMS
    assert len(alarms) <= FREE


def test_functions_write_no_more_figures_than_are_free() -> None:
    assert len(Figure) <= FREE


def test_an_alarm_looks_at_one_series_since_each_costs(alarms: dict[str, Json]) -> None:
    assert all("MetricName" in alarm for alarm in alarms.values())


def test_an_alarm_on_a_figure_of_ours_names_one_that_functions_write(alarms: dict[str, Json], template: Json) -> None:
    shared = template["Globals"]["Function"]["Environment"]["Variables"]
    ours = [one for one in alarms.values() if one["Namespace"] == shared["POWERTOOLS_METRICS_NAMESPACE"]]
    assert len(ours) == 4
    for alarm in ours:
        assert alarm["MetricName"] in set(Figure)
        assert alarm["Dimensions"] == [{"Name": "service", "Value": shared["POWERTOOLS_SERVICE_NAME"]}]


def test_the_other_alarms_watch_what_aws_counts_of_this_stack(alarms: dict[str, Json], template: Json) -> None:
    for alarm in alarms.values():
        if isinstance(alarm["Namespace"], str):
            [[how, target]] = alarm["Dimensions"][0]["Value"].items()
            assert (target if how == "Ref" else target[0]) in template["Resources"]


def test_every_dead_letter_queue_is_watched(alarms: dict[str, Json], template: Json) -> None:
    holding = {
        name
        for name, resource in template["Resources"].items()
        if resource["Type"] == "AWS::SQS::Queue" and "RedrivePolicy" not in resource["Properties"]
    }
    watched = json.dumps([alarm["Dimensions"] for alarm in alarms.values()])
    assert {name for name in holding if f'"{name}"' in watched} == holding


@pytest.mark.parametrize("name", sorted(ALARMS))
def test_an_alarm_tells_a_person_what_to_do_and_when_it_is_over(name: str, alarms: dict[str, Json]) -> None:
    alarm = alarms[name]
    text = alarm["AlarmDescription"]["Fn::Sub"]
    assert "`arxiv-daily " in text or "renew the key" in text
    assert len(text) < LONGEST_DESCRIPTION
    assert alarm["AlarmActions"] == alarm["OKActions"] == [{"Ref": "AlarmsTopic"}]


@pytest.mark.parametrize("name", sorted(ALARMS))
def test_an_alarm_s_text_links_to_a_heading_of_the_runbook(name: str, alarms: dict[str, Json]) -> None:
    runbook = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    headings = [line.lstrip("# ").strip().lower() for line in runbook.splitlines() if line.startswith("#")]
    anchor = re.search(r"\$\{RunbookAddress\}#(\S+)", alarms[name]["AlarmDescription"]["Fn::Sub"])
    assert anchor
    assert anchor[1] in headings


def test_a_paused_schedule_does_not_alarm(translated: Json, alarms: dict[str, Json]) -> None:
    assert alarms["NoRunAlarm"]["ActionsEnabled"] == {"Fn::If": ["IsScheduled", True, False]}
    assert alarms["NoRunAlarm"]["TreatMissingData"] == {"Fn::If": ["IsScheduled", "breaching", "notBreaching"]}
    assert translated["Conditions"]["IsScheduled"] == {"Fn::Equals": [{"Ref": "ScheduleState"}, "ENABLED"]}


def test_the_dashboard_shows_every_figure_and_every_alarm(template: Json) -> None:
    body = template["Resources"]["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"]
    widgets = json.loads(body)["widgets"]
    shown = {metric[1] for widget in widgets for metric in widget["properties"].get("metrics", []) if len(metric) > 1}
    assert set(Figure) - {Figure.PAPERS_UNCOUNTED, Figure.READING_STATE} <= shown  # those two are alarms
    assert all(f"${{{name}.Arn}}" in body for name in ALARMS)
