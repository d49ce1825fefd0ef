"""What AWS refuses, in words: what is wrong, and what to do next."""

import re
from collections.abc import Callable

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    CredentialRetrievalError,
    EndpointConnectionError,
    NoCredentialsError,
    NoRegionError,
    PartialCredentialsError,
    ProfileNotFound,
    ReadTimeoutError,
    SSOError,
    TokenRetrievalError,
)

AwsError = BotoCoreError | ClientError

_EXPIRED = {"ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"}
_UNKNOWN = {"InvalidClientTokenId", "UnrecognizedClientException", "SignatureDoesNotMatch", "AuthFailure"}
_DENIED = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError"}
_THROTTLED = {"Throttling", "ThrottlingException", "TooManyRequestsException", "RequestLimitExceeded"}

_ACTION = re.compile(r"not authorized to perform:? ([\w-]+:\w+)")

_SIGN_IN = "sign in again (with IAM Identity Center: aws sso login), or put new keys into your AWS configuration"


def explain(error: AwsError) -> str:
    """A sentence or two for the person who ran a command."""
    if isinstance(error, ClientError):
        return _of_answer(error)
    found = next((words for kinds, words in _WITHOUT_ANSWER if isinstance(error, kinds)), None)
    return found(error) if found else f"AWS cannot be asked: {error}"


def denied_action(error: AwsError) -> str | None:
    """The permission that is missing, as service:Action; None when the error is another."""
    if not isinstance(error, ClientError) or _code(error) not in _DENIED:
        return None
    named = _ACTION.search(str(error))
    return named[1] if named else error.operation_name


def _of_answer(error: ClientError) -> str:
    code = _code(error)
    if code in _EXPIRED:
        return f"your AWS credentials have expired: {_SIGN_IN}"
    if code in _UNKNOWN:
        return f"AWS does not accept these credentials ({code}): check AWS_PROFILE and the keys, or {_SIGN_IN}"
    if action := denied_action(error):
        return f"your credentials lack the permission {action}: have it added to them, then run the command again"
    if code in _THROTTLED:
        return f"AWS asks to slow down ({error.operation_name}: {code}): run the command again in a minute"
    said = error.response.get("Error", {}).get("Message") or code
    return f"AWS refused {error.operation_name} ({code}): {said}"


def _code(error: ClientError) -> str:
    return error.response.get("Error", {}).get("Code", "")


_WITHOUT_ANSWER: tuple[tuple[tuple[type[BotoCoreError], ...], Callable[[BotoCoreError], str]], ...] = (
    (
        (NoCredentialsError, PartialCredentialsError),
        lambda _: (
            "there are no AWS credentials here: run aws configure or aws sso login, or name a profile with AWS_PROFILE"
        ),
    ),
    ((SSOError, TokenRetrievalError), lambda _: f"your sign-in has expired: {_SIGN_IN}"),
    ((CredentialRetrievalError,), lambda error: f"your AWS credentials could not be fetched ({error}): {_SIGN_IN}"),
    (
        (NoRegionError,),
        lambda _: "no AWS region is chosen: set AWS_DEFAULT_REGION, such as us-east-1, or run aws configure",
    ),
    ((ProfileNotFound,), lambda error: f"{error}: see your profiles with aws configure list-profiles"),
    (
        (EndpointConnectionError, ConnectTimeoutError, ReadTimeoutError),
        lambda error: f"AWS cannot be reached: {error} Check the network, the region and AWS_ENDPOINT_URL.",
    ),
)
