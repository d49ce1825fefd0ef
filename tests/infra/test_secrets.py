"""Secrets are named, never held: neither in the template nor in what it hands on."""

import re
from typing import Any

import pytest

from tests.infra.conftest import TEMPLATE

Json = dict[str, Any]

LOOKS_SECRET = {
    "a key of Anthropic's": r"sk-ant-",
    "an access key of AWS": r"\b(AKIA|ASIA)[A-Z0-9]{16}\b",
    "a private key": r"-----BEGIN",
    "a token of GitHub's or Slack's": r"\b(gh[pousr]_|github_pat_|xox[abp]-)",
    "a long random text": r"\b(?=\w*[0-9])(?=\w*[a-z])(?=\w*[A-Z])\w{32,}\b",
    "a secret looked up while deploying": r"resolve:(ssm|secretsmanager)",
}
SECRET_WORDS = re.compile(r"key(?!words)|secret|token|password|credential|webhook", re.IGNORECASE)
NAMES_OF_SECRETS = {"ANTHROPIC_API_KEY_PARAMETER", "ANTHROPIC_API_KEY_SECRET_ARN", "WEBHOOKS_PARAMETER"}


@pytest.mark.parametrize("kind", LOOKS_SECRET)
def test_nothing_in_the_template_looks_like_a_secret(kind: str) -> None:
    assert not re.search(LOOKS_SECRET[kind], TEMPLATE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("an access key of AWS", "AKIA" + 16 * "A"),
        ("a long random text", "hV3" + 30 * "xY"),
        ("a secret looked up while deploying", "'{{resolve:secretsmanager:claude}}'"),
    ],
)
def test_a_secret_would_be_seen(kind: str, text: str) -> None:
    assert re.search(LOOKS_SECRET[kind], text)


def test_a_function_is_given_the_names_of_secrets_alone(functions: dict[str, Json], template: Json) -> None:
    variables = {name: value for one in functions.values() for name, value in one["Environment"]["Variables"].items()}
    secret = {name: value for name, value in variables.items() if SECRET_WORDS.search(name)}
    assert secret.keys() == NAMES_OF_SECRETS
    patterns = [template["Parameters"][value["Ref"]]["AllowedPattern"] for value in secret.values()]
    assert not [pattern for pattern in patterns if re.fullmatch(pattern, "sk-ant-api03-" + 40 * "x")]


def test_no_output_says_a_secret(template: Json) -> None:
    assert not [name for name in template["Outputs"] if SECRET_WORDS.search(name)]
