"""From the table to a chat group: each is told once, and what cannot be told lands in the dead letters."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from arxiv_daily.editions.window import EDITION_ZONE
from arxiv_daily.flow.bus import EDITION_PUBLISHED, SOURCE
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from arxiv_daily.telling.webhooks import Kind
from tests.e2e import calls
from tests.e2e.cloudwatch import CloudWatch
from tests.e2e.conftest import SAMPLE, Json, Stack, stack_over, wait_until
from tests.e2e.updating import update
from tests.integration.days import Days
from tests.unit.telling.notices import an_event

PARAMETER = "/arxiv-daily/webhooks"
GOOD = {Kind.SLACK: "ok", Kind.FEISHU: '{"code": 0}', Kind.DINGTALK: '{"errcode": 0}', Kind.WECOM: '{"errcode": 0}'}


@dataclass
class Telling:
    """A stack whose chat groups are this test's, and what these were sent."""

    stack: Stack
    queue: str
    answers: dict[str, str] = field(default_factory=lambda: {str(kind): text for kind, text in GOOD.items()})
    sent: list[tuple[str, Json]] = field(default_factory=list)

    def serve(self, request: Request) -> Response:
        kind = request.path.strip("/")
        self.sent.append((kind, request.get_json()))
        return Response(self.answers[kind])

    def told(self, day: date) -> list[str]:
        """The kinds of the groups that heard of an edition, as often as they did."""
        return sorted(kind for kind, message in self.sent if str(day) in json.dumps(message))

    def put(self, day: date) -> None:
        """Put the event of an edition, as aggregate does."""
        detail = an_event("A title", date=day).model_dump_json()
        bus = self.stack.outputs["EditionsBusName"]
        entry = {"EventBusName": bus, "Source": SOURCE, "DetailType": EDITION_PUBLISHED, "Detail": detail}
        assert self.stack.client("events").put_events(Entries=[entry])["FailedEntryCount"] == 0

    def waiting(self, url: str) -> int:
        """Messages in a queue, those included that are being worked on."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        found = self.stack.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=names)
        return sum(int(number) for number in found["Attributes"].values())

    @property
    def dead(self) -> str:
        return self.stack.outputs["NotifyDeadLetterQueueUrl"]

    def comes_back_after(self, seconds: int) -> None:
        """Let a message that failed come back sooner than on AWS."""
        attributes = {"VisibilityTimeout": str(seconds)}
        self.stack.client("sqs").set_queue_attributes(QueueUrl=self.queue, Attributes=attributes)


@pytest.fixture(scope="module")
def telling() -> Iterator[Telling]:
    with stack_over(SAMPLE) as stack, HTTPServer() as server:
        found = Telling(stack, queue_of(stack))
        listed = [{"kind": kind, "url": server.url_for(f"/{kind}"), "secret": "SEC"} for kind in Kind]
        for kind in Kind:
            server.expect_request(f"/{kind}", method="POST").respond_with_handler(found.serve)
        stack.client("ssm").put_parameter(Name=PARAMETER, Value=json.dumps(listed), Type="SecureString")
        update(stack, WebhooksParameter=PARAMETER, NoticesAddress="group@example.org")
        calls.record(stack)
        yield found


def queue_of(stack: Stack) -> str:
    """The address of the queue that the notify function reads."""
    function = stack.outputs["NotifyFunctionName"]
    [mapping] = stack.client("lambda").list_event_source_mappings(FunctionName=function)["EventSourceMappings"]
    name = mapping["EventSourceArn"].rpartition(":")[2]
    url: str = stack.client("sqs").get_queue_url(QueueName=name)["QueueUrl"]
    return url


def test_every_group_and_the_mail_are_told_once_of_an_edition(telling: Telling) -> None:
    stack, today = telling.stack, datetime.now(EDITION_ZONE).date()
    telling.comes_back_after(5)
    Days(EditionStore(stack.table), PaperStore(stack.table)).read(today, 2)
    stack.complete_edition(str(today), 2)
    keys = {"PK": {"S": f"EDITION#{today}"}, "SK": {"S": "FACTS"}}
    record = {"eventSource": "aws:dynamodb", "eventName": "MODIFY", "dynamodb": {"Keys": keys}}
    wait_until(lambda: telling.told(today), "every group", lambda told: set(told) == set(Kind))
    for _ in range(10):
        assert "errorMessage" not in stack.invoke("AggregateFunctionName", {"Records": [record]})
    for _ in range(2):
        telling.put(today)
    wait_until(lambda: telling.waiting(telling.queue), "the events to be read", lambda number: number == 0)
    assert telling.told(today) == sorted(Kind)
    mail = stack.table.get_item(Key={"PK": "SITE", "SK": f"TOLD#{today}#mail"}, ConsistentRead=True)["Item"]
    assert "told_at" in mail
    assert telling.waiting(telling.dead) == 0


def test_a_group_that_goes_on_failing_is_tried_again_alone_and_lands_in_the_dead_letters(telling: Telling) -> None:
    yesterday = datetime.now(EDITION_ZONE).date() - timedelta(days=1)
    telling.comes_back_after(1)
    telling.answers[Kind.FEISHU] = '{"code": 19024, "msg": "Key Words Not Found"}'
    telling.put(yesterday)
    wait_until(lambda: telling.waiting(telling.dead), "the dead letter")
    assert telling.told(yesterday) == sorted([Kind.SLACK, Kind.DINGTALK, Kind.WECOM, *[Kind.FEISHU] * 5])


def test_the_alarm_goes_off_and_is_over_once_the_group_was_mended_and_the_dead_letters_redriven(
    telling: Telling,
) -> None:
    """After the test above, by the runbook of UntoldAlarm."""
    watch, yesterday = CloudWatch(telling.stack), datetime.now(EDITION_ZONE).date() - timedelta(days=1)
    assert watch.state("UntoldAlarm") == "ALARM"
    telling.answers[Kind.FEISHU] = GOOD[Kind.FEISHU]
    before = telling.told(yesterday)
    redriven = telling.stack.command("redrive")
    assert redriven.returncode == 0, redriven.stdout + redriven.stderr
    wait_until(lambda: len(telling.told(yesterday)) > len(before), "the group that was not told")
    assert telling.told(yesterday) == sorted([*before, Kind.FEISHU])
    watch.later += timedelta(hours=1)
    assert watch.state("UntoldAlarm") == "OK"


def test_notify_may_do_nothing_that_it_never_does_and_aggregate_put_the_event(telling: Telling) -> None:
    functions = calls.functions(telling.stack)
    unrecorded = {"sns:Publish"}  # by the engine; that it was asked for shows the mail that was told
    assert calls.unasked(telling.stack, functions["NotifyFunction"]) == calls.BY_POLLER.keys() | unrecorded
    assert "events:PutEvents" in calls.asked(telling.stack, functions["AggregateFunction"], ["events:PutEvents"])
