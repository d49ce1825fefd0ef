"""Titles are data: in no message do they become markup, a link, a mention or a line of their own."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from markdown_it import MarkdownIt

from arxiv_daily.telling.mail import mail_of
from arxiv_daily.telling.shapes import SHAPES
from arxiv_daily.telling.webhooks import Kind
from tests.hostile import ATTACKS
from tests.unit.telling.notices import SENT, SITE, a_notice, a_webhook

MENTIONS = [
    "<!channel>",
    "<!here|here>",
    "<@U012AB3CD>",
    "@all",
    "@所有人",
    '<at user_id="all">everyone</at>',
    "<at id=all></at>",
    "<at email=a@b.org></at>",
    "<@userid>",
    "@13800000000",
    "[click](https://evil.example)",
    "![](https://evil.example/pixel.png)",
    "](https://evil.example) [x",
    '<font color="warning">x</font>',
    "<https://evil.example|x>",
    "# heading",
    "> quote",
    "**bold** _italic_ ~gone~ `code`",
    "a\n## b\r\n> c\u2028d",
    "\\](https://evil.example)",
]
TITLES = [*MENTIONS, *(attack.stored[:300] for attack in ATTACKS)]
"""An event shortens what is longer."""
ALLOWED = {f"{SITE}/papers/2602.00000.html", f"{SITE}/editions/2026-02-12.html", f"{SITE}/editions/2026-02-12.json"}


def message(kind: Kind, title: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(SHAPES[kind].post(a_webhook(kind), a_notice(title), SENT).body)
    return read


def leaves(node: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a message, with the name of the field that it stands in."""
    if isinstance(node, str):
        yield name, node
    elif isinstance(node, dict):
        for field, one in node.items():
            yield from leaves(one, field)
    elif isinstance(node, list):
        for one in node:
            yield from leaves(one, name)


@pytest.mark.parametrize("kind", [Kind.DINGTALK, Kind.WECOM])
@pytest.mark.parametrize("title", TITLES)
def test_in_markdown_a_title_is_the_text_of_its_link_and_nothing_else(kind: Kind, title: str) -> None:
    made = message(kind, title)["markdown"]
    tokens = (
        MarkdownIt("commonmark", {"html": True})
        .enable(["table", "strikethrough"])
        .parse(made.get("text") or made["content"])
    )
    inline = [child for token in tokens for child in token.children or []]
    assert {child.attrs["href"] for child in inline if child.type == "link_open"} == ALLOWED
    found = {token.type.removesuffix("_open").removesuffix("_close") for token in [*tokens, *inline]}
    assert found <= {
        "heading",
        "paragraph",
        "inline",
        "text",
        "softbreak",
        "link",
        "blockquote",
        "bullet_list",
        "ordered_list",
        "list_item",
    }
    assert [token.type for token in tokens].count("heading_open") == 1
    text = "".join(child.content for child in inline)
    assert not set("@<>[]") & set(text)


@pytest.mark.parametrize("title", TITLES)
def test_in_slack_a_title_stands_where_no_markup_is_read(title: str) -> None:
    made = message(Kind.SLACK, title)
    assert made["text"] == "arXiv Daily 2026-02-12：1 篇论文"
    kinds = {value for name, value in leaves(made["blocks"]) if name == "type"}
    assert kinds <= {"header", "plain_text", "rich_text", "rich_text_section", "rich_text_list", "text", "link"}
    assert {value for name, value in leaves(made["blocks"]) if name == "url"} == ALLOWED


@pytest.mark.parametrize("title", TITLES)
def test_in_feishu_a_title_stands_where_no_markup_is_read(title: str) -> None:
    made = message(Kind.FEISHU, title)
    assert {value for name, value in leaves(made) if name == "tag"} == {"text", "a"}
    assert {value for name, value in leaves(made) if name == "href"} == ALLOWED
    assert not [value for _, value in leaves(made) if "<at" in value.lower()]


def test_slack_s_own_text_is_escaped_whatever_the_words_are() -> None:
    assert "<" not in message(Kind.SLACK, "x")["text"]


@pytest.mark.parametrize("title", TITLES)
def test_in_a_mail_a_title_is_one_line(title: str) -> None:
    plain = mail_of(a_notice("x")).body.splitlines()
    assert len(mail_of(a_notice(title)).body.splitlines()) == len(plain)
