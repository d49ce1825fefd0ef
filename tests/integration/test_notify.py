"""Everybody is told of an edition once: over loopback HTTP, with moto's table, topic and queues."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from arxiv_daily.flow import targets, topic
from arxiv_daily.flow.notify import NEWS, Notify
from arxiv_daily.flow.webhooks import webhooks
from arxiv_daily.store.notices import NoticeStore
from arxiv_daily.telling.errors import NotTold
from arxiv_daily.telling.webhooks import Kind
from tests.examples import NOW
from tests.integration.conftest import Inbox
from tests.integration.fakes import FakeClock, Killed
from tests.unit.telling.notices import an_event

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

PARAMETER = "/arxiv-daily/webhooks"
LEASE = timedelta(minutes=2)
EVENT = an_event("First", "Second")
GOOD = {
    Kind.SLACK: "ok",
    Kind.FEISHU: '{"code": 0, "msg": "success"}',
    Kind.DINGTALK: '{"errcode": 0, "errmsg": "ok"}',
    Kind.WECOM: '{"errcode": 0, "errmsg": "ok"}',
}
REFUSING = {
    Kind.SLACK: "invalid_payload",
    Kind.FEISHU: '{"code": 19024, "msg": "Key Words Not Found"}',
    Kind.DINGTALK: '{"errcode": 310000, "errmsg": "sign not match"}',
    Kind.WECOM: '{"errcode": 93000, "errmsg": "invalid webhook url"}',
}

Json = dict[str, Any]


@dataclass
class Chats:
    """One server with a group of each kind; what it answers, and what it was sent."""

    server: HTTPServer
    answers: dict[str, Response]
    sent: list[str]

    def url(self, kind: Kind) -> str:
        return self.server.url_for(f"/{kind}/token-of-the-{kind}-group")

    def serve(self, request: Request) -> Response:
        kind = request.path.split("/")[1]
        assert request.get_json()
        self.sent.append(kind)
        return self.answers[kind]


@pytest.fixture
def chats(httpserver: HTTPServer) -> Chats:
    found = Chats(httpserver, {kind: Response(text) for kind, text in GOOD.items()}, [])
    for kind in Kind:
        httpserver.expect_request(f"/{kind}/token-of-the-{kind}-group", method="POST").respond_with_handler(found.serve)
    return found


@pytest.fixture
def groups(aws: None, chats: Chats) -> Callable[..., None]:
    """Write the list of groups, those of these kinds."""

    def write(*kinds: Kind) -> None:
        listed = [{"kind": kind, "url": chats.url(kind), "secret": "SEC-of-a-robot"} for kind in kinds]
        boto3.client("ssm").put_parameter(Name=PARAMETER, Value=json.dumps(listed), Type="SecureString", Overwrite=True)

    write(*Kind)
    return write


@pytest.fixture
def mails(aws: None, inbox: Inbox) -> Inbox:
    """A queue in the place of a subscriber."""
    url = inbox.client.create_queue(QueueName="mails")["QueueUrl"]
    queue = inbox.client.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    client = boto3.client("sns")
    arn = client.create_topic(Name="notices")["TopicArn"]
    client.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue)
    return Inbox(inbox.client, url)


@pytest.fixture
def notify(table: "Table", clock: FakeClock, mails: Inbox, groups: Callable[..., None]) -> Notify:
    [found] = boto3.client("sns").list_topics()["Topics"]
    return Notify(
        notices=NoticeStore(table),
        mail=targets.mail(topic.connect(found["TopicArn"])),
        groups=lambda: targets.groups(webhooks(PARAMETER)),
        clock=clock,
    )


def test_everybody_is_told_once_however_often_the_event_comes(notify: Notify, chats: Chats, mails: Inbox) -> None:
    for _ in range(3):
        notify.run(EVENT, LEASE)
    assert sorted(chats.sent) == sorted(Kind)
    [mail] = [json.loads(message["Body"]) for message in mails.receive()]
    assert mail["Subject"] == "arXiv Daily 2026-02-12 (2)"
    assert "1. First" in mail["Message"]


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("how", ["within HTTP 200", "HTTP 500", "a redirect"])
def test_a_group_that_fails_keeps_nobody_else_from_being_told_and_is_tried_again_alone(  # noqa: PLR0917
    notify: Notify, chats: Chats, mails: Inbox, groups: Callable[..., None], kind: Kind, how: str
) -> None:
    answers = {
        "within HTTP 200": Response(REFUSING[kind]),
        "HTTP 500": Response(status=500),
        "a redirect": Response(status=302, headers={"Location": chats.url(Kind.WECOM)}),
    }
    chats.answers[kind] = answers[how]
    place = list(Kind).index(kind) + 1
    with pytest.raises(NotTold, match=rf"^edition 2026-02-12: webhook {place} \({kind}\): [^;]+$"):
        notify.run(EVENT, LEASE)
    assert sorted(chats.sent) == sorted(Kind)
    chats.answers[kind] = Response(GOOD[kind])
    notify.run(EVENT, LEASE)
    assert sorted(chats.sent) == sorted([*Kind, kind])
    assert len(mails.receive()) == 1


def test_a_group_that_does_not_answer_is_named_without_its_address(
    notify: Notify, chats: Chats, groups: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    listed = [{"kind": "slack", "url": "http://127.0.0.1:1/token-of-the-slack-group"}]
    boto3.client("ssm").put_parameter(Name=PARAMETER, Value=json.dumps(listed), Type="SecureString", Overwrite=True)
    with caplog.at_level(logging.INFO), pytest.raises(NotTold) as caught:
        notify.run(EVENT, LEASE)
    assert str(caught.value) == "edition 2026-02-12: webhook 1 (slack): no answer (ConnectionError)"
    assert "token-of" not in caplog.text


@pytest.mark.parametrize("said", ["the url /feishu/token-of-the-feishu-group is gone", "SEC-of-a-robot is wrong"])
def test_a_service_that_quotes_a_secret_is_not_quoted(notify: Notify, chats: Chats, said: str) -> None:
    chats.answers[Kind.FEISHU] = Response(json.dumps({"code": 1, "msg": said}))
    with pytest.raises(NotTold, match="in words that hold a secret"):
        notify.run(EVENT, LEASE)


def test_the_mail_goes_out_although_the_list_of_groups_is_unusable(notify: Notify, chats: Chats, mails: Inbox) -> None:
    client = boto3.client("ssm")
    client.put_parameter(Name=PARAMETER, Value='[{"kind": "slack"}]', Type="SecureString", Overwrite=True)
    for _ in range(2):
        with pytest.raises(NotTold, match=f"parameter {PARAMETER}: webhook 1, url: Field required"):
            notify.run(EVENT, LEASE)
    assert len(mails.receive()) == 1


def test_a_list_that_is_not_there_is_an_error_that_names_it(notify: Notify) -> None:
    boto3.client("ssm").delete_parameter(Name=PARAMETER)
    with pytest.raises(NotTold, match=f"parameter {PARAMETER} cannot be read"):
        notify.run(EVENT, LEASE)


def test_a_topic_that_is_gone_keeps_no_group_from_being_told(notify: Notify, chats: Chats) -> None:
    gone = topic.connect("arn:aws:sns:us-east-1:123456789012:gone")
    with pytest.raises(NotTold, match="mail: SNS did not take it"):
        replace(notify, mail=targets.mail(gone)).run(EVENT, LEASE)
    assert sorted(chats.sent) == sorted(Kind)


def test_while_one_run_is_telling_somebody_another_does_not_and_comes_back(
    notify: Notify, chats: Chats, clock: FakeClock, groups: Callable[..., None]
) -> None:
    groups(Kind.SLACK)
    told: list[str] = []

    def meanwhile(request: Request) -> Response:
        with pytest.raises(NotTold, match=r"webhook 1 \(slack\): another run is telling it"):
            notify.run(EVENT, LEASE)
        told.append("slack")
        return Response("ok")

    chats.server.clear()
    chats.server.expect_request("/slack/token-of-the-slack-group").respond_with_handler(meanwhile)
    notify.run(EVENT, LEASE)
    notify.run(EVENT, LEASE)
    assert told == ["slack"]


def test_a_run_that_was_killed_while_telling_is_made_good_once_its_time_is_over(
    notify: Notify, chats: Chats, clock: FakeClock, groups: Callable[..., None]
) -> None:
    def kill(*_: object) -> None:
        raise Killed

    groups()
    assert notify.mail
    with pytest.raises(Killed):
        replace(notify, mail=replace(notify.mail, tell=kill)).run(EVENT, LEASE)
    with pytest.raises(NotTold, match="another run"):
        notify.run(EVENT, LEASE)
    clock.advance(minutes=3)
    with pytest.raises(NotTold, match="another run"):  # its clock may be a minute ahead of the other's
        notify.run(EVENT, LEASE)
    clock.advance(seconds=5)
    notify.run(EVENT, LEASE)


@pytest.mark.parametrize(("days", "told"), [(3, True), (4, False)])
def test_an_edition_that_was_filled_later_is_told_to_nobody_and_the_log_says_so(  # noqa: PLR0917
    notify: Notify, chats: Chats, clock: FakeClock, caplog: pytest.LogCaptureFixture, days: int, told: bool
) -> None:
    clock.now = NOW + timedelta(days=days)
    with caplog.at_level(logging.INFO):
        notify.run(EVENT, LEASE)
    assert bool(chats.sent) == told == ("too old to be news" not in caplog.text)
    assert timedelta(days=3) == NEWS


def test_the_day_is_counted_as_editions_count_it(notify: Notify, chats: Chats, clock: FakeClock) -> None:
    """Just before midnight of the third day in Shanghai, which is the afternoon in UTC."""
    clock.now = NOW.replace(day=15, hour=15, minute=59)
    notify.run(EVENT, LEASE)
    assert sorted(chats.sent) == sorted(Kind)


def test_what_the_table_remembers_holds_no_address_and_is_forgotten_after_a_year(
    notify: Notify, table: "Table", chats: Chats
) -> None:
    notify.run(EVENT, LEASE)
    items = table.scan()["Items"]
    assert len(items) == 1 + len(Kind)
    assert "token-of" not in str(items)
    assert "SEC-" not in str(items)
    assert all(float(str(item["expires"])) >= NOW.timestamp() + 400 * 86400 for item in items)


@pytest.fixture
def letters(inbox: Inbox, resources: Json) -> tuple[Inbox, Inbox]:
    """The queue of editions and its dead letters, with nothing hidden after a failure."""
    client, redrive = inbox.client, resources["NotifyQueue"]["RedrivePolicy"]
    dead = client.create_queue(QueueName="notify-dead")["QueueUrl"]
    arn = client.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = json.dumps({**redrive, "deadLetterTargetArn": arn})
    url = client.create_queue(QueueName="notify", Attributes={"VisibilityTimeout": "0", "RedrivePolicy": policy})
    return Inbox(client, url["QueueUrl"]), Inbox(client, dead)


def test_a_group_that_goes_on_failing_is_tried_five_times_and_ends_in_the_dead_letters(
    notify: Notify, chats: Chats, letters: tuple[Inbox, Inbox]
) -> None:
    chats.answers[Kind.WECOM] = Response(REFUSING[Kind.WECOM])
    queue, dead = letters
    body = json.dumps({"detail": EVENT.model_dump(mode="json")})
    queue.client.send_message(QueueUrl=queue.url, MessageBody=body)
    runs = 0
    while received := queue.client.receive_message(QueueUrl=queue.url).get("Messages"):
        assert received[0]["Body"] == body
        runs += 1
        with pytest.raises(NotTold):
            notify.run(EVENT, LEASE)
    assert (runs, chats.sent.count(Kind.WECOM), len(dead.receive())) == (5, 5, 1)
    assert [chats.sent.count(kind) for kind in (Kind.SLACK, Kind.FEISHU, Kind.DINGTALK)] == [1, 1, 1]
