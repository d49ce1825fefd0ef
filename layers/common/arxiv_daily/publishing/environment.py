"""What templates are rendered with: escaping for pages and for posts, filters, and the interface's words."""

import re
from datetime import datetime

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from arxiv_daily.editions.window import EDITION_ZONE
from arxiv_daily.editions.words import Words
from arxiv_daily.publishing.inert import inert_markdown

_CHINESE = re.compile(r"[\u3000-\u9fff\uff00-\uffef](?:.*[\u3000-\u9fff\uff00-\uffef])?", re.DOTALL)
"""From the first Chinese character or mark to the last."""


def page_environment(words: Words) -> Environment:
    """For HTML: everything that a template is given is escaped."""
    return _environment(words, autoescape=True)


def post_environment(words: Words) -> Environment:
    """For Jekyll's Markdown: everything that a template is given is made inert."""
    return _environment(words, finalize=inert_markdown)


def _environment(words: Words, **options: object) -> Environment:
    environment = Environment(  # noqa: S701  # pages are escaped as HTML, posts by their finalizer
        loader=PackageLoader("arxiv_daily.publishing"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        **options,  # type: ignore[arg-type]
    )
    marked = escape if words.language == "zh-CN" else _with_chinese_marked
    environment.filters |= {"local_time": _local_time, "one_line": _one_line, "in_its_language": marked}
    environment.globals["words"] = words
    return environment


def _local_time(moment: datetime) -> str:
    return moment.astimezone(EDITION_ZONE).strftime("%Y-%m-%d %H:%M")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _with_chinese_marked(text: str) -> Markup:
    """For a page in another language: what was stored in Chinese when it happened is pronounced as such."""
    match = _CHINESE.search(text)
    if match is None:
        return escape(text)
    parts = text[: match.start()], match[0], text[match.end() :]
    return Markup('{}<span lang="zh-CN">{}</span>{}').format(*parts)
