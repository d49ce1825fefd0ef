from datetime import UTC, datetime

import pytest

from arxiv_daily_cli.deployed.schedule import next_time

NOW = datetime(2026, 2, 12, 1, 0, tzinfo=UTC)
"""A Thursday, 09:00 in Shanghai."""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("cron(50 8,10,12,14,18,22 * * ? *)", datetime(2026, 2, 12, 2, 50, tzinfo=UTC)),
        ("cron(50 8 * * ? *)", datetime(2026, 2, 13, 0, 50, tzinfo=UTC)),
        ("cron(50 8 ? * 2-6 *)", datetime(2026, 2, 13, 0, 50, tzinfo=UTC)),  # Monday to Friday, as AWS counts
        ("cron(50 8 ? * 2 *)", datetime(2026, 2, 16, 0, 50, tzinfo=UTC)),
        ("cron(50 8 ? * MON#1 *)", datetime(2026, 3, 2, 0, 50, tzinfo=UTC)),
        ("cron(0/30 9 1 MAR ? *)", datetime(2026, 3, 1, 1, 0, tzinfo=UTC)),
    ],
)
def test_the_next_time_is_the_one_at_which_aws_fires(expression: str, expected: datetime) -> None:
    assert next_time(expression, "Asia/Shanghai", NOW) == expected


@pytest.mark.parametrize(
    "expression", ["rate(2 hours)", "cron(50 8 * * ? 2027)", "cron(50 99 * * ? *)", "cron(50 8 * *)"]
)
def test_what_cannot_be_foretold_is_not_guessed(expression: str) -> None:
    assert next_time(expression, "Asia/Shanghai", NOW) is None
