import pytest
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
    NoRegionError,
    ProfileNotFound,
    TokenRetrievalError,
)

from arxiv_daily_cli.deployed.explaining import denied_action, explain

DENIED = "User: arn:aws:iam::1:user/me is not authorized to perform: sqs:ReceiveMessage on resource: arn:aws:sqs:x"


def refused(code: str, message: str = "") -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": message}}, "ReceiveMessage")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (NoCredentialsError(), "no AWS credentials here: run aws configure"),
        (NoRegionError(), "set AWS_DEFAULT_REGION"),
        (ProfileNotFound(profile="nobody"), "aws configure list-profiles"),
        (EndpointConnectionError(endpoint_url="http://127.0.0.1:9/"), "http://127.0.0.1:9/"),
        (TokenRetrievalError(provider="sso", error_msg="gone"), "aws sso login"),
        (BotoCoreError(), "AWS cannot be asked"),
        (refused("ExpiredToken"), "credentials have expired"),
        (refused("UnrecognizedClientException"), "does not accept these credentials"),
        (refused("AccessDeniedException", DENIED), "lack the permission sqs:ReceiveMessage"),
        (refused("AccessDenied", "Access Denied"), "lack the permission ReceiveMessage"),
        (refused("ThrottlingException"), "in a minute"),
        (refused("InternalFailure", "We are sorry"), "We are sorry"),
    ],
)
def test_an_error_says_what_is_wrong_and_what_to_do(error: BotoCoreError | ClientError, said: str) -> None:
    assert said in explain(error)


def test_only_a_refused_permission_names_an_action() -> None:
    assert denied_action(refused("AccessDeniedException", DENIED)) == "sqs:ReceiveMessage"
    assert denied_action(refused("ThrottlingException")) is None
    assert denied_action(NoCredentialsError()) is None
