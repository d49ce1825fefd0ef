"""The papers queue and who reads it."""

import re
from typing import Any

import pytest

from arxiv_daily.editions.sweep import RESEND_AFTER

Json = dict[str, Any]
DAY = 24 * 60 * 60


@pytest.fixture
def queue(properties: dict[str, Json]) -> Json:
    return properties["PapersQueue"]


@pytest.fixture
def mapping(properties: dict[str, Json]) -> Json:
    return properties["SummarizeFunctionPapers"]


def test_a_message_stays_hidden_for_six_times_the_reader_s_timeout(queue: Json, functions: dict[str, Json]) -> None:
    # https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    assert queue["VisibilityTimeout"] >= 6 * functions["summarize"]["Timeout"]


def test_a_message_that_nobody_can_read_goes_to_the_dead_letter_queue(queue: Json) -> None:
    redrive = queue["RedrivePolicy"]
    assert redrive["deadLetterTargetArn"] == {"Fn::GetAtt": ["PapersDeadLetterQueue", "Arn"]}


def test_give_backs_do_not_make_a_dead_letter(queue: Json) -> None:
    assert 20 <= queue["RedrivePolicy"]["maxReceiveCount"] <= 1000


def test_a_dead_letter_outlives_the_queue_s_own_retention(queue: Json, properties: dict[str, Json]) -> None:
    assert queue["MessageRetentionPeriod"] == 4 * DAY
    assert properties["PapersDeadLetterQueue"]["MessageRetentionPeriod"] == 14 * DAY


def test_one_paper_s_failure_is_reported_alone(mapping: Json) -> None:
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["BatchSize"] == 1


def test_the_operator_says_how_many_papers_are_read_at_once(mapping: Json, template: Json) -> None:
    assert mapping["ScalingConfig"] == {"MaximumConcurrency": {"Ref": "MaximumConcurrency"}}
    least = template["Parameters"]["MaximumConcurrency"]["AllowedPattern"]
    assert re.fullmatch(least, "2")
    assert not re.fullmatch(least, "1")  # what SQS refuses


def test_every_queue_is_encrypted(translated: Json) -> None:
    queues = [one for one in translated["Resources"].values() if one["Type"] == "AWS::SQS::Queue"]
    assert all(one["Properties"]["SqsManagedSseEnabled"] for one in queues)


def test_a_message_is_taken_for_lost_only_after_the_queue_would_have_shown_it_again(template: Json) -> None:
    visibility = template["Resources"]["PapersQueue"]["Properties"]["VisibilityTimeout"]
    assert RESEND_AFTER.total_seconds() >= visibility
