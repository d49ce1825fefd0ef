"""Here, as on AWS, a function may do what its role says and nothing else: a permission forgotten fails a test.

And one that nothing uses fails the last (of notify, one in test_telling.py): what roles allow is what the functions
asked for over the sample's day and a paper on demand, besides what is listed here with its reason.
"""

import json
from collections.abc import Iterator

import pytest

from tests.e2e import calls
from tests.e2e.conftest import SAMPLE, Json, Stack, stack_over, wait_until

DAY, ASKED_FOR = "2026-03-05", "2699.00007"

UNASKED = {
    "FetchFunction": {},
    "OnDemandFunction": {},
    "SummarizeFunction": calls.BY_POLLER,
    "AggregateFunction": {
        "dynamodb:DescribeStream": "Lambda's poller of the stream",
        "dynamodb:GetRecords": "Lambda's poller of the stream",
        "dynamodb:GetShardIterator": "Lambda's poller of the stream",
        "dynamodb:ListStreams": "Lambda's poller of the stream",
        "sqs:SendMessage": "Lambda, which keeps changes that could not be published",
        "events:PutEvents": "an edition that is complete: tests/e2e/test_telling.py",
        "s3:ListBucket": "S3, which else answers 403 for a missing object; publishing a first page needs the 404",
    },
}


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """A stack of its own, whose every call is recorded; as on AWS, arXiv is asked in a line."""
    with stack_over(SAMPLE, interval=0.05) as running:
        calls.record(running)
        yield running


def test_a_function_without_a_permission_is_refused_with_the_name_of_what_it_tried(stack: Stack) -> None:
    iam = stack.client("iam")
    role = calls.functions(stack)["OnDemandFunction"]["Role"].rpartition("/")[2]
    (policy,) = iam.list_role_policies(RoleName=role)["PolicyNames"]
    document: Json = iam.get_role_policy(RoleName=role, PolicyName=policy)["PolicyDocument"]
    iam.put_role_policy(RoleName=role, PolicyName=policy, PolicyDocument=json.dumps(without(document, "PutItem")))
    answer = stack.invoke("OnDemandFunctionName", {"paper_id": ASKED_FOR})
    iam.put_role_policy(RoleName=role, PolicyName=policy, PolicyDocument=json.dumps(document))
    assert "AccessDenied" in answer["errorMessage"]
    assert "dynamodb:PutItem" in answer["errorMessage"]
    assert stack.invoke("OnDemandFunctionName", {"paper_id": ASKED_FOR})["state"] == "ready"


def without(document: Json, action: str) -> Json:
    """The policy with one action of DynamoDB less."""
    changed: Json = json.loads(json.dumps(document))
    for statement in changed["Statement"]:
        if isinstance(statement["Action"], list):
            statement["Action"] = [one for one in statement["Action"] if one != f"dynamodb:{action}"]
    return changed


def test_no_function_may_do_what_it_never_does(stack: Stack) -> None:
    stack.invoke("OnDemandFunctionName", {"paper_id": ASKED_FOR})
    stack.invoke("FetchFunctionName", {"time": f"{DAY}T00:50:00Z"})
    wait_until(
        lambda: stack.edition(DAY), "some papers", of=lambda edition: edition and edition["counts"]["ready"] >= 4
    )
    functions = calls.functions(stack)
    assert functions.keys() == UNASKED.keys() | {"NotifyFunction"}  # which tells nobody here: see test_telling.py
    for name, exceptions in UNASKED.items():
        assert calls.unasked(stack, functions[name]) == exceptions.keys(), name
