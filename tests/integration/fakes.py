"""Stand-ins in the same process for what the flow works with, and ways to get in between its steps."""

from collections import deque
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from arxiv_daily.digests.errors import ClaudeError
from arxiv_daily.digests.prompt import Request
from arxiv_daily.models import FullText, Listing, Paper, PaperRef, PaperVersion, Reply, TextSource, Usage, Window
from arxiv_daily.sources.api import ArxivApi
from arxiv_daily.sources.catchup import CatchUp
from arxiv_daily.sources.errors import ArxivBusy, ArxivError, ArxivUnavailable, CatchUpNotAllowed, PaperNotFound
from arxiv_daily.sources.feed import Feed
from arxiv_daily.sources.withdrawals import Withdrawals
from arxiv_daily.store.papers import PaperStore
from tests.examples import NOW, a_reply_json

API = "https://export.arxiv.org/api/query"


class Killed(Exception):
    """The function ends here, as if Lambda had killed it."""


class FakeClock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **duration: float) -> None:
        self.now += timedelta(**duration)


class FakeArxiv(ArxivApi):
    """Answers every query with all that is shown; whoever asks must choose. `down`: out of reach."""

    def __init__(self, *papers: Paper) -> None:
        self.shown = list(papers)
        self.down = False
        self.asked = 0

    def published_between(self, categories: Sequence[str], window: Window) -> list[Paper]:
        self._refuse_when_down()
        return list(self.shown)

    def papers(self, paper_ids: Sequence[str]) -> list[Paper]:
        self._refuse_when_down()
        return [paper for paper in self.shown if paper.paper_id in paper_ids]

    def paper(self, ref: PaperRef) -> Paper:
        self._refuse_when_down()
        for paper in self.shown:
            if paper.paper_id == ref.paper_id:
                return paper
        raise PaperNotFound(API, f"arXiv knows no paper {ref}")

    def _refuse_when_down(self) -> None:
        self.asked += 1
        if self.down:
            raise ArxivUnavailable(API, "no answer from arXiv (ConnectTimeout)", 3)


class FakeFeed(Feed):
    """States one listing: that of the day before DAY, until a test says another. `down`: out of reach."""

    def __init__(self) -> None:
        self.listing = Listing(date=NOW.date() - timedelta(days=1))
        self.down = False

    def read(self, categories: Sequence[str]) -> Listing:
        if self.down:
            raise ArxivUnavailable("https://rss.arxiv.org/atom", "arXiv answered HTTP 503", 3)
        return self.listing


class FakeCatchUp(CatchUp):
    """Has the listings that a test gives it, and offers none of other dates; an error among them is raised."""

    def __init__(self) -> None:
        self.listings: dict[date, Listing | ArxivError] = {}
        self.asked: list[date] = []

    def read(self, categories: Sequence[str], day: date) -> Listing:
        self.asked.append(day)
        found = self.listings.get(day, CatchUpNotAllowed("https://arxiv.org/catchup", "no page of this date"))
        if isinstance(found, ArxivError):
            raise found
        return found


class FakeWithdrawals(Withdrawals):
    """Every paper has a PDF, unless a test says otherwise."""

    def __init__(self) -> None:
        self.gone: set[str] = set()

    def has_no_pdf(self, ref: PaperRef) -> bool:
        return ref.paper_id in self.gone


class FakeTexts:
    """Every paper has an HTML text, unless it is `missing`, arXiv is down, or asks to come back in `busy` seconds."""

    def __init__(self) -> None:
        self.down = False
        self.missing = False
        self.busy = 0.0
        self.asked = 0

    def read(self, paper: Paper) -> FullText:
        self.asked += 1
        if self.missing:
            return FullText(text=paper.abstract, source=TextSource.ABSTRACT, note="arXiv 尚无可读取的全文")
        if self.busy:
            raise ArxivBusy(f"https://arxiv.org/html/{paper.ref}", "the turn is too far off", self.busy, 0)
        if self.down:
            raise ArxivUnavailable(f"https://arxiv.org/html/{paper.ref}", "arXiv answered HTTP 503", 3)
        return FullText(text=f"The whole text of {paper.title}.", source=TextSource.HTML)


class FakeClaude:
    """Gives the prepared answers in order, then good ones for ever; an error among them is raised."""

    def __init__(self) -> None:
        self.prepared: deque[Reply | ClaudeError] = deque()
        self.asked: list[Request] = []
        self.while_asked: Callable[[], object] = lambda: None
        """What happens elsewhere while Claude thinks."""

    def prepare(self, *answers: Reply | ClaudeError) -> None:
        self.prepared.extend(answers)

    def ask(self, request: Request, timeout: float) -> Reply:
        self.asked.append(request)
        self.while_asked()
        answer = self.prepared.popleft() if self.prepared else a_reply()
        if isinstance(answer, ClaudeError):
            raise answer
        return answer


def a_reply(text: str | None = None, stop_reason: str = "end_turn") -> Reply:
    usage = Usage(input_tokens=1000, output_tokens=200)
    return Reply(text=a_reply_json() if text is None else text, stop_reason=stop_reason, usage=usage)


class DyingPapers(PaperStore):
    """A store whose function is killed before its n-th change is written."""

    def __init__(self, table: Any, changes: int) -> None:
        super().__init__(table)
        self._left = changes

    def change(
        self, ref: PaperRef, change: Callable[[PaperVersion], PaperVersion], last_seen: PaperVersion | None = None
    ) -> PaperVersion:
        self._left -= 1
        if self._left <= 0:
            raise Killed
        return super().change(ref, change, last_seen)


class RefusingSqs:
    """SQS, except that it refuses the messages of one paper the next so many times."""

    def __init__(self, client: Any, paper_id: str, times: int) -> None:
        self._client = client
        self._paper_id = paper_id
        self._times = times

    def send_message_batch(self, *, QueueUrl: str, Entries: Sequence[dict[str, str]]) -> dict[str, Any]:
        self._times -= 1
        refused = [entry for entry in Entries if self._times >= 0 and self._paper_id in entry["MessageBody"]]
        taken = [entry for entry in Entries if entry not in refused]
        answer = self._client.send_message_batch(QueueUrl=QueueUrl, Entries=taken) if taken else {}
        return {**answer, "Failed": [{"Id": entry["Id"], "Code": "InternalError"} for entry in refused]}


def before(client: Any, operation: str, act: Callable[[dict[str, Any]], object], *, times: int = 1) -> None:
    """Let something happen between what a client did so far and its next `times` calls of an operation.

    `act` is given the parameters of the call.
    """
    left = times

    def intervene(params: dict[str, Any], **_: object) -> None:
        nonlocal left
        left -= 1
        if left >= 0:
            act(params)

    service = client.meta.service_model.service_name
    client.meta.events.register(f"provide-client-params.{service}.{operation}", intervene)


class FakeContext(LambdaContext):
    """What Lambda tells a function about its run."""

    def __init__(self, request_id: str = "a-request", remaining: timedelta = timedelta(minutes=5)) -> None:
        self._aws_request_id = request_id
        self._function_name = "a-function"
        self._memory_limit_in_mb = 512
        self._invoked_function_arn = "arn:aws:lambda:us-east-1:123456789012:function:a-function"
        self._remaining = remaining

    def get_remaining_time_in_millis(self) -> int:  # type: ignore[override]  # theirs is a placeholder, and static
        return self._remaining // timedelta(milliseconds=1)
