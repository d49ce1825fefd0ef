"""Whose account it is, or what is missing to know it."""

import boto3
import pytest

from arxiv_daily_cli.deployed.stack import StackUnusable
from arxiv_daily_cli.deploying.account import account


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


def test_without_a_region_it_is_said_how_to_choose_one() -> None:
    with pytest.raises(StackUnusable, match="export AWS_DEFAULT_REGION="):
        account(boto3.Session("id", "secret"))


def test_without_credentials_it_is_said_where_they_belong() -> None:
    with pytest.raises(StackUnusable, match="export AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE"):
        account(boto3.Session(region_name="us-east-1"))
