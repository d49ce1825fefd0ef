"""Each function may do what it does, and no more: a new action, resource or function fails here until it is listed."""

from typing import Any

import pytest

from tests.infra.conditions import decided
from tests.infra.roles import listed, place, rows

Json = dict[str, Any]

SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:claude-AbCdEf"  # noqa: S105 - a name

TRACE = """
    xray:PutTelemetryRecords        *
    xray:PutTraceSegments           *
"""
ONE_KIND_OF_EVENT = "if events:source is arxiv-daily if events:detail-type is EditionPublished"
ALLOWED = {
    "fetch": f"""
    {TRACE}
    logs:CreateLogStream            FetchLogGroup.Arn
    logs:PutLogEvents               FetchLogGroup.Arn
    dynamodb:BatchGetItem           Table.Arn
    dynamodb:DeleteItem             Table.Arn
    dynamodb:GetItem                Table.Arn
    dynamodb:PutItem                Table.Arn
    dynamodb:Query                  Table.Arn
    dynamodb:UpdateItem             Table.Arn
    sqs:SendMessage                 PapersQueue.Arn
    """,
    "summarize": f"""
    {TRACE}
    logs:CreateLogStream            SummarizeLogGroup.Arn
    logs:PutLogEvents               SummarizeLogGroup.Arn
    dynamodb:BatchGetItem           Table.Arn
    dynamodb:GetItem                Table.Arn
    dynamodb:PutItem                Table.Arn
    dynamodb:UpdateItem             Table.Arn
    sqs:ChangeMessageVisibility     PapersQueue.Arn
    sqs:DeleteMessage               PapersQueue.Arn
    sqs:GetQueueAttributes          PapersQueue.Arn
    sqs:ReceiveMessage              PapersQueue.Arn
    """,
    "on_demand": f"""
    {TRACE}
    logs:CreateLogStream            OnDemandLogGroup.Arn
    logs:PutLogEvents               OnDemandLogGroup.Arn
    dynamodb:BatchGetItem           Table.Arn
    dynamodb:GetItem                Table.Arn
    dynamodb:PutItem                Table.Arn
    dynamodb:UpdateItem             Table.Arn
    """,
    "aggregate": f"""
    {TRACE}
    logs:CreateLogStream            AggregateLogGroup.Arn
    logs:PutLogEvents               AggregateLogGroup.Arn
    dynamodb:BatchGetItem           Table.Arn
    dynamodb:GetItem                Table.Arn
    dynamodb:PutItem                Table.Arn
    dynamodb:Query                  Table.Arn
    dynamodb:DescribeStream         Table.StreamArn
    dynamodb:GetRecords             Table.StreamArn
    dynamodb:GetShardIterator       Table.StreamArn
    dynamodb:ListStreams            *
    sqs:SendMessage                 AggregateFailuresQueue.Arn
    s3:GetObject                    SiteBucket.Arn/*
    s3:PutObject                    SiteBucket.Arn/*
    s3:ListBucket                   SiteBucket.Arn
    events:PutEvents                EditionsBus.Arn {ONE_KIND_OF_EVENT}
    """,
    "notify": f"""
    {TRACE}
    logs:CreateLogStream            NotifyLogGroup.Arn
    logs:PutLogEvents               NotifyLogGroup.Arn
    dynamodb:GetItem                Table.Arn
    dynamodb:PutItem                Table.Arn
    sqs:DeleteMessage               NotifyQueue.Arn
    sqs:GetQueueAttributes          NotifyQueue.Arn
    sqs:ReceiveMessage              NotifyQueue.Arn
    """,
}
READERS = {"summarize", "on_demand"}
"""They ask Claude, and may besides what stands above:"""

WAYS: dict[str, tuple[dict[str, str], str]] = {
    "a key in SSM": (
        {},
        "ssm:GetParameter                ssm:here:parameterAnthropicApiKeyParameter",
    ),
    "a key in Secrets Manager": (
        {"AnthropicApiKeySecretArn": SECRET},
        "secretsmanager:GetSecretValue   AnthropicApiKeySecretArn",
    ),
    "Claude Platform on AWS": (
        {"ClaudePlatform": "aws", "AnthropicWorkspaceId": "wrkspc_1"},
        "aws-external-anthropic:CreateInference   aws-external-anthropic:here:workspace/AnthropicWorkspaceId",
    ),
    "Amazon Bedrock": (
        {"ClaudePlatform": "bedrock"},
        "bedrock-mantle:CreateInference  bedrock-mantle:here:project/default"
        " if bedrock-mantle:Model is Model or SecondModel",
    ),
    "Amazon Bedrock, whatever keys are named": (
        {"ClaudePlatform": "bedrock", "AnthropicApiKeySecretArn": SECRET},
        "bedrock-mantle:CreateInference  bedrock-mantle:here:project/default"
        " if bedrock-mantle:Model is Model or SecondModel",
    ),
}
GLOSSARIES: dict[str, tuple[dict[str, str], str]] = {
    "no glossary": ({}, ""),
    "a glossary": ({"GlossaryParameter": "/group/glossary"}, "ssm:GetParameter ssm:here:parameterGlossaryParameter"),
}

EVERYWHERE = {
    "xray:PutTelemetryRecords": "X-Ray lets no policy name a resource",
    "xray:PutTraceSegments": "X-Ray lets no policy name a resource",
    "dynamodb:ListStreams": "Lambda asks for it to read a stream; it lists names, and no policy can name one here",
}
"""Actions on every resource, each with its reason."""


def table(*texts: str) -> set[str]:
    return {" ".join(line.split()) for text in texts for line in text.splitlines() if line.strip()}


def role_of(functions: dict[str, Json], name: str) -> str:
    role: str = functions[name]["Role"]["Fn::GetAtt"][0]
    return role


@pytest.mark.parametrize("glossary", GLOSSARIES)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ALLOWED)
def test_a_function_may_do_exactly_what_is_listed(
    name: str, way: str, glossary: str, translated: Json, functions: dict[str, Json]
) -> None:
    (by_way, asks), (by_glossary, reads) = WAYS[way], GLOSSARIES[glossary]
    resources = decided(translated, **by_way, **by_glossary)
    expected = table(ALLOWED[name], *([asks, reads] if name in READERS else []))
    assert sorted(rows(resources, role_of(functions, name))) == sorted(expected)


@pytest.mark.parametrize(
    ("told", "more"),
    [
        ({"NoticesAddress": "group@example.org"}, "sns:Publish NoticesTopic"),
        ({"WebhooksParameter": "/group/webhooks"}, "ssm:GetParameter ssm:here:parameterWebhooksParameter"),
    ],
    ids=["a mail", "webhooks"],
)
def test_notify_may_reach_whom_it_tells(
    told: dict[str, str], more: str, translated: Json, functions: dict[str, Json]
) -> None:
    found = rows(decided(translated, **told), role_of(functions, "notify"))
    assert sorted(found) == sorted(table(ALLOWED["notify"], more))


def test_every_function_is_listed_and_has_a_role_of_its_own(functions: dict[str, Json]) -> None:
    assert set(functions) == set(ALLOWED)
    assert len({role_of(functions, name) for name in functions}) == len(functions)


def test_every_action_on_every_resource_has_its_reason() -> None:
    everywhere = {row.split()[0] for text in ALLOWED.values() for row in table(text) if row.split()[1] == "*"}
    assert everywhere == set(EVERYWHERE)
    assert not [row for text in ALLOWED.values() for row in table(text) if "*" in row.split()[0]]


def test_only_lambda_may_take_on_a_function_s_role(translated: Json, functions: dict[str, Json]) -> None:
    for name in functions:
        trust = translated["Resources"][role_of(functions, name)]["Properties"]["AssumeRolePolicyDocument"]
        assert trust["Statement"] == [
            {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ]


def test_the_schedule_may_start_fetch_and_nothing_else(translated: Json) -> None:
    assert rows(translated["Resources"], "FetchFunctionScheduleRole") == {"lambda:InvokeFunction FetchFunction.Arn"}


def test_nobody_else_has_a_role(translated: Json, functions: dict[str, Json]) -> None:
    roles = {name for name, one in translated["Resources"].items() if one["Type"] == "AWS::IAM::Role"}
    assert roles == {role_of(functions, name) for name in functions} | {"FetchFunctionScheduleRole"}


def test_every_permission_stands_in_this_template(translated: Json) -> None:
    kinds = {one["Type"] for one in translated["Resources"].values() if one["Type"].startswith("AWS::IAM::")}
    assert kinds == {"AWS::IAM::Role", "AWS::IAM::ManagedPolicy"}
    for one in translated["Resources"].values():
        for arn in listed(one.get("Properties", {}).get("ManagedPolicyArns", [])):
            assert translated["Resources"][place(arn)]["Type"] == "AWS::IAM::ManagedPolicy"
