"""What is told after a deployment."""

from collections.abc import Mapping

import pytest

from arxiv_daily_cli.deploying.following import tell
from arxiv_daily_cli.deploying.standing import Found
from tests.unit.cli.deploying.test_parameters import PARAMETERS

VALUES = {name: one.default for name, one in PARAMETERS.items()}
OUTPUTS = {"SiteUrl": "https://site.example", "TableName": "table", "SiteBucketName": "bucket"}


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> "Said":
    return Said(capsys)


class Said:
    def __init__(self, captured: pytest.CaptureFixture[str]) -> None:
        self.captured = captured

    def of(self, told: Mapping[str, str], *, name: str = "arxiv-daily", back: bool = False, **values: str) -> str:
        found = Found("CREATE_COMPLETE", "id", {**VALUES, **values}, OUTPUTS)
        tell(name, found, told, is_new=True, brought_back=back)
        return self.captured.readouterr().out


def test_a_new_site_is_said_to_be_empty_and_when_arxiv_is_asked_next(said: Said) -> None:
    text = said.of({})
    assert "Site:   https://site.example (empty until the first edition)" in text
    assert "arXiv is asked next at " in text


def test_a_paused_schedule_is_said_to_be_paused(said: Said) -> None:
    assert "no edition comes by itself" in said.of({}, ScheduleState="DISABLED")


def test_an_address_for_mails_is_told_to_confirm_what_it_gets(said: Said) -> None:
    text = said.of({"AlarmsAddress": "me@example.org", "NoticesAddress": ""})
    assert "AWS sends a mail to me@example.org: click the link in it, or alarms will not come." in text
    assert text.count("AWS sends a mail") == 1


def test_times_that_were_set_are_remarked_on(said: Said) -> None:
    assert "From November to March" in said.of({"ScheduleExpression": "cron(50 8 * * ? *)"})


def test_a_site_that_was_brought_back_is_told_to_write_its_new_address(said: Said) -> None:
    text = said.of({}, name="vision", back=True)
    assert "empty until" not in text
    assert "arxiv-daily rebuild --all --stack-name vision" in text
