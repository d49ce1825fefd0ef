from datetime import timedelta
from typing import Any

import pytest

from arxiv_daily.digests.errors import ClaudeBusy, ClaudeRefusedRequest
from arxiv_daily.flow.queue import PapersQueue
from arxiv_daily.flow.summarize import Summarize
from arxiv_daily.flow.worker import ComesBack, UnreadableMessage, Worker
from arxiv_daily.models import PaperMessage, WorkState
from arxiv_daily.store.clock import LEASE_MARGIN
from arxiv_daily.store.papers import PaperStore
from tests.examples import DAY, NOW, a_paper
from tests.integration.conftest import Inbox, Receive
from tests.integration.fakes import FakeClaude, FakeClock, FakeContext, FakeTexts, before

PAPER = a_paper()
CONTEXT = FakeContext(remaining=timedelta(minutes=5))
MESSAGE = PaperMessage(paper_id=PAPER.paper_id, version=1, edition_date=DAY)


@pytest.fixture
def worker(papers: PaperStore, summarize: Summarize, clock: FakeClock, queue: PapersQueue) -> Worker:
    papers.add(PAPER)
    return Worker(summarize, queue, clock)


@pytest.fixture
def hidden(inbox: Inbox) -> list[int]:
    """For how many seconds a message was hidden, each time."""
    seconds: list[int] = []
    before(inbox.client, "ChangeMessageVisibility", lambda call: seconds.append(call["VisibilityTimeout"]), times=99)
    return seconds


def test_a_message_that_is_done_raises_nothing(worker: Worker, receive: Receive, papers: PaperStore) -> None:
    worker.handle(receive(MESSAGE.model_dump_json()), CONTEXT)
    assert papers.version(PAPER.ref).work.state is WorkState.DONE


def test_a_message_of_a_failed_paper_is_done_too(worker: Worker, receive: Receive, claude: FakeClaude) -> None:
    claude.prepare(ClaudeRefusedRequest("no"))
    worker.handle(receive(MESSAGE.model_dump_json()), CONTEXT)


def test_a_message_without_an_edition_is_read(worker: Worker, receive: Receive, papers: PaperStore) -> None:
    worker.handle(receive('{"paper_id": "2602.10934", "version": 1}'), CONTEXT)
    assert papers.version(PAPER.ref).work.state is WorkState.DONE


def test_a_message_is_hidden_for_the_remaining_time_and_a_little_before_its_paper_is_read(
    worker: Worker, receive: Receive, claude: FakeClaude, hidden: list[int], papers: PaperStore
) -> None:
    first: list[int] = []
    claude.while_asked = lambda: first.extend(hidden)
    worker.handle(receive(MESSAGE.model_dump_json()), CONTEXT)
    assert first == [300 + 65 + 5]


def test_a_killed_workers_message_shows_up_after_its_lease_has_ended(
    worker: Worker, receive: Receive, claude: FakeClaude, hidden: list[int], papers: PaperStore
) -> None:
    leases: list[Any] = []
    claude.while_asked = lambda: leases.append(papers.version(PAPER.ref).work.lease_until)
    worker.handle(receive(MESSAGE.model_dump_json()), CONTEXT)
    assert leases == [NOW + timedelta(minutes=5) + LEASE_MARGIN]
    assert NOW + timedelta(seconds=hidden[0]) > leases[0]


def test_a_message_comes_back_when_its_paper_may_be_tried_again(
    worker: Worker, receive: Receive, claude: FakeClaude, hidden: list[int]
) -> None:
    claude.prepare(ClaudeBusy("Claude 回答 HTTP 429", 42))
    with pytest.raises(ComesBack, match=r"2602\.10934v1 comes back at 2026-02-12T00:50:42.*HTTP 429"):
        worker.handle(receive(MESSAGE.model_dump_json()), CONTEXT)
    assert hidden == [370, 42]


def test_a_message_never_comes_back_before_its_time(
    worker: Worker, receive: Receive, claude: FakeClaude, hidden: list[int]
) -> None:
    claude.prepare(ClaudeBusy("busy", 42.3))
    with pytest.raises(ComesBack):
        worker.handle(receive(MESSAGE.model_dump_json()), CONTEXT)
    assert hidden[-1] == 43


def test_a_message_is_never_put_off_longer_than_sqs_allows(
    worker: Worker, receive: Receive, claude: FakeClaude, hidden: list[int]
) -> None:
    claude.prepare(ClaudeBusy("busy", 100_000))
    with pytest.raises(ComesBack):
        worker.handle(receive(MESSAGE.model_dump_json()), CONTEXT)
    assert hidden[-1] == 11 * 60 * 60


def test_a_second_message_of_a_paper_in_work_comes_back_when_the_lease_has_ended(
    worker: Worker, receive: Receive, claude: FakeClaude, hidden: list[int]
) -> None:
    second = receive(MESSAGE.model_dump_json())
    said: list[str] = []

    def meanwhile() -> None:
        with pytest.raises(ComesBack) as comes_back:
            worker.handle(second, FakeContext(request_id="another-request"))
        said.append(str(comes_back.value))

    claude.while_asked = meanwhile
    worker.handle(receive(MESSAGE.model_dump_json()), CONTEXT)
    assert hidden[-1] == 365
    assert said[0].endswith("another worker has it")


@pytest.mark.parametrize("body", ["", "hello", "[]", '{"paper_id": "2602.10934"}', '{"version": 1}'])
def test_a_message_that_names_no_paper_is_reported_and_soon_visible(
    worker: Worker, receive: Receive, hidden: list[int], body: str, inbox: Inbox
) -> None:
    record = receive(body or " ")
    with pytest.raises(UnreadableMessage, match=record.message_id):
        worker.handle(record, CONTEXT)
    assert hidden == [1]


def test_a_worker_far_from_its_turn_at_arxiv_gives_its_message_back_and_spends_no_attempt(
    worker: Worker, receive: Receive, papers: PaperStore, texts: FakeTexts, hidden: list[int]
) -> None:
    texts.busy = 90.0
    with pytest.raises(ComesBack):
        worker.handle(receive(MESSAGE.model_dump_json()), CONTEXT)
    work = papers.version(PAPER.ref).work
    assert (work.state, work.attempts, hidden[-1]) == (WorkState.QUEUED, 0, 90)


def test_however_often_it_waits_a_paper_does_not_fail_for_it(
    worker: Worker, receive: Receive, papers: PaperStore, texts: FakeTexts, clock: FakeClock
) -> None:
    texts.busy = 5.0
    record = receive(MESSAGE.model_dump_json())
    for _ in range(20):
        with pytest.raises(ComesBack):
            worker.handle(record, CONTEXT)
        clock.advance(hours=1)
    texts.busy = 0.0
    worker.handle(record, CONTEXT)
    assert papers.version(PAPER.ref).work.state is WorkState.DONE
