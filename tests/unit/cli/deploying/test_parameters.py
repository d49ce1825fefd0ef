"""What the template's parameters refuse, before anything is sent to AWS."""

import pytest

from arxiv_daily_cli.deploying.parameters import BadParameter, declared, given
from arxiv_daily_cli.deploying.template import read
from arxiv_daily_cli.local.stack import TEMPLATE

PARAMETERS = declared(read(TEMPLATE))

REFUSED = {
    "AlarmsAddress": ["nobody", "a@b@c", "two words@example.org"],
    "AnthropicApiKeyParameter": ["", "anthropic-api-key", "/with space", "/end/"],
    "AnthropicApiKeySecretArn": ["my-secret", "arn:aws:ssm:us-east-1:123456789012:parameter/key"],
    "AnthropicBaseUrl": ["gateway.example.org", "https://", "ftp://gateway.example.org", "https://a b"],
    "AnthropicWorkspaceId": ["default", "wrkspc_", "wrkspc_1 "],
    "ArxivApiUrl": ["", "export.arxiv.org", "https://a b"],
    "ArxivFeedUrl": ["", "rss.arxiv.org", "https://a b"],
    "ArxivRequestIntervalSeconds": ["", "-1", "61", "three", "NaN", "Infinity"],
    "ArxivSiteUrl": ["", "arxiv.org", "https://a b"],
    "Authors": ["a" * 1001],
    "Categories": ["", "cs.SD;eess.AS", "Speech", "CS.SD", "cs.SD,", "cs.SD\n", ",".join(["cs.SD"] * 200)],
    "CertificateArn": ["my certificate", "arn:aws:iam::123456789012:server-certificate/site"],
    "ClaudePlatform": ["", "openai", "Anthropic"],
    "Contact": ["张三", "a\nb", "a" * 201],
    "CorrectionsAddress": ["nobody", "http://example.org", "https://"],
    "DailyBudget": ["", "0", "-3", "$3", "3 dollars", "3,5", "10001"],
    "DailyCap": ["", "-1", "1.5", "all"],
    "EncryptedTransport": ["", "yes"],
    "GlossaryParameter": ["glossary", "/a//b"],
    "KeywordsIn": ["a" * 1001],
    "KeywordsOut": ["a" * 1001],
    "Language": ["", "Chinese", "zh_CN", "zh-"],
    "LogRetentionDays": ["", "31", "0", "forever"],
    "LookBackDays": ["", "0", "61", "1.5"],
    "MaximumConcurrency": ["", "1", "1001", "2.5"],
    "Model": ["", "claude haiku", "claude-haiku-5-5;"],
    "NoticesAddress": ["nobody", "a@b@c", "two words@example.org"],
    "PrimaryOnly": ["", "yes", "True"],
    "RunbookAddress": ["", "my runbook", "a" * 201],
    "ScheduleExpression": ["", "08:50", "rate(1 day)", "cron(50 8 * * *)", "cron(50 8 * * ? * *)", "cron(a b c d e f)"],
    "ScheduleState": ["", "on", "enabled"],
    "SecondModel": ["claude sonnet"],
    "ShowReplacements": ["", "no"],
    "SiteAddress": ["papers.example.org", "https://papers.example.org/daily", "https://"],
    "SiteNotice": ["a" * 501],
    "WebhooksParameter": ["webhooks", "/a//b"],
}
"""For each parameter values that it must refuse; some of them are of a later or an earlier template."""


def test_every_parameter_refuses_something() -> None:
    assert not PARAMETERS.keys() - REFUSED.keys()


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in PARAMETERS for value in REFUSED[name]])
def test_a_bad_value_is_refused_with_the_parameter_s_own_words(name: str, value: str) -> None:
    parameter = PARAMETERS[name]
    with pytest.raises(BadParameter) as refusal:
        parameter.check(value)
    wanted = parameter.constraint or f"one of {', '.join(parameter.allowed)}"
    assert str(refusal.value).startswith(f"{name} cannot be ")
    assert str(refusal.value).endswith(f": it must be {wanted}")


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_parameter_takes_its_own_default_and_says_what_else_it_takes(name: str) -> None:
    parameter = PARAMETERS[name]
    parameter.check(parameter.default)
    assert parameter.allowed or parameter.constraint


def test_assignments_are_read_as_names_and_values() -> None:
    assert given(["DailyBudget=5", "SiteNotice=a = b", "KeywordsIn="], PARAMETERS, {}) == {
        "DailyBudget": "5",
        "SiteNotice": "a = b",
        "KeywordsIn": "",
    }


@pytest.mark.parametrize(
    ("assignment", "said"),
    [
        ("DailyBudget", "is no NAME=VALUE"),
        ("DailyBudgte=5", "no parameter DailyBudgte; did you mean DailyBudget?"),
        ("Zzz=5", "no parameter Zzz; there are Categories, "),
        ("DailyBudget=0", "DailyBudget cannot be '0': it must be a number of dollars"),
    ],
)
def test_an_assignment_that_means_nothing_is_refused(assignment: str, said: str) -> None:
    with pytest.raises(BadParameter, match=said.replace("?", r"\?")):
        given([assignment], PARAMETERS, {})
