"""Which paper a request is about, and its answer: from the paper's file or from the prompt itself."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arxiv_daily_cli.standins.claude_made_up import made_up

_PAPER_LINE = re.compile(r"^arXiv:(?P<id>\S+?)v(?P<version>\d+)\s*$", re.MULTILINE)
_ABSTRACT = re.compile(r"<abstract>\s*(.*?)\s*</abstract>", re.DOTALL)
_GLOSSARY = re.compile(r"<glossary>(.*?)</glossary>", re.DOTALL)
_TERM = re.compile(r"^(.+?) = (.+?)$", re.MULTILINE)
_SOURCE = re.compile(r"<paper\s+source=\"(\w+)\"")
_SAFE_ID = re.compile(r"\d{4}\.\d{4,5}|[a-z-]+/\d{7}")


@dataclass(frozen=True)
class Prompt:
    """What the first user message says of its paper; None and empty where it says nothing."""

    paper_id: str | None
    abstract: str
    source: str | None
    glossary: dict[str, str]
    """English terms of the abstract and how they are to be rendered."""


def read_prompt(request: object) -> Prompt:
    """Find the paper in a request of any shape."""
    text = _first_user_text(request)
    paper, abstract, source, terms = (pattern.search(text) for pattern in (_PAPER_LINE, _ABSTRACT, _SOURCE, _GLOSSARY))
    return Prompt(
        paper_id=paper["id"] if paper else None,
        abstract=abstract[1] if abstract else "",
        source=source[1] if source else None,
        glossary=dict(_TERM.findall(terms[1])) if terms else {},
    )


def _first_user_text(request: object) -> str:
    messages = request.get("messages") if isinstance(request, dict) else None
    for message in messages if isinstance(messages, list) else []:
        if isinstance(message, dict) and message.get("role") == "user":
            return content_text(message.get("content"))
    return ""


def content_text(content: object) -> str:
    """The text of a message's content: a string, or the text blocks of a list."""
    if isinstance(content, str):
        return content
    blocks = content if isinstance(content, list) else []
    return "\n".join(b["text"] for b in blocks if isinstance(b, dict) and isinstance(b.get("text"), str))


def read_file(folder: Path, paper_id: str | None) -> dict[str, Any]:
    """The content of replies/<id>.json; empty when there is none."""
    if paper_id is None or not _SAFE_ID.fullmatch(paper_id):
        return {}
    path = folder / "replies" / f"{paper_id}.json"
    content: dict[str, Any] = json.loads(path.read_bytes()) if path.is_file() else {}
    return content


def reply(folder: Path, prompt: Prompt) -> dict[str, Any]:
    """The answer for a paper: from its file (for an abstract alone its own), else made out of the prompt."""
    stored = read_file(folder, prompt.paper_id)
    from_abstract = stored.get("reply_from_abstract") if prompt.source == "abstract" else None
    return from_abstract or stored.get("reply") or made_up(prompt.abstract, prompt.glossary)
