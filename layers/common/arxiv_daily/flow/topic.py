"""The SNS topic of the daily mail."""

from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from arxiv_daily.telling.errors import NotTold
from arxiv_daily.telling.mail import Mail

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient


class NoticesTopic:
    def __init__(self, client: "SNSClient", arn: str) -> None:
        self._client = client
        self._arn = arn

    def publish(self, mail: Mail) -> None:
        """To everybody who confirmed a subscription. Raises NotTold."""
        try:
            self._client.publish(TopicArn=self._arn, Subject=mail.subject, Message=mail.body)
        except (BotoCoreError, ClientError) as error:
            raise NotTold(f"SNS did not take it: {error}") from error


def connect(arn: str) -> NoticesTopic:
    """The topic, with the region, credentials and endpoint of the environment."""
    return NoticesTopic(boto3.client("sns"), arn)
