"""What is to be seen of a stack when a day is over: in the table, in the bucket, through CloudFront, at Claude."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from boto3.dynamodb.conditions import Key

from arxiv_daily.flow.publisher import Publisher, row_of
from arxiv_daily.publishing.bucket import SiteBucket, SiteObject
from arxiv_daily.publishing.site import Site
from arxiv_daily.settings import AggregateSettings
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.model_gate import ModelGateStore
from arxiv_daily.store.papers import PaperStore
from arxiv_daily.store.site import SiteStore
from tests.e2e.chaos.faults import Stage
from tests.e2e.chaos.stack import Chaos
from tests.e2e.conftest import Json


@dataclass(frozen=True)
class Lies:
    """An object of the bucket."""

    body: bytes
    revision: int


class Wanted(SiteBucket):
    """A bucket to publish to that only notes what would have to lie there; reading it reads the real one."""

    def __init__(self, client: Any, name: str) -> None:
        super().__init__(client, name)
        self.objects: dict[str, SiteObject] = {}

    def publish(self, item: SiteObject, *, new: bool = False) -> bool:
        self.objects[item.key] = item
        return False


@dataclass
class EndState:
    """Of one day; what is read twice is read anew, so that a test can change it in between."""

    chaos: Chaos
    day: date
    _site: Site = field(init=False)

    def __post_init__(self) -> None:
        name = self.chaos.name(Stage.AGGREGATE)
        client = self.chaos.stack.client("lambda")
        variables = client.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
        settings = AggregateSettings.read(variables)
        self._site = Site(
            categories=settings.categories,
            notice=settings.site_notice,
            language=settings.language,
            url=settings.site_url,
            corrections=settings.corrections_address,
        )

    @cached_property
    def items(self) -> list[Json]:
        """The whole table."""
        found: list[Json] = []
        asked: Json = {"ConsistentRead": True}
        while True:
            answer = self.chaos.stack.table.scan(**asked)
            found += answer["Items"]
            if "LastEvaluatedKey" not in answer:
                return found
            asked["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    @cached_property
    def joined(self) -> list[tuple[str, str]]:
        """Each entry of each edition, as date and paper."""
        return [
            (item["PK"].removeprefix("EDITION#"), item["SK"].removeprefix("ENTRY#"))
            for item in self.items
            if item["SK"].startswith("ENTRY#")
        ]

    @cached_property
    def versions(self) -> dict[str, Json]:
        """The first version of each paper, by id."""
        return {item["PK"].removeprefix("PAPER#"): item for item in self.items if item["SK"] == "V#1"}

    @cached_property
    def stored_calls(self) -> set[str]:
        """Papers with a stored answer."""
        return {item["PK"].removeprefix("PAPER#") for item in self.items if item["SK"].startswith("CALL#")}

    @cached_property
    def budgets(self) -> list[Json]:
        return [item for item in self.items if item["PK"] == "BUDGET"]

    @property
    def told(self) -> dict[str, Json]:
        """Who was told of the edition, by what follows the date; the event itself under no name."""
        prefix = f"TOLD#{self.day}"
        return {
            item["SK"].removeprefix(prefix).removeprefix("#"): item
            for item in self.items
            if item["PK"] == "SITE" and item["SK"].startswith(prefix)
        }

    def lies(self, key: str) -> Lies | None:
        """What the bucket holds."""
        client, name = self.chaos.stack.client("s3"), self.chaos.stack.outputs["SiteBucketName"]
        try:
            found = client.get_object(Bucket=name, Key=key)
        except client.exceptions.NoSuchKey:
            return None
        return Lies(found["Body"].read(), int(found["Metadata"]["revision"]))

    def document(self, key: str) -> Json:
        """JSON out of the bucket; empty when it is not there."""
        lies = self.lies(key)
        found: Json = json.loads(lies.body) if lies else {}
        return found

    @cached_property
    def edition(self) -> Json:
        return self.document(f"editions/{self.day}.json")

    @cached_property
    def papers(self) -> dict[str, Json]:
        """What is published of each paper of the edition."""
        ids = [paper["paper_id"] for paper in self.edition.get("papers", [])]
        return {paper: self.document(f"papers/{paper}.json") for paper in ids}

    @cached_property
    def post(self) -> str:
        lies = self.lies(f"_posts/{self.day}-arxiv.md")
        return lies.body.decode() if lies else ""

    @cached_property
    def page(self) -> str:
        lies = self.lies(f"editions/{self.day}.html")
        return lies.body.decode() if lies else ""

    @cached_property
    def asked(self) -> list[Json]:
        """Every request to Claude."""
        return self.chaos.stack.claude.asked()

    @property
    def budget(self) -> int:
        """What a day may cost, in micro-dollars."""
        name, client = self.chaos.name(Stage.SUMMARIZE), self.chaos.stack.client("lambda")
        variables = client.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
        return round(float(variables["DAILY_BUDGET"]) * 1_000_000)

    def wanted(self) -> tuple[Mapping[str, SiteObject], bool]:
        """What the product makes of the table as it is now, and whether the site's row of the edition is that too."""
        table = self.chaos.stack.table
        bucket = Wanted(self.chaos.stack.client("s3"), self.chaos.stack.outputs["SiteBucketName"])
        rows = SiteStore(table)
        publisher = Publisher(EditionStore(table), PaperStore(table), rows, ModelGateStore(table), self._site, bucket)
        view = publisher.view(self.day)
        for seen in view.papers:
            if seen.is_settled:
                publisher.paper(seen.paper.ref)
        bucket.publish_all(self._site.edition_pages(view))
        bucket.publish_all([self._site.edition_json(view)])
        row = next((row for row in rows.rows() if row.date == self.day), None)
        if row:
            publisher.overview(self.day)
        publisher.indexing.day_alone(view)
        publisher.indexing.month(f"{self.day:%Y-%m}")
        return bucket.objects, row == row_of(view, self._site.categories)

    def dead(self, queue: str) -> Iterator[str]:
        """The bodies of dead letters, which stay where they are."""
        client, url = self.chaos.stack.client("sqs"), self.chaos.url(queue)
        asked = {"QueueUrl": url, "MaxNumberOfMessages": 10, "VisibilityTimeout": 0}
        for message in client.receive_message(**asked).get("Messages", []):
            yield message["Body"]

    def facts(self) -> Json:
        key = Key("PK").eq(f"EDITION#{self.day}") & Key("SK").eq("FACTS")
        found = self.chaos.stack.table.query(KeyConditionExpression=key, ConsistentRead=True)["Items"]
        return dict(found[0]) if found else {}
