"""Checks of what surrounds a stack: credentials, region, clock, versions, the list of holidays."""

import platform
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import boto3
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, NoRegionError

from arxiv_daily import __version__
from arxiv_daily_cli.deployed.doctor.finding import NEEDS_CREDENTIALS, Finding, note, ok, unknown, wrong
from arxiv_daily_cli.deployed.explaining import explain
from arxiv_daily_cli.deployed.holidays import holidays_at

_SLOW_SECONDS, _REFUSED_SECONDS = 30, 240
"""A clock that is off by more than five minutes gets every request refused."""


def credentials() -> Finding:
    try:
        identity = boto3.client("sts").get_caller_identity()
    except NoRegionError:
        return unknown("they cannot be checked without a region")
    except (BotoCoreError, ClientError) as error:
        return wrong(explain(error))
    return ok(f"account {identity['Account']}, {identity['Arn']}")


def region() -> Finding:
    session = boto3.Session()
    if not session.region_name:
        return wrong("none is chosen", "set AWS_DEFAULT_REGION, such as us-east-1, or run aws configure")
    endpoint = boto3.client("sts").meta.endpoint_url
    elsewhere = "" if "amazonaws.com" in endpoint else f", at {endpoint}"
    return ok(f"{session.region_name}{elsewhere}")


def clock() -> Finding:
    """This machine's against AWS's, which stands in every answer, a refusal included."""
    try:
        headers = boto3.client("sts").get_caller_identity()["ResponseMetadata"]["HTTPHeaders"]
    except NoCredentialsError:
        return unknown(NEEDS_CREDENTIALS)
    except ClientError as error:
        headers = error.response["ResponseMetadata"]["HTTPHeaders"]
    off = (datetime.now(UTC) - parsedate_to_datetime(headers["date"])).total_seconds()
    said = f"{abs(off):.0f} s {'ahead of' if off > 0 else 'behind'} AWS's"
    if abs(off) > _REFUSED_SECONDS:
        return wrong(said, "set this machine's clock: AWS refuses requests that are minutes off")
    return note(said, "set this machine's clock") if abs(off) > _SLOW_SECONDS else ok("agrees with AWS's")


def versions() -> Finding:
    return ok(f"arxiv-daily {__version__}, Python {platform.python_version()}, boto3 {boto3.__version__}")


def holidays() -> Finding:
    """That the list ends is a note: no paper is lost by it, and a release with the next year's may be still to come."""
    known = holidays_at(datetime.now(UTC))
    said = f"arXiv's are listed until {known.until}"
    if not known.are_ending:
        return ok(said)
    return note(
        f"{said}: later ones are taken for ordinary days",
        f"update to a release that lists {known.until.year + 1} (git pull && make deploy); nothing is lost meanwhile: "
        "papers that appear on such a day join it, and only the reason shown for an empty one may be wrong",
    )
