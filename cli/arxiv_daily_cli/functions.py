"""Calling a function of the stack, once, and waiting for its answer."""

import json
from typing import TYPE_CHECKING, Any

from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

_LONGEST_RUN_SECONDS = 330
"""A little more than the longest function may take; repeating an invocation would start it twice."""
PATIENT = Config(read_timeout=_LONGEST_RUN_SECONDS, retries={"total_max_attempts": 1})
"""For the client that calls."""


class FunctionFailed(RuntimeError):
    """A function ended with an error; the message holds its type and text."""


def call(client: "LambdaClient", function: str, event: dict[str, Any], what: str) -> dict[str, Any]:
    """The function's answer to an event; `what` names it in the error. Raises FunctionFailed."""
    answer = client.invoke(FunctionName=function, Payload=json.dumps(event))
    payload: dict[str, Any] = json.loads(answer["Payload"].read())
    if "FunctionError" in answer:
        raise FunctionFailed(f"{what} failed: {payload.get('errorType')}: {payload.get('errorMessage')}")
    return payload
