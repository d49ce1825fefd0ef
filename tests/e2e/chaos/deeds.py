"""What is done to a stack in the middle of a day, beside what its functions' calls meet."""

import json
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

from tests.e2e.chaos import hours
from tests.e2e.chaos.days import settle
from tests.e2e.chaos.faults import Stage
from tests.e2e.chaos.stack import Chaos
from tests.e2e.conftest import Json

GARBAGE = "neither JSON nor a paper"
_ASKS_AGAIN_AFTER = timedelta(minutes=10)
UNKNOWN = {"paper_id": "2699.99999", "version": 1, "edition_date": None}


def replay(chaos: Chaos, day: date, at_once: int = 1) -> list[Json]:
    """Hand aggregate the records that the table's stream recorded of a day once more, in several runs at once."""
    records = [record for record in _recorded(chaos) if str(day) in json.dumps(record["dynamodb"]["Keys"])]
    chaos.orders.note(Stage.AGGREGATE, "stream records replayed", "dynamodbstreams:GetRecords")
    if at_once > 1:
        chaos.orders.note(Stage.AGGREGATE, "two runs at once", "lambda:Invoke")
    with ThreadPoolExecutor(at_once) as threads:
        runs: list[Future[Json]] = [
            threads.submit(chaos.invoke, Stage.AGGREGATE, {"Records": records}) for _ in range(at_once)
        ]
        return [run.result() for run in runs]


def _recorded(chaos: Chaos) -> list[Json]:
    """As Lambda gets them, without what only a mapping adds."""
    client, table = chaos.stack.client("dynamodbstreams"), chaos.stack.outputs["TableName"]
    [stream] = client.list_streams(TableName=table)["Streams"]
    described = client.describe_stream(StreamArn=stream["StreamArn"])["StreamDescription"]
    found: list[Json] = []
    for shard in described["Shards"]:
        asked: Any = {"StreamArn": stream["StreamArn"], "ShardId": shard["ShardId"]}
        turn = client.get_shard_iterator(**asked, ShardIteratorType="TRIM_HORIZON").get("ShardIterator")
        while turn:
            answer = client.get_records(ShardIterator=turn)
            found += [_plain(record) for record in answer["Records"]]
            turn = answer.get("NextShardIterator") if answer["Records"] else None
    return found


def _plain(record: Json) -> Json:
    told = {"Keys": record["dynamodb"]["Keys"], "SequenceNumber": record["dynamodb"]["SequenceNumber"]}
    return {"eventID": record["eventID"], "eventName": record["eventName"], "dynamodb": told}


def fetch_again(chaos: Chaos) -> None:
    """The schedule's event twice more, at once."""
    event = {"time": chaos.arxiv.now.isoformat().replace("+00:00", "Z")}
    chaos.orders.note(Stage.FETCH, "two runs at once", "lambda:Invoke")
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda _: chaos.invoke(Stage.FETCH, event), range(2)))


def poison(chaos: Chaos, body: str = GARBAGE) -> None:
    """A message that names no paper."""
    chaos.stack.client("sqs").send_message(QueueUrl=chaos.url("PapersQueueUrl"), MessageBody=body)
    chaos.orders.note(Stage.SUMMARIZE, "poisoned message", "sqs:SendMessage")


def repeat_messages(chaos: Chaos, day: date, papers: list[str]) -> None:
    """Messages that were sent before, the last first, some of them late."""
    for number, paper in enumerate(reversed(papers)):
        body = json.dumps({"paper_id": paper, "version": 1, "edition_date": str(day)})
        asked = {"QueueUrl": chaos.url("PapersQueueUrl"), "MessageBody": body, "DelaySeconds": number % 3}
        chaos.stack.client("sqs").send_message(**asked)
    chaos.orders.note(Stage.SUMMARIZE, "messages twice, out of order and late", "sqs:SendMessage")


def ask(chaos: Chaos, papers: list[str]) -> None:
    """Papers on demand, each once more a while later when its run was lost."""
    for paper in papers:
        if "errorType" in chaos.invoke(Stage.ON_DEMAND, {"paper_id": paper}):
            settle(chaos)
            hours.let_pass(chaos.stack.table, _ASKS_AGAIN_AFTER)
            chaos.invoke(Stage.ON_DEMAND, {"paper_id": paper})


def deploy(chaos: Chaos, number: int) -> None:
    """An update of every function that reads Contact."""
    chaos.deploy(Contact=f"chaos-{number}@example.org")
    chaos.orders.note("all", "a deployment", "cloudformation:UpdateStack")
