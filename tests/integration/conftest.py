"""AWS in this process (moto), with the table and the queues that infra/template.yaml describes."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from moto import mock_aws
from samtranslator.yaml_helper import yaml_parse

from arxiv_daily.digests.digest import Style
from arxiv_daily.flow.aggregate import Aggregate
from arxiv_daily.flow.announcing import Announcing
from arxiv_daily.flow.asking import Asking
from arxiv_daily.flow.bus import EditionsBus
from arxiv_daily.flow.collecting import Collecting
from arxiv_daily.flow.fetch import Fetch
from arxiv_daily.flow.joining import Joining
from arxiv_daily.flow.listings import Listings
from arxiv_daily.flow.outbox import Outbox
from arxiv_daily.flow.publisher import Publisher
from arxiv_daily.flow.queue import PapersQueue
from arxiv_daily.flow.rereading import Rereading
from arxiv_daily.flow.resolving import Resolving
from arxiv_daily.flow.spending import Spending
from arxiv_daily.flow.summarize import Summarize
from arxiv_daily.models import Filters, PaperMessage
from arxiv_daily.publishing.bucket import CONFIG, SiteBucket
from arxiv_daily.publishing.site import Site
from arxiv_daily.store.before_asking import BeforeAsking
from arxiv_daily.store.budget import BudgetStore
from arxiv_daily.store.calls import CallStore
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.model_gate import ModelGateStore
from arxiv_daily.store.papers import PaperStore
from arxiv_daily.store.publications import PublicationStore
from arxiv_daily.store.site import SiteStore
from arxiv_daily.store.table import connect
from tests.integration.fakes import FakeArxiv, FakeCatchUp, FakeClaude, FakeClock, FakeFeed, FakeTexts, FakeWithdrawals
from tests.integration.objects import BUCKET, Objects

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient

TEMPLATE = Path(__file__).parents[2] / "infra" / "template.yaml"
MODELS = ("claude-haiku-5-5", "claude-sonnet-5-5")


class Inbox:
    """The papers queue from its other end."""

    def __init__(self, client: "SQSClient", url: str) -> None:
        self.client = client
        self.url = url

    def receive(self) -> list[dict[str, Any]]:
        """Every message that is visible now; receiving hides it."""
        received: list[dict[str, Any]] = []
        while True:
            answer = self.client.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10)
            if "Messages" not in answer:
                return received
            received += [dict(message) for message in answer["Messages"]]

    def messages(self) -> list[PaperMessage]:
        return [PaperMessage.model_validate_json(message["Body"]) for message in self.receive()]

    def paper_ids(self) -> list[str]:
        """In the order of the ids: a standard queue promises no other."""
        return sorted(message.paper_id for message in self.messages())


Receive = Callable[[str], SQSRecord]


@pytest.fixture(scope="session")
def resources() -> dict[str, Any]:
    """Properties of the template's resources, by logical id."""
    parsed = yaml_parse(TEMPLATE.read_text(encoding="utf-8"))
    return {name: resource.get("Properties", {}) for name, resource in parsed["Resources"].items()}


@pytest.fixture(scope="session")
def boto3_session() -> boto3.Session:
    """Kept over the tests: what it has read of AWS's services is most of the time that a client takes."""
    return boto3.Session(aws_access_key_id="testing", aws_secret_access_key="testing", region_name="us-east-1")  # noqa: S106


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch, boto3_session: boto3.Session) -> Iterator[None]:
    """An empty account."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "arxiv-daily")
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "arxiv-daily")
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    with mock_aws():
        monkeypatch.setattr(boto3, "DEFAULT_SESSION", boto3_session)
        yield


@pytest.fixture
def table(aws: None, resources: dict[str, Any]) -> "Table":
    described = {name: resources["Table"][name] for name in ("BillingMode", "AttributeDefinitions", "KeySchema")}
    boto3.client("dynamodb").create_table(TableName="papers-table", **described)
    return connect("papers-table")


@pytest.fixture
def dead_letters(aws: None) -> Inbox:
    client = boto3.client("sqs")
    return Inbox(client, client.create_queue(QueueName="papers-dead-letters")["QueueUrl"])


@pytest.fixture
def inbox(dead_letters: Inbox, resources: dict[str, Any]) -> Inbox:
    described, client = resources["PapersQueue"], dead_letters.client
    answer = client.get_queue_attributes(QueueUrl=dead_letters.url, AttributeNames=["QueueArn"])
    redrive = {**described["RedrivePolicy"], "deadLetterTargetArn": answer["Attributes"]["QueueArn"]}
    attributes = {"VisibilityTimeout": str(described["VisibilityTimeout"]), "RedrivePolicy": json.dumps(redrive)}
    return Inbox(client, client.create_queue(QueueName="papers", Attributes=attributes)["QueueUrl"])  # type: ignore[arg-type]  # names of attributes


@pytest.fixture
def queue(inbox: Inbox) -> PapersQueue:
    return PapersQueue(inbox.client, inbox.url)


@pytest.fixture
def s3(aws: None) -> "S3Client":
    """With the site's bucket."""
    client = boto3.client("s3", config=CONFIG)
    client.create_bucket(Bucket=BUCKET)
    return client


@pytest.fixture
def papers(table: "Table") -> PaperStore:
    return PaperStore(table)


@pytest.fixture
def editions(table: "Table") -> EditionStore:
    return EditionStore(table)


@pytest.fixture
def calls(table: "Table") -> CallStore:
    return CallStore(table)


@pytest.fixture
def budget(table: "Table") -> BudgetStore:
    return BudgetStore(table)


@pytest.fixture
def gate(table: "Table") -> ModelGateStore:
    return ModelGateStore(table)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def arxiv() -> FakeArxiv:
    return FakeArxiv()


@pytest.fixture
def rows(table: "Table") -> SiteStore:
    return SiteStore(table)


@pytest.fixture
def feed() -> FakeFeed:
    return FakeFeed()


@pytest.fixture
def catchup() -> FakeCatchUp:
    return FakeCatchUp()


@pytest.fixture
def withdrawals() -> FakeWithdrawals:
    return FakeWithdrawals()


@pytest.fixture
def filters() -> Filters:
    return Filters()


@pytest.fixture
def shows_replacements() -> bool:
    return False


@pytest.fixture
def fetch(  # noqa: PLR0917  # the collaborators
    arxiv: FakeArxiv,
    feed: FakeFeed,
    catchup: FakeCatchUp,
    withdrawals: FakeWithdrawals,
    editions: EditionStore,
    papers: PaperStore,
    rows: SiteStore,
    budget: BudgetStore,
    gate: ModelGateStore,
    queue: PapersQueue,
    clock: FakeClock,
    filters: Filters,
    shows_replacements: bool,
) -> Fetch:
    """Over an arXiv whose parts each fail and speak by themselves."""
    joining = Joining(editions, papers, ("cs.SD", "eess.AS"), filters)
    collecting = Collecting(
        feed=feed,
        catchup=catchup,
        editions=editions,
        rows=rows,
        listings=Listings(editions, papers, shows_replacements=shows_replacements),
        resolving=Resolving(arxiv, withdrawals, editions, papers, joining),
        look_back=timedelta(days=21),
    )
    outbox = Outbox(editions, papers, rows, budget, queue, clock, timedelta())
    return Fetch(editions, collecting, outbox, gate, Rereading(outbox, MODELS[0]))


@pytest.fixture
def texts() -> FakeTexts:
    return FakeTexts()


@pytest.fixture
def claude() -> FakeClaude:
    return FakeClaude()


@pytest.fixture
def asking(  # noqa: PLR0917  # the collaborators
    calls: CallStore,
    budget: BudgetStore,
    gate: ModelGateStore,
    table: "Table",
    claude: FakeClaude,
    clock: FakeClock,
) -> Asking:
    """With ten dollars a day."""
    spending = Spending(calls, budget, 10_000_000, MODELS[0], clock)
    return Asking(spending, gate, BeforeAsking(table), lambda: claude, clock)


@pytest.fixture
def summarize(papers: PaperStore, texts: FakeTexts, asking: Asking, clock: FakeClock) -> Summarize:
    return Summarize(papers, texts, asking, Style(MODELS, "zh-CN", {}), clock)


@pytest.fixture
def objects(s3: "S3Client") -> Objects:
    return Objects(s3)


@pytest.fixture
def bucket(s3: "S3Client") -> SiteBucket:
    return SiteBucket(s3, BUCKET)


@pytest.fixture
def publisher(table: "Table", editions: EditionStore, papers: PaperStore, bucket: SiteBucket) -> Publisher:
    site = Site(("cs.SD", "eess.AS"), url="https://papers.example.org", corrections="group@example.org")
    return Publisher(editions, papers, SiteStore(table), ModelGateStore(table), site, bucket)


@pytest.fixture
def receive(inbox: Inbox) -> Receive:
    """Send a body and receive it, as the summarize function does."""

    def one(body: str) -> SQSRecord:
        inbox.client.send_message(QueueUrl=inbox.url, MessageBody=body)
        [message] = inbox.receive()
        return SQSRecord(
            {
                "messageId": message["MessageId"],
                "receiptHandle": message["ReceiptHandle"],
                "body": message["Body"],
                "attributes": message.get("Attributes", {}),
            }
        )

    return one


@pytest.fixture
def bus(aws: None) -> EditionsBus:
    client = boto3.client("events")
    client.create_event_bus(Name="editions")
    return EditionsBus(client, "editions")


@pytest.fixture
def told(bus: EditionsBus, inbox: Inbox) -> Inbox:
    """A queue of its own that gets every event of the bus."""
    url = inbox.client.create_queue(QueueName="told")["QueueUrl"]
    answer = inbox.client.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    client = boto3.client("events")
    client.put_rule(Name="all", EventBusName="editions", EventPattern=json.dumps({"source": [{"prefix": ""}]}))
    client.put_targets(
        Rule="all", EventBusName="editions", Targets=[{"Id": "told", "Arn": answer["Attributes"]["QueueArn"]}]
    )
    return Inbox(inbox.client, url)


@pytest.fixture
def announcing(publisher: Publisher, table: "Table", bus: EditionsBus, clock: FakeClock) -> Announcing:
    return Announcing(publisher.site, PublicationStore(table), bus, clock)


@pytest.fixture
def aggregate(publisher: Publisher, announcing: Announcing) -> Aggregate:
    return Aggregate(publisher, announcing)
