import pytest
from markdown_it import MarkdownIt
from markupsafe import Markup

from arxiv_daily.models import PaperRef
from arxiv_daily.publishing.inert import inert_markdown
from tests.hostile import ATTACKS, KINDS, Attack, visible

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


def paragraphs(made: str) -> list[str]:
    """The texts of the Markdown's paragraphs, when there is nothing else in it."""
    tokens = MARKDOWN.parse(made)
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    spans = [token.children or [] for token in tokens if token.type == "inline"]
    assert {child.type for span in spans for child in span} <= {"text", "text_special", "softbreak"}
    return ["".join(child.content or " " for child in span) for span in spans]


def shown(text: str) -> str:
    """What readers see of a text that makes one paragraph."""
    (paragraph,) = paragraphs(str(inert_markdown(text)))
    return paragraph


@pytest.mark.parametrize("text", HOSTILE)
def test_foreign_text_is_shown_as_it_is_and_opens_nothing(text: str) -> None:
    assert shown(text) == text


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_so_is_every_text_of_the_hostile_day(attack: Attack) -> None:
    assert " ".join(shown(" ".join(attack.text.split())).split()) == visible(attack.text)


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_so_is_each_of_its_lines(attack: Attack) -> None:
    made = str(inert_markdown(attack.text))
    assert " ".join(" ".join(paragraph.split()) for paragraph in paragraphs(made)) == visible(attack.text)


@pytest.mark.parametrize("text", [*HOSTILE, *map(str, KINDS.values())])
def test_liquid_finds_nothing_to_run(text: str) -> None:
    assert not {"{", "}"} & set(str(inert_markdown(text)))


@pytest.mark.parametrize("text", HOSTILE)
def test_foreign_text_opens_nothing_on_a_later_line_either(text: str) -> None:
    assert len(paragraphs(str(inert_markdown(f"first\n{text}\nlast")))) == 1


@pytest.mark.parametrize("char", "`*_[]|$#\"'")
def test_what_has_a_meaning_in_a_line_is_escaped(char: str) -> None:
    assert inert_markdown(f"a{char}b") == f"a\\{char}b"


@pytest.mark.parametrize(
    ("char", "entity"),
    [("<", "&lt;"), (">", "&gt;"), ("&", "&amp;"), *((char, f"&#{ord(char)};") for char in "{}\\~^")],
)
def test_what_an_escape_would_not_stop_everywhere_becomes_an_entity(char: str, entity: str) -> None:
    assert inert_markdown(f"a{char}b") == f"a{entity}b"


@pytest.mark.parametrize(
    ("text", "made"), [("a--b", "a\\--b"), ("---", "\\-\\--"), ("a...", "a\\..."), ("....", "\\.\\...")]
)
def test_dashes_and_points_are_not_set_as_others(text: str, made: str) -> None:
    assert inert_markdown(text) == made


@pytest.mark.parametrize(
    ("line", "made"), [(": a", "\\: a"), ("===", "\\==="), ("- - -", "\\- - -"), ("12) a", "&#49;2) a")]
)
def test_what_opens_a_block_is_defused_on_every_line(line: str, made: str) -> None:
    assert inert_markdown(f"a\n{line}") == f"a\n{made}"
    assert inert_markdown(f"  {line}") == f" {made}"


def test_an_indented_line_is_no_code() -> None:
    assert inert_markdown("a\n\n    x = 1\n\ty") == "a\n\nx = 1\ny"
    assert inert_markdown("    x = 1") == " x = 1"


def test_blanks_at_the_end_of_a_line_break_nothing() -> None:
    assert inert_markdown("a  \nb") == "a\nb"


def test_a_blank_before_what_is_put_into_a_line_stays() -> None:
    assert inert_markdown(" (more than a day ago)") == " (more than a day ago)"
    assert inert_markdown("Status: ") == "Status: "


@pytest.mark.parametrize("end", ["\r\n", "\r", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_break_is_one(end: str) -> None:
    assert inert_markdown(f"a{end}# b") == "a\n\\# b"


def test_ordinary_text_stays_as_it_was() -> None:
    for text in (
        "RE-LLM: 在 ESD 上达到 14.79%（+6.76%），见 https://example.org/a-b.git。",
        "4.8M 参数",
        "-6 到 6 dB",
        "+3.9%",
        "المؤلف \u200f١، 👩\u200d👧",
    ):
        assert inert_markdown(text) == text


@pytest.mark.parametrize(
    "char",
    ["\x00", "\x1b", "\x7f", "\x80", "\x9f", "\ufffe", "\uffff", "\ud800", "\u202e", "\u2066", "\u2069"],
)
def test_controls_turns_and_what_xml_cannot_hold_are_dropped(char: str) -> None:
    assert inert_markdown(f"a{char}b") == "ab"
    assert inert_markdown(f"{char} a {char} b {char}{char}") == "a  b"


def test_numbers_and_markup_pass() -> None:
    assert inert_markdown(7) == 7
    assert inert_markdown(Markup("<b>")) == Markup("<b>")


def test_any_other_value_is_the_text_that_it_stands_for() -> None:
    assert inert_markdown(PaperRef(paper_id="<b>{{x}}", version=2)) == "&lt;b&gt;&#123;&#123;x&#125;&#125;v2"
