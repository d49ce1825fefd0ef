"""What functions tell CloudWatch on the way, and the trace that a paper takes with it."""

from datetime import timedelta
from typing import Any

import pytest

from arxiv_daily.editions.window import window_of
from arxiv_daily.flow.aggregate import Aggregate, traces
from arxiv_daily.flow.fetch import Fetch
from arxiv_daily.flow.figures import measure_edition
from arxiv_daily.flow.publisher import Publisher
from arxiv_daily.flow.queue import PapersQueue
from arxiv_daily.flow.summarize import Summarize
from arxiv_daily.flow.worker import Worker
from arxiv_daily.models import EditionRow, PaperMessage, Probe, Work, WorkState
from arxiv_daily.observability import Figure, logger
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from arxiv_daily.store.site import SiteStore
from tests.embedded_metrics import documents, figures
from tests.examples import DAY, NOW, a_digest, a_paper, an_entry
from tests.integration.conftest import Inbox, Receive
from tests.integration.fakes import FakeArxiv, FakeClaude, FakeClock, FakeContext

READ, FAILED, HIDDEN, UNREAD = (a_paper(f"2602.0000{number}") for number in range(1, 5))
MESSAGE = PaperMessage(paper_id=READ.paper_id, version=1, edition_date=DAY)
TRACE = "1-698d2f10-5a1f3c2b9d8e7f6a5b4c3d2e"
HEADER = f"Root={TRACE};Parent=53995c3f42cd8ad8;Sampled=1"


@pytest.fixture
def worker(papers: PaperStore, summarize: Summarize, clock: FakeClock, queue: PapersQueue) -> Worker:
    papers.add(READ)
    return Worker(summarize, queue, clock)


@pytest.fixture
def edition(editions: EditionStore, papers: PaperStore) -> None:
    """Four papers: ready, failed, hidden, pending."""
    editions.open(DAY, window_of(DAY))
    for paper in (READ, FAILED, HIDDEN, UNREAD):
        papers.add(paper)
        editions.join(DAY, an_entry(paper, hidden_by="keyword" if paper is HIDDEN else None))
    editions.record(DAY, Probe(at=NOW, witness="api", seen=4))
    done = Work(state=WorkState.DONE, ended_at=NOW, trace=TRACE)
    papers.change(READ.ref, lambda version: version.model_copy(update={"work": done, "digest": a_digest()}))
    failed = Work(state=WorkState.FAILED, ended_at=NOW, error="no")
    papers.change(FAILED.ref, lambda version: version.model_copy(update={"work": failed}))


@pytest.mark.usefixtures("edition")
def test_publishing_the_latest_edition_writes_its_ledger_on_one_line(
    aggregate: Aggregate, capsys: pytest.CaptureFixture[str]
) -> None:
    aggregate.run([{"PK": f"EDITION#{DAY}", "SK": "FACTS"}])
    [ledger] = documents(capsys.readouterr().out.splitlines())
    assert {name: value for name, [value] in ((name, ledger[name]) for name in Figure if name in ledger)} == {
        "PapersAnnounced": 4,
        "PapersShown": 3,
        "PapersReady": 1,
        "PapersFailed": 1,
        "PapersUncounted": 0,
    }


@pytest.mark.usefixtures("edition")
def test_an_older_edition_that_changes_says_nothing_of_today(
    aggregate: Aggregate, editions: EditionStore, capsys: pytest.CaptureFixture[str]
) -> None:
    older = DAY.replace(day=DAY.day - 1)
    editions.open(older, window_of(older))
    aggregate.run([{"PK": f"EDITION#{DAY}", "SK": "FACTS"}])
    capsys.readouterr()
    aggregate.run([{"PK": f"EDITION#{older}", "SK": "FACTS"}])
    assert documents(capsys.readouterr().out.splitlines()) == []


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize(("shown", "hidden"), [(2, 1), (3, 2)])
def test_a_ledger_that_does_not_add_up_is_told(
    publisher: Publisher, capsys: pytest.CaptureFixture[str], shown: int, hidden: int
) -> None:
    view = publisher.view(DAY)
    wrong = view.counts.model_copy(update={"shown": shown, "hidden": hidden})
    measure_edition(view.model_copy(update={"counts": wrong}))
    assert figures(capsys, Figure.PAPERS_UNCOUNTED) == [1]


def test_an_answer_of_claude_is_counted_in_tokens_and_dollars(
    papers: PaperStore, summarize: Summarize, clock: FakeClock, capsys: pytest.CaptureFixture[str]
) -> None:
    papers.add(READ)
    usage = summarize.run(READ.ref, "worker", clock.now + timedelta(minutes=5)).version
    assert usage.digest
    out = capsys.readouterr().out.splitlines()
    [told] = [document for document in documents(out) if Figure.TOKENS in document]
    provenance = usage.digest.provenance
    assert told[Figure.TOKENS] == [provenance.usage.input_tokens + provenance.usage.output_tokens]
    assert told[Figure.DOLLARS] == [provenance.cost / 1_000_000]


def test_a_message_carries_the_trace_of_the_run_that_sent_it(
    fetch: Fetch, arxiv: FakeArxiv, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Any] = []
    inbox.client.meta.events.register(
        "provide-client-params.sqs.SendMessageBatch", lambda params, **_: sent.extend(params["Entries"])
    )
    monkeypatch.setenv("_X_AMZN_TRACE_ID", HEADER)
    arxiv.shown = [READ]
    fetch.run(NOW)
    assert [message["MessageSystemAttributes"]["AWSTraceHeader"]["StringValue"] for message in sent] == [
        f"Root={TRACE}"
    ]


def test_the_trace_stays_with_what_comes_of_the_paper(worker: Worker, papers: PaperStore, receive: Receive) -> None:
    record = receive(MESSAGE.model_dump_json())
    record["attributes"]["AWSTraceHeader"] = HEADER
    worker.handle(record, FakeContext())
    assert papers.version(READ.ref).work.trace == TRACE


def test_the_trace_is_read_from_the_records_of_the_stream() -> None:
    record = {"dynamodb": {"NewImage": {"trace": {"S": TRACE}}}}
    others = [{"dynamodb": {}}, {"dynamodb": {"NewImage": {"trace": {"NULL": True}}}}]
    assert traces({"Records": [record, record, *others]}) == [TRACE]


@pytest.mark.usefixtures("edition")
def test_nothing_is_written_where_nobody_collects_it(
    monkeypatch: pytest.MonkeyPatch, aggregate: Aggregate, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("POWERTOOLS_METRICS_NAMESPACE", raising=False)
    aggregate.run([{"PK": f"EDITION#{DAY}", "SK": "FACTS"}])
    assert '{"_aws"' not in capsys.readouterr().out


def test_every_line_of_a_worker_names_its_paper_its_edition_and_the_trace(
    worker: Worker, claude: FakeClaude, receive: Receive
) -> None:
    keys: dict[str, Any] = {}
    claude.while_asked = lambda: keys.update(logger.get_current_keys())
    record = receive(MESSAGE.model_dump_json())
    record["attributes"]["AWSTraceHeader"] = HEADER
    worker.handle(record, FakeContext())
    assert (keys["paper"], keys["edition_date"], keys["trace"]) == ("2602.00001v1", str(DAY), TRACE)


def test_a_probe_tells_how_long_something_has_waited(
    fetch: Fetch, arxiv: FakeArxiv, capsys: pytest.CaptureFixture[str]
) -> None:
    arxiv.shown = [READ]
    fetch.run(NOW)
    assert figures(capsys, Figure.OLDEST_PENDING_AGE) == [0]


def test_an_edition_before_the_look_back_is_nobody_s_alarm(
    fetch: Fetch, rows: SiteStore, capsys: pytest.CaptureFixture[str]
) -> None:
    ages = []
    for back in (fetch.collecting.look_back, fetch.collecting.look_back + timedelta(days=1)):
        row = EditionRow(date=DAY - back, status="filling", status_text="", shown=1, pending=1, rev=1)
        rows.put(row)
        fetch.run(NOW)
        ages += figures(capsys, Figure.OLDEST_PENDING_AGE)
    assert ages[0] == ages[1] > 0
