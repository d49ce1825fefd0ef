"""Whose account a deployment goes to, and where."""

from dataclasses import dataclass

import boto3
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

from arxiv_daily_cli.deployed.stack import StackUnusable

_REFUSED = {"ExpiredToken", "InvalidClientTokenId", "SignatureDoesNotMatch", "UnrecognizedClientException"}


@dataclass(frozen=True)
class Account:
    number: str
    who: str
    """ARN of the identity whose credentials are used."""
    region: str


def account(session: boto3.Session) -> Account:
    """Ask AWS who we are. Raises StackUnusable with what to do."""
    region = session.region_name
    if not region:
        raise StackUnusable("no region is chosen: export AWS_DEFAULT_REGION=us-east-1, or any other near you")
    try:
        found = session.client("sts").get_caller_identity()
    except NoCredentialsError as error:
        raise StackUnusable(
            "there are no AWS credentials here: export AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE "
            "for a profile made with `aws configure`"
        ) from error
    except ClientError as error:
        if error.response["Error"].get("Code") not in _REFUSED:
            raise
        raise StackUnusable(f"AWS refuses these credentials, sign in again or renew them ({error})") from error
    except BotoCoreError as error:
        raise StackUnusable(f"AWS cannot be asked: {error}") from error
    return Account(found["Account"], found["Arn"], region)
