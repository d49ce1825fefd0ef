"""From the bus to whoever is told: the rule, the queue, the dead letters, the mail."""

import re
from typing import Any

import pytest

from arxiv_daily.flow.bus import EDITION_PUBLISHED, SOURCE
from arxiv_daily.flow.notify import NEWS
from arxiv_daily.flow.posting import TIMEOUT_SECONDS
from arxiv_daily.telling.webhooks import MOST
from tests.infra.conditions import decided

Json = dict[str, Any]
SOMEBODY = {"NoticesAddress": "group@example.org"}


def test_the_rule_hands_on_what_aggregate_puts_and_nothing_else(properties: dict[str, Json]) -> None:
    rule = properties["NotifyRule"]
    assert rule["EventBusName"] == {"Ref": "EditionsBus"}
    assert rule["EventPattern"] == {"source": [SOURCE], "detail-type": [EDITION_PUBLISHED]}
    assert [target["Arn"] for target in rule["Targets"]] == [{"Fn::GetAtt": ["NotifyQueue", "Arn"]}]


def test_only_that_rule_may_send_to_the_queue(properties: dict[str, Json]) -> None:
    policy = properties["NotifyQueuePolicy"]
    statement, refusal = policy["PolicyDocument"]["Statement"]
    assert "Deny" in str(refusal)
    assert policy["Queues"] == [{"Ref": "NotifyQueue"}]
    assert (statement["Effect"], statement["Action"]) == ("Allow", "sqs:SendMessage")
    assert statement["Principal"] == {"Service": "events.amazonaws.com"}
    assert statement["Condition"] == {"ArnEquals": {"aws:SourceArn": {"Fn::GetAtt": ["NotifyRule", "Arn"]}}}


def test_a_message_stays_hidden_for_six_times_the_functions_timeout(
    properties: dict[str, Json], functions: dict[str, Json]
) -> None:
    # https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    assert properties["NotifyQueue"]["VisibilityTimeout"] >= 6 * functions["notify"]["Timeout"]


def test_there_is_time_for_every_webhook_to_be_silent(functions: dict[str, Json]) -> None:
    assert functions["notify"]["Timeout"] > MOST * sum(TIMEOUT_SECONDS)


def test_an_edition_is_tried_five_times_and_all_of_them_while_it_is_news(properties: dict[str, Json]) -> None:
    queue = properties["NotifyQueue"]
    assert queue["RedrivePolicy"] == {
        "deadLetterTargetArn": {"Fn::GetAtt": ["NotifyDeadLetterQueue", "Arn"]},
        "maxReceiveCount": 5,
    }
    assert 5 * queue["VisibilityTimeout"] < NEWS.total_seconds() < queue["MessageRetentionPeriod"]
    assert properties["NotifyDeadLetterQueue"]["MessageRetentionPeriod"] > queue["MessageRetentionPeriod"]


@pytest.mark.parametrize(
    ("parameters", "on"),
    [({}, False), (SOMEBODY, True), ({"WebhooksParameter": "/arxiv-daily/webhooks"}, True)],
    ids=["nobody", "a mail", "webhooks"],
)
def test_nothing_is_queued_or_polled_where_nobody_is_told(
    translated: Json, parameters: dict[str, str], on: bool
) -> None:
    resources = decided(translated, **parameters)
    assert resources["NotifyRule"]["Properties"]["State"] == ("ENABLED" if on else "DISABLED")
    assert resources["NotifyFunctionEditions"]["Properties"]["Enabled"] is on


def test_a_mail_address_makes_a_topic_that_its_owner_can_confirm(translated: Json) -> None:
    assert {"NoticesTopic", "NoticesSubscription"}.isdisjoint(decided(translated))
    resources = decided(translated, **SOMEBODY)
    subscription = resources["NoticesSubscription"]["Properties"]
    assert subscription["Protocol"] == "email"
    assert subscription["TopicArn"] == {"Ref": "NoticesTopic"}
    assert resources["NoticesTopic"]["Properties"]["KmsMasterKeyId"] == "alias/aws/sns"


def test_a_failure_is_reported_alone(properties: dict[str, Json]) -> None:
    mapping = properties["NotifyFunctionEditions"]
    assert (mapping["BatchSize"], mapping["FunctionResponseTypes"]) == (1, ["ReportBatchItemFailures"])


@pytest.mark.parametrize(
    ("parameter", "good", "bad"),
    [
        ("NoticesAddress", ["", "a.b+c@lab.example.org"], ["group", "group@lab", "a@b.org,c@d.org", "a b@c.org"]),
        ("WebhooksParameter", ["", "/arxiv-daily/webhooks"], ["webhooks", "/a//b", "/a b", "https://hooks.slack.com"]),
    ],
)
def test_a_value_that_could_not_work_is_refused_before_anything_is_deployed(
    template: Json, parameter: str, good: list[str], bad: list[str]
) -> None:
    pattern = template["Parameters"][parameter]["AllowedPattern"]
    assert all(re.fullmatch(pattern, value) for value in good)
    assert not [value for value in bad if re.fullmatch(pattern, value)]
