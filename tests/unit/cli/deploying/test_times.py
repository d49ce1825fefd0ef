"""The times of the day's probes, from people's words to EventBridge Scheduler's and back."""

import re
from datetime import UTC, datetime

import pytest

from arxiv_daily.editions.window import EDITION_ZONE
from arxiv_daily_cli.deploying.parameters import BadParameter
from arxiv_daily_cli.deploying.times import expression, last_probe, next_probe, remarks, said
from tests.unit.cli.deploying.test_parameters import PARAMETERS

DEFAULT = PARAMETERS["ScheduleExpression"].default


@pytest.mark.parametrize(
    ("text", "cron"),
    [
        ("08:50", "cron(50 8 * * ? *)"),
        (" 14:50, 8:50,10:50 ", "cron(50 8,10,14 * * ? *)"),
        ("08:50 10:50", "cron(50 8,10 * * ? *)"),
        ("09:00, 09:30, 10:00, 10:30", "cron(0,30 9,10 * * ? *)"),
        ("cron(50 8 ? * MON-FRI *)", "cron(50 8 ? * MON-FRI *)"),
    ],
)
def test_times_of_day_become_an_expression_that_the_template_takes(text: str, cron: str) -> None:
    assert expression(text) == cron
    PARAMETERS["ScheduleExpression"].check(cron)


def test_an_expression_is_said_as_times_again_where_it_is_the_same_every_day() -> None:
    assert expression(said(DEFAULT)) == DEFAULT
    assert said("cron(50 8 ? * MON-FRI *)") == "cron(50 8 ? * MON-FRI *)"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "share their minute"),
        ("at nine", "at is no time of day"),
        ("24:00", "from 00:00 to 23:59"),
        ("08:50, 10:30", "share their minute"),
        ("cron(50 8)", "is no cron("),
        ("cron(50 8 * * * *)", "exactly one of day-of-month and day-of-week is ?"),
        ("cron(50 24 * * ? *)", "hours go from 0 to 23"),
        ("cron(60 8 * * ? *)", "minutes go from 0 to 59"),
    ],
)
def test_what_is_no_time_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(BadParameter, match=re.escape(why)):
        expression(text)


@pytest.mark.parametrize(
    ("times", "remark"),
    [
        ("07:00, 10:00, 14:00", "completes the edition of the day before"),
        ("07:00", "each edition is made on the morning after its date"),
        ("08:50", "From November to March arXiv announces at 09:00"),
        ("08:50, 10:50", "what is not visible at the day's last probe joins late"),
    ],
)
def test_what_unusual_times_mean_for_editions_is_told(times: str, remark: str) -> None:
    assert any(remark in one for one in remarks(expression(times)))


@pytest.mark.parametrize(
    "cron", ["cron(50 8 ? * MON-FRI *)", "cron(50 8 1,15 * ? *)", "cron(50 8 * 9-12 ? *)", "cron(50 8 */2 * ? *)"]
)
def test_of_days_without_a_probe_it_is_said_that_an_alarm_goes_off(cron: str) -> None:
    assert any("NoRunAlarm" in one for one in remarks(cron))


@pytest.mark.parametrize("cron", ["", "cron(0/30 * * * ? *)", "cron(50 8-22/2 ? * * *)"])
def test_times_of_every_day_set_off_no_alarm(cron: str) -> None:
    assert remarks(cron) == []


def test_the_template_s_own_times_need_no_remark() -> None:
    assert remarks(DEFAULT) == []


def test_the_next_probe_is_the_next_that_the_schedule_has_in_shanghai() -> None:
    cron = expression("08:50, 10:50")
    assert next_probe(cron, datetime(2026, 2, 12, 1, 0, tzinfo=UTC)) == datetime(2026, 2, 12, 2, 50, tzinfo=UTC)
    assert next_probe(cron, datetime(2026, 2, 12, 2, 50, tzinfo=UTC)) == datetime(2026, 2, 13, 0, 50, tzinfo=UTC)
    friday = datetime(2026, 2, 13, 1, 0, tzinfo=UTC)
    assert next_probe("cron(50 8 ? * MON-FRI *)", friday) == datetime(2026, 2, 16, 0, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cron", "day"),
    [
        (DEFAULT, "2026-11-28 22:50"),
        ("cron(50 8 ? * MON-FRI *)", "2026-11-27 08:50"),
        ("cron(50 8 ? * 2-4 *)", "2026-11-25 08:50"),  # Monday to Wednesday
        ("cron(50 8 ? * 2#1 *)", "2026-11-02 08:50"),  # the month's first Monday
        ("cron(50 8 1 * ? *)", "2026-11-01 08:50"),
    ],
)
def test_the_last_probe_is_on_a_day_on_which_the_schedule_probes(cron: str, day: str) -> None:
    sunday = datetime(2026, 11, 29, 8, 50, tzinfo=EDITION_ZONE)
    found = last_probe(cron, sunday)
    assert found
    assert f"{found:%Y-%m-%d %H:%M}" == day


@pytest.mark.parametrize("cron", ["cron(50 8 15W * ? *)", "cron(50 8 * * ? 2027)", "rate(1 day)"])
def test_what_is_not_understood_has_no_probe(cron: str) -> None:
    sunday = datetime(2026, 11, 29, tzinfo=UTC)
    assert (last_probe(cron, sunday), next_probe(cron, sunday)) == (None, None)
