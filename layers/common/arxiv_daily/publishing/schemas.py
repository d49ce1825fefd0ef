"""JSON Schemas (2020-12) of the published JSON.

Readers may rely on every field that a schema requires. What is added later joins as an optional field, since
documents that were published before lack it; unknown fields are allowed everywhere.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from arxiv_daily.publishing.addresses import address
from arxiv_daily.publishing.bucket import SiteObject
from arxiv_daily.publishing.site import Site, site_object

JSON_SCHEMA = "application/json; charset=utf-8"
"""CloudFront compresses no application/schema+json."""
EDITION = "schemas/edition.v1.json"
PAPER = "schemas/paper.v1.json"
EDITION_PUBLISHED = "schemas/edition_published.v1.json"


def schema_objects(site: Site) -> list[SiteObject]:
    return [
        site_object(key, json.dumps(schema(site, key), ensure_ascii=False, indent=2) + "\n", JSON_SCHEMA, 0)
        for key in (EDITION, PAPER, EDITION_PUBLISHED)
    ]


def schema(site: Site, key: str) -> dict[str, Any]:
    """A schema by itself, with the definitions that all share, named by its address."""
    own = _read(key)
    shared = _read("schemas/definitions.v1.json")
    return {"$schema": own["$schema"], "$id": address(site, key), **own, "$defs": shared | own["$defs"]}


@cache
def _read(key: str) -> dict[str, Any]:
    text = files("arxiv_daily.publishing").joinpath(*key.split("/")).read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    return content
