import pytest

from arxiv_daily.digests.prompt import CHANGES, PROMPT_VERSION
from arxiv_daily.editions.window import window_of
from arxiv_daily.flow.fetch import Fetch
from arxiv_daily.flow.rereading import Rereading
from arxiv_daily.flow.summarize import Summarize
from arxiv_daily.models import Paper, PaperVersion, Work, WorkState
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from tests.examples import DAY, NOW, a_paper, a_ready, an_entry
from tests.integration.conftest import Inbox
from tests.integration.fakes import Killed, before

OLD = next(iter(CHANGES))
STALE, FRESH, FUTURE, WITHDRAWN, HIDDEN = (a_paper(f"2602.0000{number}") for number in range(1, 6))


@pytest.fixture
def rereading(fetch: Fetch, editions: EditionStore, papers: PaperStore) -> Rereading:
    """Over an edition of which an older prompt wrote three papers: one that counts, one withdrawn, one hidden."""
    editions.open(DAY, window_of(DAY))
    versions = {STALE: OLD, FRESH: PROMPT_VERSION, FUTURE: "2099-01-1", WITHDRAWN: OLD, HIDDEN: OLD}
    for paper, prompt_version in versions.items():
        _store(papers, paper, prompt_version)
        entry = an_entry(paper, hidden_by="keywords_out" if paper is HIDDEN else None)
        editions.join(DAY, entry)
    editions.withdraw(DAY, WITHDRAWN.paper_id, "withdrawn by the authors", NOW)
    return fetch.rereading


def _store(papers: PaperStore, paper: Paper, prompt_version: str) -> None:
    ready = a_ready(paper, prompt_version=prompt_version)
    rev = papers.add(paper).rev
    papers.change(paper.ref, lambda _: ready.model_copy(update={"rev": rev}))


def test_an_estimate_counts_what_an_older_prompt_wrote_and_sends_nothing(rereading: Rereading, inbox: Inbox) -> None:
    report = rereading.estimate(DAY)
    assert (report.stale, report.expected_cost, report.messages) == (1, 200, 0)
    assert inbox.messages() == []


def test_it_is_queued_and_readers_keep_what_they_have(rereading: Rereading, inbox: Inbox, papers: PaperStore) -> None:
    before = papers.version(STALE.ref)
    assert rereading.run(DAY).messages == 1
    assert inbox.paper_ids() == [STALE.paper_id]
    after = papers.version(STALE.ref)
    assert (after.digest, after.work) == (before.digest, Work(sent_at=NOW))


def test_once_it_is_queued_nothing_is_stale(rereading: Rereading) -> None:
    rereading.run(DAY)
    assert rereading.run(DAY).messages == 0


def test_a_run_that_was_killed_before_its_messages_is_finished_by_the_next(rereading: Rereading, inbox: Inbox) -> None:
    before(inbox.client, "SendMessageBatch", killed)
    with pytest.raises(Killed):
        rereading.run(DAY)
    assert rereading.estimate(DAY).stale == 1
    assert rereading.run(DAY).messages == 1


def killed(_: object) -> None:
    raise Killed


def test_the_new_reading_takes_the_old_ones_place(
    rereading: Rereading, summarize: Summarize, papers: PaperStore
) -> None:
    rereading.run(DAY)
    version: PaperVersion = summarize.run(STALE.ref, "a-worker", NOW.replace(hour=2)).version
    assert version.work.state is WorkState.DONE
    assert version.digest is not None
    assert version.digest.provenance.prompt_version == PROMPT_VERSION
    assert papers.version(WITHDRAWN.ref).digest == a_ready(WITHDRAWN, prompt_version=OLD).digest
