"""The site of a running stack, as its readers find it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from arxiv_daily.editions.view import EditionView
from tests.browser.days import Day
from tests.e2e.conftest import Json, Stack, wait_until


@dataclass(frozen=True)
class Site:
    stack: Stack

    @property
    def origin(self) -> str:
        return self.stack.site_url

    @cached_property
    def keys(self) -> list[str]:
        """Of every file."""
        client, bucket = self.stack.client("s3"), self.stack.outputs["SiteBucketName"]
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket)
        return [item["Key"] for page in pages for item in page.get("Contents", [])]

    def text(self, key: str) -> str:
        answer = self.stack.get(key)
        assert answer.ok, f"{key}: {answer.status_code}"
        return answer.content.decode()

    def texts(self, ending: str) -> dict[str, str]:
        """The files with such a name, by key."""
        return {key: self.text(key) for key in self.keys if key.endswith(ending)}


def published(stack: Stack, days: Iterable[Day]) -> Site:
    """The site once the stream has brought these days to it."""
    for day in days:
        with stack.holding_the_stream():
            day.store(stack.table)
        _wait_for(stack, day.view())
    return Site(stack)


def _wait_for(stack: Stack, view: EditionView) -> None:
    counts = view.counts.model_dump(mode="json")

    def look() -> Json | None:
        return stack.edition(str(view.date))

    wait_until(look, f"the edition of {view.date}", lambda found: _is_shown(found, view.status, counts))


def _is_shown(found: Json | None, status: str, counts: Json) -> bool:
    return bool(found and found["status"] == status and found["counts"].items() <= counts.items())
