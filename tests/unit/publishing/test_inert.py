import pytest
from markdown_it import MarkdownIt

from arxiv_daily.publishing.inert import inert_markdown

HOSTILE = [
    "<script>alert(1)</script>",
    "a <b>bold</b> & &lt;claim&gt;",
    "*stars*, __lines__, `ticks`, ~~waves~~",
    "[a link](javascript:alert(1)) ![pic](x)",
    "{% raw %}{{ site.title }}{% endraw %}",
    r"\frac{{a}}{b} costs $5 and $x_i^2$",
    "{: onmouseover='x'} {::options /}",
    "P(A|B) | c",
    "- a list",
    "+ a list",
    "1. a list",
    "12) a list",
    "# a heading",
    "> a quote",
    "=====",
    "-----",
    ": a definition",
    "text #",
    "- - -",
    "-",
    "3)",
    r"a \ backslash \* and \\",
]


MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


@pytest.mark.parametrize("text", HOSTILE)
def test_foreign_text_is_shown_as_it_is_and_opens_nothing(text: str) -> None:
    tokens = MARKDOWN.parse(str(inert_markdown(text)))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert {child.type for child in tokens[1].children or []} <= {"text", "text_special"}
    assert "".join(child.content for child in tokens[1].children or []) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_liquid_finds_nothing_to_run(text: str) -> None:
    made = str(inert_markdown(text))
    assert "{" not in made
    assert "}" not in made


@pytest.mark.parametrize("text", HOSTILE)
def test_foreign_text_opens_nothing_on_a_later_line_either(text: str) -> None:
    tokens = MARKDOWN.parse(str(inert_markdown(f"first\n{text}\nlast")))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]


@pytest.mark.parametrize("char", "\\`*_[]|~$#")
def test_every_character_with_a_meaning_in_a_line_is_escaped(char: str) -> None:
    assert inert_markdown(f"a{char}b") == f"a\\{char}b"


@pytest.mark.parametrize(
    ("char", "entity"), [("<", "&lt;"), (">", "&gt;"), ("&", "&amp;"), ("{", "&#123;"), ("}", "&#125;")]
)
def test_every_character_that_an_escape_would_not_stop_becomes_an_entity(char: str, entity: str) -> None:
    assert inert_markdown(f"a{char}b") == f"a{entity}b"


@pytest.mark.parametrize(
    ("line", "made"), [(": a", "\\: a"), ("===", "\\==="), ("---", "\\---"), ("12) a", "&#49;2) a")]
)
def test_what_opens_a_block_is_defused_on_every_line(line: str, made: str) -> None:
    assert inert_markdown(f"a\n{line}") == f"a\n{made}"


def test_an_indented_line_is_no_code() -> None:
    assert inert_markdown("a\n\n    x = 1\n\ty") == "a\n\nx = 1\ny"


def test_ordinary_text_stays_as_it_was() -> None:
    for text in (
        "RE-LLM: 在 ESD 上达到 14.79%（+6.76%），见 https://example.org/a-b.git。",
        "4.8M 参数",
        "-6 到 6 dB",
        "+3.9%",
    ):
        assert inert_markdown(text) == text


def test_control_characters_are_dropped() -> None:
    assert inert_markdown("a\x00b\x1bc\x7fd") == "abcd"


def test_what_is_not_text_passes() -> None:
    assert inert_markdown(7) == 7
