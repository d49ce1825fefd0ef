"""What a failed deployment is said to have left."""

from pathlib import Path
from typing import Any

import pytest

from arxiv_daily_cli.deployed.stack import StackUnusable
from arxiv_daily_cli.deploying import carrying_out, sam
from arxiv_daily_cli.deploying.carrying_out import carry_out
from arxiv_daily_cli.deploying.standing import Found


class FakeSession:
    region_name = "us-east-1"

    def client(self, _: str) -> None:
        return None


def consequence(found: Found, monkeypatch: pytest.MonkeyPatch) -> str:
    """What is said when `sam deploy` fails, and the stack is found so afterwards."""

    def fail(*_: Any, **__: Any) -> None:
        raise sam.SamFailed("deploying ended with code 1")

    monkeypatch.setattr(sam, "deploy", fail)
    monkeypatch.setattr(carrying_out, "look", lambda client, name: found)
    monkeypatch.setattr(carrying_out, "failures", lambda client, name, since: [])
    session: Any = FakeSession()
    with pytest.raises(StackUnusable) as raised:
        carry_out(session, "arxiv-daily", Path("built.yaml"), {}, confirm=False)
    return str(raised.value)


def test_a_stack_with_a_site_works_on(monkeypatch: pytest.MonkeyPatch) -> None:
    found = Found("UPDATE_ROLLBACK_COMPLETE", "id", outputs={"SiteUrl": "https://site.example"})
    assert "arxiv-daily works on as it was before" in consequence(found, monkeypatch)


@pytest.mark.parametrize("status", ["IMPORT_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"])
def test_a_stack_that_holds_what_came_back_alone_is_not_said_to_work(
    status: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = consequence(Found(status, "id"), monkeypatch)
    assert "works on" not in said
    assert "no functions and no site yet: mend the cause, then deploy again" in said
