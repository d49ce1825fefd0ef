"""AWS within one process, for measuring what publishes."""

import os
from pathlib import Path

import boto3

from tests.bench.memory_s3 import MemoryS3
from tests.bench.memory_table import MemoryTable
from tests.bench.meter import Meter

TABLE = "papers-table"
_ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ENDPOINT_URL": "http://127.0.0.1:9",  # no byte goes there
    "POWERTOOLS_METRICS_NAMESPACE": "bench",
    "POWERTOOLS_SERVICE_NAME": "bench",
}


def memory_aws(folder: Path) -> tuple[MemoryS3, Meter]:
    """A table and a bucket for every client that this process makes."""
    os.environ.update(_ENVIRONMENT)
    meter = Meter()
    s3 = MemoryS3(folder, meter)
    boto3.setup_default_session()
    events = boto3._get_default_session().events
    events.register("before-send.s3", meter.answering(s3.answer))
    events.register("before-send.dynamodb", meter.answering(MemoryTable(meter).answer))
    return s3, meter
