"""A local stack: the embedded AWS with the template deployed, and what one can do with it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from arxiv_daily_cli.functions import PATIENT, call
from arxiv_daily_cli.local.engine import DIRECT, Engine
from arxiv_daily_cli.local.services import Services, services
from arxiv_daily_cli.local.stack import api_key, deploy, site_url

KEY_PARAMETER = "/arxiv-daily/anthropic-api-key"


@dataclass(frozen=True)
class LocalStack:
    engine: Engine
    outputs: dict[str, str]
    services: Services

    @property
    def site_url(self) -> str:
        return site_url(self.outputs, self.engine)

    def fetch(self, now: datetime) -> dict[str, Any]:
        """Send the schedule's event for `now`; what the run answered. Raises FunctionFailed."""
        time = now.isoformat().replace("+00:00", "Z")
        return self.invoke("FetchFunctionName", {"time": time})

    def invoke(self, output: str, event: dict[str, Any]) -> dict[str, Any]:
        """Call a function, named by its stack output, and wait for its answer. Raises FunctionFailed."""
        config = DIRECT.merge(PATIENT)
        client = self.engine.session().client("lambda", endpoint_url=self.engine.endpoint, config=config)
        return call(client, self.outputs[output], event, output.removesuffix("FunctionName").lower())

    def read(self, key: str) -> bytes | None:
        """An object of the site; None when there is none yet."""
        try:
            found = self._s3.get_object(Bucket=self.outputs["SiteBucketName"], Key=key)
        except ClientError as error:
            if error.response["Error"].get("Code") == "NoSuchKey":
                return None
            raise
        content: bytes = found["Body"].read()
        return content

    def is_idle(self) -> bool:
        """Whether no message waits for a worker, is with one, or is delayed."""
        states = ("", "NotVisible", "Delayed")
        counted: list[Any] = [f"ApproximateNumberOfMessages{state}" for state in states]
        found = self._sqs.get_queue_attributes(QueueUrl=self.outputs["PapersQueueUrl"], AttributeNames=counted)
        return not any(int(number) for number in found["Attributes"].values())

    def publish(self, day: str) -> None:
        """Publish an edition as it is now, without waiting for the table's stream. Raises FunctionFailed."""
        keys = {"PK": {"S": f"EDITION#{day}"}, "SK": {"S": "FACTS"}}
        record = {"eventSource": "aws:dynamodb", "eventName": "MODIFY", "dynamodb": {"Keys": keys}}
        self.invoke("AggregateFunctionName", {"Records": [record]})

    def write_site(self, folder: Path) -> int:
        """Write every object of the site below a folder, over older files; the number of objects."""
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=self.outputs["SiteBucketName"])
        keys = [item["Key"] for page in pages for item in page.get("Contents", [])]
        for key in keys:
            path = folder / key
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self.read(key) or b"")
        return len(keys)

    # Made once: making a client takes longer than asking it. The stubs' types exist for type checkers alone.
    @cached_property
    def _sqs(self) -> Any:  # noqa: ANN401
        return self.engine.session().client("sqs", endpoint_url=self.engine.endpoint, config=DIRECT)

    @cached_property
    def _s3(self) -> Any:  # noqa: ANN401
        return self.engine.session().client("s3", endpoint_url=self.engine.endpoint, config=DIRECT)


@contextmanager
def local_stack(
    *, live: bool | None = None, port: int | None = None, state: Path | None = None
) -> Iterator[LocalStack]:
    """Start stand-ins as needed and the engine, deploy the template; all of it ends with the block.

    Raises ServiceError, StandInError, InstallError, EngineError or StackError.
    """
    with (
        services(os.environ, live=live) as chosen,
        Engine(port=port, state=state) as engine,
        api_key(engine, KEY_PARAMETER, chosen.api_key),
    ):
        parameters = {**chosen.parameters, "AnthropicApiKeyParameter": KEY_PARAMETER}
        address = site_url(deploy(engine, parameters), engine)  # known once the distribution is there
        outputs = deploy(engine, {**parameters, "SiteAddress": address})
        yield LocalStack(engine, outputs, chosen)
