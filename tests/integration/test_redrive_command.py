import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from typer.testing import CliRunner, Result

from arxiv_daily.editions.window import EDITION_ZONE
from arxiv_daily.flow.notify import NEWS
from arxiv_daily.models import PaperMessage, PaperVersion, Work, WorkState
from arxiv_daily.store.budget import BudgetStore
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from arxiv_daily_cli.deployed import dead_letters as queues
from arxiv_daily_cli.deployed.redrive import command
from arxiv_daily_cli.main import app
from tests.examples import DAY, a_digest, a_paper, an_entry
from tests.integration.conftest import Inbox
from tests.integration.days import Days
from tests.integration.deployed import StackHere, a_stack

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

EVENTS = Path(__file__).parents[2] / "events"
WAITING, FAILED, READ = (a_paper(f"2602.1093{number}") for number in (1, 2, 3))


@pytest.fixture(autouse=True)
def edition(editions: EditionStore, papers: PaperStore) -> None:
    """Of three papers: one waits, one failed, one was read."""
    days = Days(editions, papers)
    days.of(DAY, [WAITING, FAILED, READ])
    days.fail(FAILED)
    days.finish(READ)


@pytest.fixture(autouse=True)
def stack(table: "Table", inbox: Inbox, dead_letters: Inbox, monkeypatch: pytest.MonkeyPatch) -> StackHere:
    found = a_stack(table.name)
    found.outputs.update(PapersQueueUrl=inbox.url, PapersDeadLetterQueueUrl=dead_letters.url)
    monkeypatch.setattr(command, "find", lambda name: found)
    return found


@pytest.fixture(autouse=True)
def no_long_poll(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queues, "POLL_SECONDS", 0)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["redrive", *arguments])


def deeds(*arguments: str) -> dict[str, str]:
    """What was done, by what it was about."""
    return {one["about"]: one["deed"] for one in json.loads(run("--json", *arguments).stdout)}


def send(queue: Inbox, *bodies: str) -> None:
    for body in bodies:
        queue.client.send_message(QueueUrl=queue.url, MessageBody=body)


def message(paper: Any) -> str:
    return PaperMessage(paper_id=paper.paper_id, version=1, edition_date=DAY).model_dump_json()


def left(queue: Inbox) -> list[str]:
    return sorted(found["Body"] for found in queue.receive())


def test_without_dead_letters_it_says_so() -> None:
    result = run()
    assert (result.exit_code, result.stdout) == (0, "There are no dead letters.\n")


def test_a_letter_that_names_a_paper_goes_back_to_its_queue(
    dead_letters: Inbox, inbox: Inbox, papers: PaperStore
) -> None:
    send(dead_letters, message(WAITING))
    result = run()
    assert result.exit_code == 0
    assert "queued again, for the edition of 2026-02-12" in result.stdout
    assert inbox.messages() == [PaperMessage(paper_id=WAITING.paper_id, version=1, edition_date=DAY)]
    assert left(dead_letters) == []
    assert papers.version(WAITING.ref).work.sent_at  # the sweep knows of the message


def test_a_letter_is_deleted_only_after_its_message_was_sent(
    dead_letters: Inbox, stack: StackHere, papers: PaperStore
) -> None:
    send(dead_letters, message(WAITING))
    stack.outputs["PapersQueueUrl"] += "-that-is-gone"
    result = run()
    assert result.exit_code == 1
    assert "Error:" in result.stderr
    counted = dead_letters.client.get_queue_attributes(
        QueueUrl=dead_letters.url, AttributeNames=["ApproximateNumberOfMessagesNotVisible"]
    )
    assert counted["Attributes"]["ApproximateNumberOfMessagesNotVisible"] == "1"


def test_a_letter_of_a_paper_that_was_read_meanwhile_is_dropped(dead_letters: Inbox, inbox: Inbox) -> None:
    send(dead_letters, message(READ))
    assert deeds() == {str(READ.ref): "dropped"}
    assert (inbox.messages(), left(dead_letters)) == ([], [])


def test_a_letter_that_names_no_paper_is_shown_and_stays(dead_letters: Inbox, inbox: Inbox) -> None:
    unknown = message(a_paper("2602.99999"))
    send(dead_letters, "hello", unknown, message(FAILED))
    result = run()
    assert result.exit_code == 3
    assert "hello" in result.stdout
    assert inbox.paper_ids() == [FAILED.paper_id]
    assert left(dead_letters) == sorted(["hello", unknown])


def test_discard_deletes_what_cannot_be_used_after_showing_it(dead_letters: Inbox) -> None:
    send(dead_letters, "hello")
    result = run("--discard")
    assert (result.exit_code, "hello" in result.stdout) == (0, True)
    assert left(dead_letters) == []


def test_a_failed_paper_works_again_by_its_id(inbox: Inbox, papers: PaperStore, budget: BudgetStore) -> None:
    assert deeds(f"arXiv:{FAILED.paper_id}") == {str(FAILED.ref): "queued"}
    work = papers.version(FAILED.ref).work
    assert (work.state, work.attempts, work.failed_for) == (WorkState.QUEUED, 0, "模型拒绝解读这篇论文")
    assert inbox.paper_ids() == [FAILED.paper_id]


def test_a_paper_of_which_the_abstract_alone_was_read_keeps_that_until_it_is_read_better(
    inbox: Inbox, papers: PaperStore
) -> None:
    digest = a_digest(source="abstract")
    papers.change(READ.ref, lambda version: version.model_copy(update={"digest": digest}))
    assert deeds(READ.paper_id) == {str(READ.ref): "queued"}
    assert papers.version(READ.ref).digest == digest
    assert inbox.paper_ids() == [READ.paper_id]


def _working(version: PaperVersion) -> PaperVersion:
    work = Work(state=WorkState.WORKING, owner="a-worker", lease_until=datetime.now(UTC) + timedelta(minutes=5))
    return version.model_copy(update={"work": work})


def test_what_needs_no_message_gets_none(inbox: Inbox, papers: PaperStore, editions: EditionStore) -> None:
    papers.change(WAITING.ref, _working)
    editions.withdraw(DAY, FAILED.paper_id, "withdrawn by the authors", datetime.now(UTC))
    hidden = a_paper("2602.10939")
    papers.add(hidden)
    editions.join(DAY, an_entry(hidden, hidden_by="cap"))
    named = [paper.paper_id for paper in (WAITING, FAILED, READ, hidden)]
    result = run(*named)
    assert result.exit_code == 0
    said = " ".join(result.stdout.split())
    for words in ("a worker is reading it", "was withdrawn", "has been read", "is hidden (cap)"):
        assert words in said
    assert inbox.messages() == []


def test_a_paper_that_nobody_read_is_named_with_what_reads_it(inbox: Inbox) -> None:
    result = run("2602.77777")
    assert result.exit_code == 3
    assert "arxiv-daily paper 2602.77777 reads it" in " ".join(result.stdout.split())


def test_what_is_no_id_is_refused() -> None:
    result = run("hello")
    assert result.exit_code == 2
    assert "is not an arXiv id" in result.stderr


@pytest.fixture
def notices(stack: StackHere) -> Inbox:
    return Inbox(boto3.client("sqs"), stack.queue("NotifyDeadLetterQueueUrl"))


@pytest.fixture
def source(stack: StackHere, notices: Inbox) -> Inbox:
    """The queue that notify works on."""
    found = Inbox(notices.client, notices.client.create_queue(QueueName="notify")["QueueUrl"])
    stack.make("AWS::SQS::Queue", "NotifyQueue", found.url)
    return found


def notice(day: date) -> str:
    event = json.loads((EVENTS / "edition_published.json").read_text(encoding="utf-8"))
    return json.dumps({**event, "detail": {**event["detail"], "date": str(day)}})


def test_notices_go_back_to_the_queue_that_delivers_them(source: Inbox, notices: Inbox) -> None:
    day = datetime.now(EDITION_ZONE).date() - NEWS
    send(notices, notice(day), "hello")
    assert deeds() == {f"edition {day}": "queued", "hello": "left"}
    assert left(source) == [notice(day)]
    assert left(notices) == ["hello"]


def test_a_notice_that_is_no_news_any_more_stays_unless_it_is_discarded(source: Inbox, notices: Inbox) -> None:
    day = datetime.now(EDITION_ZONE).date() - NEWS - timedelta(days=1)
    send(notices, notice(day))
    result = run()
    assert (result.exit_code, "too old to be news" in " ".join(result.stdout.split())) == (3, True)
    assert deeds("--discard") == {f"edition {day}": "discarded"}
    assert (left(source), left(notices)) == ([], [])


def test_a_notice_that_tells_of_nothing_can_be_discarded(stack: StackHere, notices: Inbox) -> None:
    stack.make("AWS::SQS::Queue", "NotifyQueue", "unused")
    send(notices, "hello")
    assert deeds("--discard") == {"hello": "discarded"}
    assert left(notices) == []
