"""The bus on which editions are announced, to whoever has a rule there."""

import json
from typing import TYPE_CHECKING

import boto3

from arxiv_daily.publishing.documents import Document

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

SOURCE = "arxiv-daily"
EDITION_PUBLISHED = "EditionPublished"


class EventRefused(RuntimeError):
    """EventBridge did not take the event."""


class EditionsBus:
    def __init__(self, client: "EventBridgeClient", name: str) -> None:
        self._client = client
        self._name = name

    def put(self, detail: Document) -> None:
        """Put EditionPublished. Raises EventRefused, or botocore's own errors."""
        answer = self._client.put_events(
            Entries=[
                {
                    "EventBusName": self._name,
                    "Source": SOURCE,
                    "DetailType": EDITION_PUBLISHED,
                    "Detail": json.dumps(detail, ensure_ascii=False),
                }
            ]
        )
        if answer["FailedEntryCount"]:
            [entry] = answer["Entries"]
            reason = f"{entry.get('ErrorCode')} {entry.get('ErrorMessage')}"
            raise EventRefused(f"{EDITION_PUBLISHED} of {detail['id']} was refused: {reason}")


def connect(name: str) -> EditionsBus:
    """The bus, with the region, credentials and endpoint of the environment."""
    return EditionsBus(boto3.client("events"), name)
