"""What Lambda leaves in a dead-letter queue and the engine does not."""

import json
from datetime import UTC, datetime

from tests.e2e.conftest import Stack


def a_change_that_was_not_published(stack: Stack, day: str) -> str:
    """Where in the table's stream the first change of an edition lies."""
    client = stack.client("dynamodbstreams")
    (stream,) = client.list_streams(TableName=stack.outputs["TableName"])["Streams"]
    (shard, *_) = client.describe_stream(StreamArn=stream["StreamArn"])["StreamDescription"]["Shards"]
    named = {"StreamArn": stream["StreamArn"], "ShardId": shard["ShardId"]}
    iterator = client.get_shard_iterator(**named, ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
    changes = [record["dynamodb"] for record in client.get_records(ShardIterator=iterator)["Records"]]
    number = next(change["SequenceNumber"] for change in changes if change["Keys"]["PK"]["S"] == f"EDITION#{day}")
    at = datetime.now(UTC).isoformat()
    batch = {"streamArn": named["StreamArn"], "shardId": named["ShardId"], "batchSize": 1}
    batch |= {"startSequenceNumber": number, "endSequenceNumber": number}
    batch |= {"approximateArrivalOfFirstRecord": at, "approximateArrivalOfLastRecord": at}
    return json.dumps({"DDBStreamBatchInfo": batch})
