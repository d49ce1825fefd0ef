"""Where alarms say that their runbook is."""

import subprocess
from pathlib import Path

import pytest

from arxiv_daily_cli.deploying import plan as planning
from arxiv_daily_cli.deploying.plan import plan
from arxiv_daily_cli.deploying.runbook import page_of, runbook_address
from arxiv_daily_cli.deploying.wishes import Wishes
from tests.unit.cli.deploying.test_parameters import PARAMETERS

PAGE = "https://github.com/somebody/arxiv-daily/blob/HEAD/docs/operating.md"


@pytest.mark.parametrize(
    "remote",
    [
        "https://github.com/somebody/arxiv-daily",
        "https://github.com/somebody/arxiv-daily.git",
        "https://github.com/somebody/arxiv-daily/",
        "https://somebody:secret@github.com/somebody/arxiv-daily.git",
        "git@github.com:somebody/arxiv-daily.git",
        "ssh://git@github.com/somebody/arxiv-daily.git",
        "ssh://git@github.com:22/somebody/arxiv-daily.git",
    ],
)
def test_a_remote_by_https_or_ssh_leads_to_its_page_without_credentials(remote: str) -> None:
    assert page_of(remote) == PAGE


def test_groups_within_groups_stay() -> None:
    found = page_of("git@gitlab.example.org:lab/speech/daily.git")
    assert found == "https://gitlab.example.org/lab/speech/daily/blob/HEAD/docs/operating.md"


@pytest.mark.parametrize("remote", ["", "/srv/git/daily.git", "../main", "https://example.org/a/b", "git@host:daily"])
def test_a_remote_whose_pages_are_not_known_leads_nowhere(remote: str) -> None:
    assert page_of(remote) is None


def test_a_checkout_is_asked_for_its_remote(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(["git", "-C", str(tmp_path), *arguments], check=True)  # noqa: S607

    git("init", "--quiet")
    assert runbook_address(tmp_path) is None
    git("remote", "add", "origin", "git@github.com:somebody/arxiv-daily.git")
    assert runbook_address(tmp_path) == PAGE


@pytest.mark.parametrize(
    ("wishes", "had", "expected"),
    [
        (Wishes(), {}, PAGE),
        (Wishes(yes=True), {}, "docs/operating.md"),
        (Wishes({"RunbookAddress": "https://wiki.example"}), {}, "https://wiki.example"),
        (Wishes(), {"RunbookAddress": "https://wiki.example"}, "https://wiki.example"),
    ],
)
def test_people_who_are_asked_get_a_link_unless_they_have_their_own(
    wishes: Wishes, had: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "ask", lambda parameters, current: {})
    decided = plan("arxiv-daily", PARAMETERS, {}, had, wishes, runbook=PAGE)
    assert decided.values["RunbookAddress"] == expected
    PARAMETERS["RunbookAddress"].check(expected)
