"""What a stack that goes takes along from the parameter store, and what stays there."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from arxiv_daily_cli.deploying.belongings import other_readers, own_key, staying

OWN = "/arxiv-daily/anthropic-api-key"


class FakeAccount:
    """A session in an account with some parameters in SSM and some stacks, each with its status and key's parameter."""

    region_name = "eu-central-1"

    def __init__(self, *stored: str, stacks: dict[str, tuple[str, str]] | None = None) -> None:
        self.stored = stored
        self.stacks = stacks or {}

    def client(self, _: str) -> "FakeAccount":
        return self

    def get_parameter(self, Name: str) -> None:
        if Name not in self.stored:
            raise ClientError({"Error": {"Code": "ParameterNotFound", "Message": "none"}}, "GetParameter")

    def get_paginator(self, _: str) -> "FakeAccount":
        return self

    def paginate(self) -> list[dict[str, Any]]:
        def described(name: str, status: str, key: str) -> dict[str, Any]:
            given = [{"ParameterKey": "AnthropicApiKeyParameter", "ParameterValue": key}]
            return {"StackName": name, "StackStatus": status, "Parameters": given}

        ours = [described(name, status, key) for name, (status, key) in self.stacks.items()]
        return [{"Stacks": ours}, {"Stacks": [{"StackName": "somebody-s", "StackStatus": "CREATE_COMPLETE"}]}]


def account(*stored: str, **stacks: tuple[str, str]) -> Any:
    return FakeAccount(*stored, stacks=stacks)


def values(key: str = OWN, **others: str) -> dict[str, str]:
    return {"AnthropicApiKeyParameter": key, **others}


def test_a_key_that_other_stacks_read_is_known_before_it_goes() -> None:
    stacks = {
        "arxiv-daily": ("CREATE_COMPLETE", OWN),
        "vision": ("UPDATE_COMPLETE", OWN),
        "gone": ("DELETE_COMPLETE", OWN),
        "apart": ("CREATE_COMPLETE", "/apart/anthropic-api-key"),
    }
    assert other_readers(account(**stacks), "arxiv-daily", OWN) == ["vision"]


def test_a_key_of_the_stack_s_own_name_goes() -> None:
    found = own_key(account(OWN), "arxiv-daily", values())
    assert found is not None
    assert found.name == OWN


@pytest.mark.parametrize(("stored", "key"), [(OWN, "/shared/key"), ("/shared/key", OWN)])
def test_no_key_goes_that_is_shared_or_not_there(stored: str, key: str) -> None:
    assert own_key(account(stored), "arxiv-daily", values(key)) is None


def test_what_people_made_stays_and_is_named_with_the_command_that_deletes_it() -> None:
    told = staying(
        account(OWN, "/lab/chats", "/lab/words"),
        "arxiv-daily",
        values(WebhooksParameter="/lab/chats", GlossaryParameter="/lab/words"),
    )
    assert [sentence.split(" stays")[0] for sentence in told] == ["Parameter /lab/chats", "Parameter /lab/words"]
    assert told[0].endswith("aws ssm delete-parameter --region eu-central-1 --name /lab/chats")


def test_a_shared_key_stays_and_is_named() -> None:
    assert "/shared/key stays" in staying(account("/shared/key"), "arxiv-daily", values("/shared/key"))[0]


def test_what_is_not_there_or_was_never_named_is_not_said_to_stay() -> None:
    parameters = values(WebhooksParameter="/lab/chats", GlossaryParameter="")
    assert staying(account(), "arxiv-daily", parameters) == []
