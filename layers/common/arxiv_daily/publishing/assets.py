"""Style, scripts and icon of the pages: each is named by its content, so that browsers may keep it for ever."""

import hashlib
from functools import cache
from importlib.resources import files

from arxiv_daily.publishing.bucket import SiteObject

_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
}


@cache
def asset_key(name: str) -> str:
    """Where an asset lies: site.css is assets/site.0a1b2c3d4e5f.css."""
    stem, _, ending = name.rpartition(".")
    return f"assets/{stem}.{hashlib.sha256(_content(name)).hexdigest()[:12]}.{ending}"


def asset_objects() -> list[SiteObject]:
    names = sorted(part.name for part in files("arxiv_daily.publishing").joinpath("assets").iterdir())
    return [
        SiteObject(
            key=asset_key(name),
            body=_content(name),
            content_type=_TYPES[name.rpartition(".")[2]],
            revision=0,
        )
        for name in names
    ]


@cache
def _content(name: str) -> bytes:
    return files("arxiv_daily.publishing").joinpath("assets", name).read_bytes()
