"""Every example in events/ through the function that AWS would hand it to, with arXiv and Claude over HTTP."""

import gc
import importlib.util
import json
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest
import requests
from aws_lambda_powertools.utilities import parameters
from pydantic import ValidationError

from arxiv_daily.editions.window import EDITION_ZONE, window_of
from arxiv_daily.flow.access import arxiv_access
from arxiv_daily.flow.bus import EditionsBus
from arxiv_daily.flow.events import UNRESOLVED, UnusableEvent
from arxiv_daily.flow.reader import paper_reader
from arxiv_daily.models import PaperMessage, Probe, TextSource, WorkState
from arxiv_daily.settings import OnDemandSettings
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from arxiv_daily.store.table import connect
from arxiv_daily_cli.standins.process import stand_in
from tests.examples import DAY, NOW, a_paper, a_ready, an_entry
from tests.integration.conftest import Inbox
from tests.integration.fakes import FakeContext
from tests.integration.objects import BUCKET

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")
"""As in Lambda, a function that has ended leaves its connections open."""

ROOT = Path(__file__).parents[2]
FUNCTIONS, EVENTS = ROOT / "functions", ROOT / "events"
PAPER = a_paper()
HANDLED_BY = {
    "backfill": "fetch",
    "edition_published": "notify",
    "on_demand": "on_demand",
    "papers_queue": "summarize",
    "rebuild": "aggregate",
    "reread_stale": "fetch",
    "schedule": "fetch",
    "table_stream": "aggregate",
}
"""Each example's function; test_every_example_has_a_test holds it to the folder and to the tests below."""

FEED = f"""\
<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom"
  xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/test</id>
  <title>arXiv Query</title>
  <updated>2026-02-12T00:50:00Z</updated>
  <opensearch:itemsPerPage>100</opensearch:itemsPerPage>
  <opensearch:totalResults>1</opensearch:totalResults>
  <opensearch:startIndex>0</opensearch:startIndex>
  <entry>
    <id>http://arxiv.org/abs/{PAPER.paper_id}v1</id>
    <title>{PAPER.title}</title>
    <updated>{PAPER.updated:%Y-%m-%dT%H:%M:%SZ}</updated>
    <link href="https://arxiv.org/abs/{PAPER.paper_id}v1" rel="alternate" type="text/html"/>
    <summary>{PAPER.abstract}</summary>
    <category term="cs.SD" scheme="http://arxiv.org/schemas/atom"/>
    <category term="eess.AS" scheme="http://arxiv.org/schemas/atom"/>
    <published>{PAPER.published:%Y-%m-%dT%H:%M:%SZ}</published>
    <arxiv:primary_category term="cs.SD"/>
    <author><name>Ana Núñez</name></author>
    <author><name>Bo Li</name></author>
  </entry>
</feed>
"""

Json = dict[str, Any]
Send = Callable[[str, Json], Json]


def example(name: str) -> Json:
    event: Json = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))
    return event


@pytest.fixture(scope="module")
def arxiv_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An arXiv that has PAPER's metadata and no full text of it."""
    folder = tmp_path_factory.mktemp("arxiv")
    (folder / "feed.xml").write_text(FEED, encoding="utf-8")
    with stand_in("arxiv", folder) as url:
        yield url


@pytest.fixture(scope="module")
def claude_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with stand_in("claude", tmp_path_factory.mktemp("claude")) as url:
        yield url
    gc.collect()  # here, where connections that are still open are no error


@pytest.fixture
def send(  # noqa: PLR0917 - fixtures
    table: "Table",
    inbox: Inbox,
    s3: "S3Client",
    bus: EditionsBus,
    arxiv_url: str,
    claude_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> Send:
    """Hand an event to a function that has just started, in the environment that the template gives it."""
    boto3.client("ssm").put_parameter(Name="/arxiv-daily/key", Value="test", Type="SecureString")
    environment = {
        "TABLE_NAME": table.name,
        "PAPERS_QUEUE_URL": inbox.url,
        "SITE_BUCKET_NAME": BUCKET,
        "EDITIONS_BUS_NAME": "editions",
        "NOTICES_TOPIC_ARN": boto3.client("sns").create_topic(Name="notices")["TopicArn"],
        "WEBHOOKS_PARAMETER": "",
        "CATEGORIES": "cs.SD,eess.AS",
        "SITE_NOTICE": "",
        "SITE_URL": "https://papers.example.org/",
        "CORRECTIONS_ADDRESS": "",
        "CONTACT": "",
        "ARXIV_API_URL": f"{arxiv_url}/api/query",
        "ARXIV_FEED_URL": f"{arxiv_url}/atom",
        "ARXIV_SITE_URL": arxiv_url,
        "LOOK_BACK_DAYS": "21",
        "SHOW_REPLACEMENTS": "false",
        "PRIMARY_ONLY": "false",
        "KEYWORDS_IN": "",
        "KEYWORDS_OUT": "",
        "AUTHORS": "",
        "DAILY_CAP": "0",
        "ARXIV_REQUEST_INTERVAL_SECONDS": "0",
        "MODEL": "claude-haiku-5-5",
        "SECOND_MODEL": "claude-sonnet-5-5",
        "DAILY_BUDGET": "3",
        "LANGUAGE": "zh-CN",
        "GLOSSARY_PARAMETER": "",
        "CLAUDE_PLATFORM": "anthropic",
        "ANTHROPIC_API_KEY_PARAMETER": "/arxiv-daily/key",
        "ANTHROPIC_API_KEY_SECRET_ARN": "",
        "ANTHROPIC_WORKSPACE_ID": "",
        "ANTHROPIC_BASE_URL": claude_url,
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    parameters.clear_caches()  # type: ignore[no-untyped-call]
    return handle


def handle(function: str, event: Json) -> Json:
    spec = importlib.util.spec_from_file_location(f"{function}_app", FUNCTIONS / function / "app.py")
    assert spec is not None
    assert spec.loader is not None
    app = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(app)
    answer: Json = app.lambda_handler(event, FakeContext())
    return answer


@pytest.fixture
def joined(papers: PaperStore, editions: EditionStore) -> None:
    editions.open(DAY, window_of(DAY))
    papers.add(PAPER)
    editions.join(DAY, an_entry(PAPER))


@pytest.fixture
def receive(inbox: Inbox) -> Callable[[str], Json]:
    """A record as the example's, about a message that is really in the queue."""

    def record(body: str) -> Json:
        inbox.client.send_message(QueueUrl=inbox.url, MessageBody=body)
        [message] = inbox.receive()
        [pattern] = example("papers_queue")["Records"]
        received = {name: message[name[0].upper() + name[1:]] for name in ("messageId", "receiptHandle", "body")}
        return {**pattern, **received}

    return record


def test_every_example_has_a_test() -> None:
    assert {path.stem for path in EVENTS.iterdir()} == set(HANDLED_BY)
    assert set(HANDLED_BY.values()) == {path.parent.name for path in FUNCTIONS.glob("*/app.py")}
    tests = {name for name in globals() if name.startswith("test_example_")}
    assert all(any(test.startswith(f"test_example_{name}_") for test in tests) for name in HANDLED_BY)


def test_example_schedule_makes_the_days_edition(send: Send, editions: EditionStore, inbox: Inbox) -> None:
    answer = send(HANDLED_BY["schedule"], example("schedule"))
    assert answer == {"edition_date": "2026-02-12", "seen": 1, "joined": 1, "messages": 1}
    assert editions.entries(DAY) == [an_entry(PAPER)]
    api, feed = editions.facts(DAY).probes
    assert api == Probe(at=NOW, witness="api", seen=1)
    assert feed == Probe(at=NOW, witness="feed", seen=1, listed=DAY)
    assert inbox.messages() == [PaperMessage(paper_id=PAPER.paper_id, version=1, edition_date=DAY)]


def test_example_backfill_makes_the_edition_of_its_date(send: Send, editions: EditionStore) -> None:
    answer = send(HANDLED_BY["backfill"], example("backfill"))
    assert answer == {"edition_date": "2026-02-12", "seen": 1, "joined": 1, "messages": 1}
    assert editions.entries(DAY) == [an_entry(PAPER)]


@pytest.mark.usefixtures("joined")
def test_a_withdrawn_papers_reading_stays_as_it_is_whoever_asks(
    send: Send, papers: PaperStore, editions: EditionStore
) -> None:
    degraded = a_ready(PAPER, source=TextSource.ABSTRACT)
    papers.change(PAPER.ref, lambda version: degraded.model_copy(update={"rev": version.rev}))
    editions.withdraw(DAY, PAPER.paper_id, "withdrawn", NOW)
    send("on_demand", example("on_demand"))
    assert papers.version(PAPER.ref).work == degraded.work


@pytest.mark.usefixtures("joined")
def test_example_reread_stale_queues_what_an_older_prompt_wrote(send: Send, papers: PaperStore, inbox: Inbox) -> None:
    old = a_ready(PAPER, prompt_version="2026-11-1")
    papers.change(PAPER.ref, lambda version: old.model_copy(update={"rev": version.rev}))
    answer = send(HANDLED_BY["reread_stale"], example("reread_stale"))
    assert answer == {"edition_date": "2026-02-12", "stale": 1, "expected_cost": 200, "messages": 1}
    assert inbox.messages() == [PaperMessage(paper_id=PAPER.paper_id, version=1, edition_date=DAY)]
    assert papers.version(PAPER.ref).digest == old.digest


@pytest.mark.usefixtures("joined")
def test_example_papers_queue_reads_the_paper(send: Send, papers: PaperStore, receive: Callable[[str], Json]) -> None:
    [record] = example("papers_queue")["Records"]
    assert send(HANDLED_BY["papers_queue"], {"Records": [receive(record["body"])]}) == {"batchItemFailures": []}
    version = papers.version(PAPER.ref)
    assert version.work.state is WorkState.DONE
    assert version.digest is not None
    assert version.digest.provenance.source is TextSource.ABSTRACT


def test_example_on_demand_answers_with_the_papers_digest(send: Send, papers: PaperStore) -> None:
    answer = send(HANDLED_BY["on_demand"], example("on_demand"))
    assert (answer["paper_id"], answer["state"], answer["edition_date"]) == (PAPER.paper_id, "ready", None)
    assert papers.version(PAPER.ref).digest is not None


@pytest.mark.usefixtures("joined")
def test_example_table_stream_publishes_the_edition_and_the_paper(send: Send, s3: "S3Client") -> None:
    answer = send(HANDLED_BY["table_stream"], example("table_stream"))
    objects = s3.list_objects_v2(Bucket=BUCKET)["KeyCount"]
    assert answer == {"editions": ["2026-02-12"], "papers": ["2602.10934v1"], "written": objects}
    data = json.loads(s3.get_object(Bucket=BUCKET, Key="editions/2026-02-12.json")["Body"].read())
    assert (data["status"], data["counts"]["pending"]) == ("filling", 1)


@pytest.mark.usefixtures("joined")
def test_an_unreadable_message_is_listed_and_the_good_one_is_read(
    send: Send, papers: PaperStore, receive: Callable[[str], Json]
) -> None:
    bad = receive("what is this?")
    good = receive(PaperMessage(paper_id=PAPER.paper_id, version=1).model_dump_json())
    answer = send("summarize", {"Records": [bad, good]})
    assert answer == {"batchItemFailures": [{"itemIdentifier": bad["messageId"]}]}
    assert papers.version(PAPER.ref).work.state is WorkState.DONE


def test_why_a_message_was_not_worked_on_stands_in_the_log(
    send: Send, receive: Callable[[str], Json], caplog: pytest.LogCaptureFixture
) -> None:
    stranger = receive(PaperMessage(paper_id="2602.99999", version=1).model_dump_json())
    send("summarize", {"Records": [stranger, receive("what is this?")]})
    assert "2602.99999v1 is not in the table" in caplog.text
    assert "what is this?" in caplog.text


def test_a_key_that_was_changed_is_used_by_functions_that_are_warm(send: Send, claude_url: str) -> None:
    settings = OnDemandSettings.read(os.environ)
    table = connect(settings.table_name)
    reader = paper_reader(settings, table, arxiv_access(settings, table), lambda: 300.0)
    first = reader.asking.claude()
    boto3.client("ssm").put_parameter(Name="/arxiv-daily/key", Value="new", Type="SecureString", Overwrite=True)
    assert reader.asking.claude() == first
    parameters.clear_caches()  # type: ignore[no-untyped-call]
    assert reader.asking.claude() != first


@pytest.mark.usefixtures("joined")
@pytest.mark.parametrize("mood", ["bad_key", "no_credit", "forbidden", "too_long", "server_error"])
def test_the_key_is_in_no_item_no_log_and_no_variable_when_claude_refuses(  # noqa: PLR0917 - fixtures
    send: Send,
    receive: Callable[[str], Json],
    table: "Table",
    claude_url: str,
    caplog: pytest.LogCaptureFixture,
    mood: str,
) -> None:
    key = "sk-ant-canary-51c2"
    boto3.client("ssm").put_parameter(Name="/arxiv-daily/key", Value=key, Type="SecureString", Overwrite=True)
    requests.post(f"{claude_url}/_moods", json={"paper_id": "*", "moods": [mood]}, timeout=10).raise_for_status()
    send("summarize", {"Records": [receive(PaperMessage(paper_id=PAPER.paper_id, version=1).model_dump_json())]})
    assert mood in {asked["mood"] for asked in requests.get(f"{claude_url}/_requests", timeout=10).json()}
    assert caplog.text
    assert key not in str(table.scan()["Items"]) + caplog.text + str(dict(os.environ))


def test_a_batch_that_failed_as_a_whole_is_reported_and_not_raised(send: Send, receive: Callable[[str], Json]) -> None:
    bad = receive("what is this?")
    answer = send("summarize", {"Records": [bad]})
    assert answer == {"batchItemFailures": [{"itemIdentifier": bad["messageId"]}]}


def test_a_time_that_the_scheduler_did_not_fill_in_is_refused_clearly(send: Send) -> None:
    with pytest.raises(UnusableEvent, match=f"came as the text {UNRESOLVED}"):
        send("fetch", {"time": UNRESOLVED})


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ({}, "InvalidEvent"),
        ({"paper_id": "hello"}, "InvalidPaperId"),
        ({"paper_id": "2602.99999"}, "PaperNotFound"),
    ],
)
def test_an_id_that_names_no_paper_is_answered_with_the_error(send: Send, event: Json, kind: str) -> None:
    assert send("on_demand", event)["error"]["type"] == kind


@pytest.mark.parametrize("name", ["schedule", "on_demand", "table_stream"])
def test_missing_environment_variables_are_named(send: Send, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delenv("TABLE_NAME")
    monkeypatch.setenv("ARXIV_REQUEST_INTERVAL_SECONDS", "soon")
    with pytest.raises(ValidationError, match="TABLE_NAME"):
        send(HANDLED_BY[name], example(name))


@pytest.mark.usefixtures("joined")
def test_a_summarize_function_that_misses_a_variable_keeps_its_message(
    send: Send, monkeypatch: pytest.MonkeyPatch, receive: Callable[[str], Json]
) -> None:
    monkeypatch.delenv("TABLE_NAME")
    record = receive(PaperMessage(paper_id=PAPER.paper_id, version=1).model_dump_json())
    answer = send("summarize", {"Records": [record]})
    assert answer == {"batchItemFailures": [{"itemIdentifier": record["messageId"]}]}


def test_example_edition_published_is_read_and_is_old_news_by_now(
    send: Send, receive: Callable[[str], Json], caplog: pytest.LogCaptureFixture, table: "Table"
) -> None:
    record = receive(json.dumps(example("edition_published")))
    with caplog.at_level("INFO"):
        assert send(HANDLED_BY["edition_published"], {"Records": [record]}) == {"batchItemFailures": []}
    assert "too old to be news" in caplog.text
    assert table.scan()["Items"] == []


def test_an_edition_that_somebody_could_not_be_told_of_is_reported_alone_and_named_in_the_log(
    send: Send, receive: Callable[[str], Json], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("WEBHOOKS_PARAMETER", "/arxiv-daily/webhooks")
    url = "http://127.0.0.1:1/token-of-the-group"
    listed = json.dumps([{"kind": "feishu", "url": url, "secret": "SEC-of-a-robot"}])
    boto3.client("ssm").put_parameter(Name="/arxiv-daily/webhooks", Value=listed, Type="SecureString")
    event = example("edition_published")
    event["detail"]["date"] = datetime.now(EDITION_ZONE).date().isoformat()
    record = receive(json.dumps(event))
    assert send("notify", {"Records": [record]}) == {"batchItemFailures": [{"itemIdentifier": record["messageId"]}]}
    assert "webhook 1 (feishu): no answer (ConnectionError)" in caplog.text
    assert "token-of-the-group" not in caplog.text
    assert "SEC-of-a-robot" not in caplog.text


def test_an_edition_of_today_is_told(send: Send, receive: Callable[[str], Json], table: "Table") -> None:
    event = example("edition_published")
    event["detail"]["date"] = datetime.now(EDITION_ZONE).date().isoformat()
    assert send("notify", {"Records": [receive(json.dumps(event))]}) == {"batchItemFailures": []}
    assert [item["SK"] for item in table.scan()["Items"]] == [f"TOLD#{event['detail']['date']}#mail"]


@pytest.mark.usefixtures("joined")
def test_example_rebuild_makes_an_edition_again(send: Send, s3: "S3Client") -> None:
    report = send("aggregate", example("rebuild"))
    assert f"editions/{DAY}.html" in report["keys"]
    assert report["written"] == len(report["keys"])
    assert s3.head_object(Bucket=BUCKET, Key=f"editions/{DAY}.html")
