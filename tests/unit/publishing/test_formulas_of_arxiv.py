"""Every title, abstract and comment of nine months of announcements, and the sample day."""

import html
import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import parse

import arxiv_daily_cli
from arxiv_daily.publishing.formulas import prose
from tests.shared_data import shared_data
from tests.unit.publishing.mathml_core import faults, on_page

SAMPLE = Path(arxiv_daily_cli.__file__).parent / "sample"
WRITTEN = re.compile(
    r"(?<!\\)\$(?P<nested>\\text\w*\{[^{}$]*\$[^$]*\$[^$]*\})\$|(?<!\\)\$(?P<inline>(?:\\.|[^$\\])+)\$|\\\((?P<round>.+?)\\\)",
    re.DOTALL,
)
"""A simple finder: these texts have neither display formulas nor money that would look like a pair of dollars."""
SHOWN = re.compile(
    r'<math [^>]*?alttext="(?P<alttext>[^"]*)">.*?</math>|<code class="tex">(?P<source>.*?)</code>', re.DOTALL
)
TEX = re.compile(r"[\\{~`]|--")
ARXIV_BROKE = {"opyright", "ho"}
"""`\\c{opyright}` and `\\r{ho}` are signs again."""


@cache
def announced() -> list[str]:
    lines = (shared_data("metadata") / "announcements_2025-05-14_2026-02-12.jsonl").read_text().splitlines()
    texts = [row[field] or "" for row in map(json.loads, lines) for field in ("title", "abstract", "comment")]
    return list(dict.fromkeys(texts))


@cache
def sample() -> list[str]:
    replies = [json.loads(path.read_text()) for path in sorted((SAMPLE / "replies").glob("*.json"))]
    feed = [text.strip() for text in parse(SAMPLE / "feed.xml").getroot().itertext()]  # noqa: S314  # our own
    return list(dict.fromkeys([*strings(replies), *feed]))


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


def written_in(text: str) -> list[str]:
    return [(found["nested"] or found["inline"] or found["round"]).strip() for found in WRITTEN.finditer(text)]


def shown_in(page: str) -> list[str]:
    found = [html.unescape(one["alttext"] or one["source"].strip("$")) for one in SHOWN.finditer(page)]
    return [source.removeprefix("\\(").removesuffix("\\)").strip() for source in found]


def words(text: str) -> set[str]:
    text = re.sub(r"\\(?:[`'^\"~=.]|[cvurH](?=\{))\{?(\w)\}?", r"\1", text)
    text = re.sub(r"\\[A-Za-z]+(?=\{)", "", text.replace("}{", " ").replace("\\footnote", " "))
    letters = unicodedata.normalize("NFD", re.sub(r"[{}]", "", re.sub(r"\\[A-Za-z]+", " ", text)))
    return set(re.findall(r"[A-Za-z0-9]{2,}", re.sub("[\u0300-\u036f]", "", letters)))


shown = cache(prose)


def test_no_formula_of_arxiv_is_lost_or_doubled_or_moved() -> None:
    assert [text for text in announced() if written_in(text) != shown_in(shown(text))] == []


def test_no_formula_of_the_sample_is_lost_or_doubled_or_moved() -> None:
    assert sum(len(written_in(text)) for text in sample()) > 20
    assert [text for text in sample() if written_in(text) != shown_in(shown(text))] == []


def test_of_a_hundred_formulas_of_arxiv_ninety_nine_are_valid_mathml() -> None:
    pages = [on_page(shown(text)) for text in announced()]
    formulas = [math for page in pages for math in page.iter("math")]
    assert [fault for math in formulas for fault in faults(math)] == []
    sources = sum(1 for page in pages for _ in page.iter("code"))
    assert len(formulas) >= 0.99 * (len(formulas) + sources) > 300


def test_every_formula_of_the_sample_is_valid_mathml() -> None:
    pages = [on_page(shown(text)) for text in sample()]
    assert [fault for page in pages for math in page.iter("math") for fault in faults(math)] == []
    assert not any(page.findall("code") for page in pages)


def test_text_without_tex_is_what_it_was() -> None:
    simple = [text for text in announced() if not TEX.search(WRITTEN.sub("", text))]
    assert len(simple) > 0.9 * len(announced())
    assert [text for text in simple if WRITTEN.sub("", text) != html.unescape(SHOWN.sub("", shown(text)))] == []


def test_text_with_tex_loses_and_gains_no_word() -> None:
    for text in filter(TEX.search, announced()):
        before, after = WRITTEN.sub(" ", text), html.unescape(SHOWN.sub(" ", shown(text)))
        assert words(before) ^ words(after) <= ARXIV_BROKE, text
