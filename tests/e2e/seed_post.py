"""The post that the product has to match, taken apart: what a reader sees of it, and the digests it was made of."""

import re
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

_PAPER = re.compile(
    r"^## .*?arxiv\.org/abs/(?P<id>[\d.]+)v\d+\].*?\n\n(?P<translation>[^\n]+)\n\n<details>\n"
    r'<summary>详细解读</summary>\n\n<div markdown="1">\n\n(?P<reading>.*?)\n?</div>\n\n</details>$',
    re.DOTALL | re.MULTILINE,
)
_PART = re.compile(r"^[123]\)\s*$", re.MULTILINE)
_ITEM = re.compile(r"(?P<indent>\s*)- (?P<text>.*)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?[%k]?")
_TERM = re.compile(r"\*\*(?P<term>[^*]+)\*\*：(?P<text>.*)")
_RENDERER = MarkdownIt("commonmark", {"html": True})


@dataclass(frozen=True)
class SeedPaper:
    paper_id: str
    translation: str
    """Markdown of the translated abstract."""
    reading: str
    """Markdown of the three parts."""

    @property
    def reply(self) -> dict[str, Any]:
        """The answer of Claude that such a paper is rendered from."""
        parts = [_part(text) for text in self._parts]
        names = ("background", "method", "results")
        claims = [
            {"value": number[0], "quote": line} for line in self.evidence for number in [_NUMBER.search(line)] if number
        ]
        return {"translation": self.translation, "claims": claims} | dict(zip(names, parts, strict=True))

    @property
    def evidence(self) -> list[str]:
        """The lines of the reading, as a text of the paper could have them: of its real one nothing is at hand."""
        return [
            _plain(line).removeprefix("- ")
            for part in self._parts
            for line in map(str.strip, part.splitlines())
            if line
        ]

    @property
    def _parts(self) -> list[str]:
        return _PART.split(self.reading)[1:]


def papers(post: str) -> list[SeedPaper]:
    """The papers of a post in its order."""
    return [SeedPaper(m["id"], m["translation"], m["reading"]) for m in _PAPER.finditer(post)]


def frame(post: str) -> str:
    """A post without its translations and readings: every other byte is still there."""
    for paper in papers(post):
        post = post.replace(paper.translation, "TRANSLATION").replace(paper.reading, "READING")
    return post


def visible(markdown: str) -> str:
    """The text that a reader sees, without white space.

    Jekyll's kramdown takes `**（…）**来` for bold, CommonMark does not: what is left of bold marks is dropped.
    """
    body = LexborHTMLParser(_RENDERER.render(markdown).replace("**", "")).body
    return "".join((body.text() if body else "").split())


def _part(markdown: str) -> dict[str, Any]:
    part: dict[str, Any] = {"lead": [], "points": [], "closing": []}
    for line in filter(str.strip, markdown.splitlines()):
        item = _ITEM.fullmatch(line)
        if item is None:
            part["closing" if part["points"] else "lead"].append(_plain(line))
        elif not item["indent"]:
            part["points"].append({**_point(item["text"]), "points": []})
        else:
            part["points"][-1]["points"].append(_point(item["text"]))
    return part | {name: "\n".join(part[name]) for name in ("lead", "closing")}


def _point(text: str) -> dict[str, str]:
    match = _TERM.fullmatch(text.strip())
    if match is None:
        return {"term": "", "text": _plain(text)}
    return {"term": match["term"], "text": _plain(match["text"])}


def _plain(text: str) -> str:
    return text.replace("**", "").replace("`", "").strip()
