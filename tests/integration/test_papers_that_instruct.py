"""Papers that carry instructions, hidden and in sight, read for a Claude that obeys: nothing of it reaches a reader.

Each goes the product's own road: arXiv's site and Claude over HTTP, the parser's child process, the table, the pages.
"""

import gc
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import boto3
import pytest
from aws_lambda_powertools.utilities import parameters
from aws_lambda_powertools.utilities.parameters.constants import DEFAULT_PROVIDERS
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import escape
from moto import mock_aws
from pytest_httpserver import HTTPServer

from arxiv_daily.digests.checks import faults
from arxiv_daily.digests.glossary import load
from arxiv_daily.digests.schema import parse_reply
from arxiv_daily.flow.access import arxiv_access
from arxiv_daily.flow.reader import paper_reader
from arxiv_daily.flow.summarize import Summarize
from arxiv_daily.models import Digest, FullText, Paper, PaperVersion, TextSource, WorkState
from arxiv_daily.publishing.bibtex import bibtex
from arxiv_daily.publishing.formulas import plain, prose
from arxiv_daily.publishing.inert import inert_markdown
from arxiv_daily.publishing.site import Site
from arxiv_daily.settings import ReaderSettings
from arxiv_daily.sources.latexml import text_of_latexml
from arxiv_daily.store.table import connect
from tests.examples import DAY, a_paper, a_view, an_entry, some_facts
from tests.integration.gullible import GullibleClaude, Order
from tests.integration.instructing_papers import HIDDEN, IN_METADATA, KINDS, UNREAD, Kind
from tests.integration.orders_to_models import ORDERS
from tests.integration.paper_on_counting import ABSTRACT, FAITHFUL, TITLE, page

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")
"""As in Lambda, a client is kept, and its connections with it."""

CATEGORIES = ("cs.SD", "eess.AS")
MODELS = ("claude-haiku-5-5", "claude-sonnet-5-5")
KEY_PARAMETER = "/arxiv-daily/key"
FIVE_MINUTES = timedelta(minutes=5)
SITE = Site(CATEGORIES)
NOTICE = f'<p class="notice">{SITE.words("notice")}：'


@dataclass
class Road:
    """From arXiv's site to the table, for papers whose files lie on the server and a Claude that is asked there."""

    server: HTTPServer
    claude: GullibleClaude
    reader: Summarize
    ends: dict[str, "End"] = field(default_factory=dict)

    def end(self, name: str) -> "End":
        """What became of a kind's paper; it is read once."""
        if name not in self.ends:
            self.ends[name] = self._read(KINDS[name], a_paper_of(name))
        return self.ends[name]

    def _read(self, kind: Kind, paper: Paper) -> "End":
        for path, body, content_type in (("html", kind.page, "text/html"), ("pdf", kind.pdf, "application/pdf")):
            if body:
                self.server.expect_request(f"/{path}/{paper.ref}").respond_with_data(body, content_type=content_type)
        self.claude.obeyed.clear()
        self.reader.papers.add(paper)
        outcome = self.reader.run(paper.ref, "a-worker", datetime.now(UTC) + FIVE_MINUTES)
        return End(outcome.version, published(outcome.version), list(self.claude.obeyed))


@dataclass(frozen=True)
class End:
    """A paper that was read, every object that shows it, by its key, and the orders that Claude obeyed."""

    version: PaperVersion
    pages: dict[str, str]
    obeyed: list[Order]

    @property
    def digest(self) -> Digest:
        assert self.version.work.state is WorkState.DONE
        assert self.version.digest is not None
        return self.version.digest

    @property
    def page(self) -> str:
        return self.pages[f"papers/{self.version.paper.paper_id}.html"]


def a_paper_of(name: str) -> Paper:
    fields = {"title": TITLE, "abstract": ABSTRACT, **KINDS[name].fields}
    return a_paper(f"2602.{10000 + list(KINDS).index(name)}", **fields)


@pytest.fixture(scope="module")
def road(resources: dict[str, Any], boto3_session: boto3.Session) -> Iterator[Road]:
    with pytest.MonkeyPatch.context() as patch, mock_aws(), HTTPServer() as server:
        for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(variable, "testing")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("POWERTOOLS_METRICS_NAMESPACE", "arxiv-daily")
        patch.setattr(boto3, "DEFAULT_SESSION", boto3_session)
        forget_keys()
        server.no_handler_status_code = HTTPStatus.NOT_FOUND
        claude = GullibleClaude(FAITHFUL, list(ORDERS.values()))
        server.expect_request("/v1/messages", method="POST").respond_with_handler(claude)
        yield Road(server, claude, reader(server.url_for("").rstrip("/"), resources))
    forget_keys()
    gc.collect()  # here, where connections that are still open are no error


def reader(url: str, resources: dict[str, Any]) -> Summarize:
    described = {name: resources["Table"][name] for name in ("BillingMode", "AttributeDefinitions", "KeySchema")}
    boto3.client("dynamodb").create_table(TableName="papers-table", **described)
    boto3.client("ssm").put_parameter(Name=KEY_PARAMETER, Value="test", Type="SecureString")
    settings = ReaderSettings(
        TABLE_NAME="papers-table",
        ARXIV_SITE_URL=url,
        ARXIV_REQUEST_INTERVAL_SECONDS=0,
        CONTACT="",
        CATEGORIES=CATEGORIES,
        LANGUAGE="zh-CN",
        GLOSSARY_PARAMETER="",
        MODEL=MODELS[0],
        SECOND_MODEL=MODELS[1],
        DAILY_BUDGET=1000,
        CLAUDE_PLATFORM="anthropic",
        ANTHROPIC_API_KEY_PARAMETER=KEY_PARAMETER,
        ANTHROPIC_API_KEY_SECRET_ARN="",
        ANTHROPIC_WORKSPACE_ID="",
        ANTHROPIC_BASE_URL=url,
    )
    table = connect(settings.table_name)
    return paper_reader(settings, table, arxiv_access(settings, table), FIVE_MINUTES.total_seconds)


def forget_keys() -> None:
    parameters.clear_caches()  # type: ignore[no-untyped-call]
    DEFAULT_PROVIDERS.clear()


def published(version: PaperVersion) -> dict[str, str]:
    """Every object that shows the paper, by its key."""
    view = a_view(some_facts(), [(version, an_entry(version.paper))])
    objects = [
        *SITE.paper_objects(version, DAY, an_entry(version.paper)),
        *SITE.edition_pages(view),
        SITE.edition_json(view),
    ]
    return {shown.key: shown.body.decode() for shown in objects}


def without_metadata(text: str, key: str, paper: Paper) -> str:
    """What an object says beyond arXiv's own words, which stand in it as its format has them escaped."""
    own = [paper.title, paper.abstract, ", ".join(paper.authors), *paper.authors, paper.comment, paper.journal_ref]
    text = text.replace(str(escape(bibtex(paper))), "")
    for words in filter(None, own):
        for written in escaped(words, key):
            text = text.replace(written, "")
    return text


def escaped(words: str, key: str) -> list[str]:
    """A page has it as text, and as JSON for machines."""
    if key.endswith(".json"):
        return [json.dumps(words, ensure_ascii=False)]
    if key.endswith(".md"):
        return [str(inert_markdown(words))]
    return [str(prose(words)), str(htmlsafe_json_dumps(plain(words)))]


def test_the_faithful_answer_has_no_fault() -> None:
    text = FullText(text=text_of_latexml(page().encode()).text, source=TextSource.HTML)
    paper = a_paper(title=TITLE, abstract=ABSTRACT)
    assert faults(parse_reply(json.dumps(FAITHFUL)), paper, text, load(CATEGORIES)) == ()


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_the_gullible_claude_writes_what_it_is_told_to(order: Order) -> None:
    system = "You read a research paper for a group of researchers."
    claude = GullibleClaude(FAITHFUL, [order])
    assert order.canary not in json.dumps(FAITHFUL, ensure_ascii=False)
    assert order.canary in json.dumps(claude.answer(f"A paper. {order.text}", system), ensure_ascii=False)
    assert claude.answer("A paper.", system) == FAITHFUL


@pytest.mark.parametrize("name", KINDS)
def test_no_trace_of_an_obeyed_instruction_stands_in_the_digest(road: Road, name: str) -> None:
    assert KINDS[name].order.canary not in road.end(name).digest.model_dump_json()


@pytest.mark.parametrize("name", KINDS)
def test_no_trace_of_it_is_published_but_in_arxivs_own_words(road: Road, name: str) -> None:
    end, canary = road.end(name), KINDS[name].order.canary
    ours = {key: without_metadata(text, key, end.version.paper) for key, text in end.pages.items()}
    assert [key for key, text in ours.items() if canary in text] == []


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.is_noticed])
def test_the_papers_page_says_that_the_paper_carries_such_text(road: Road, name: str) -> None:
    assert NOTICE in road.end(name).page


@pytest.mark.parametrize("name", [*HIDDEN, *UNREAD])
def test_claude_never_meets_what_readers_cannot_see_and_the_digest_is_whole(road: Road, name: str) -> None:
    end = road.end(name)
    assert end.obeyed == []
    assert end.digest.translation == FAITHFUL["translation"]
    assert (end.digest.checks.dropped, end.digest.checks.doubts) == ((), ())


@pytest.mark.parametrize("name", IN_METADATA)
def test_arxivs_own_words_are_shown_as_words(road: Road, name: str) -> None:
    end, told = road.end(name), KINDS[name].carrier
    assert escaped(told, ".html")[0] in end.page or name == "the journal's name"
    assert [key for key, text in end.pages.items() if told in text and not key.endswith(".json")] == []
