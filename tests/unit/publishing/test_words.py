"""The catalogues of words: alike in every language, and used."""

import re
from collections.abc import Iterator
from importlib.resources import files
from string import Formatter

import pytest
from jinja2 import nodes

from arxiv_daily.editions.choosing import API, CATCH_UP, ESTIMATE, FEED
from arxiv_daily.editions.filters import Rule
from arxiv_daily.editions.status import EditionStatus
from arxiv_daily.editions.words import LANGUAGES, Text, words_of
from arxiv_daily.models import TextSource
from arxiv_daily.publishing.environment import page_environment

CHINESE, ENGLISH = words_of("zh-CN"), words_of("en")
SOURCES = {
    part.name: part.read_text(encoding="utf-8")
    for folder in ("editions", "publishing/templates", "telling")
    for part in files("arxiv_daily").joinpath(folder).iterdir()
    if part.name.endswith((".py", ".j2"))
}
PYTHON = "\n".join(source for name, source in SOURCES.items() if name.endswith(".py"))
HAN = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")


def placeholders(text: Text) -> set[str]:
    forms = [text] if isinstance(text, str) else text.values()
    return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name}


def test_every_language_has_the_same_words_with_the_same_placeholders() -> None:
    chinese, english = ({key: placeholders(text) for key, text in words.texts.items()} for words in (CHINESE, ENGLISH))
    assert chinese == english
    assert {group: set(names) for group, names in CHINESE.names.items()} == {
        group: set(names) for group, names in ENGLISH.names.items()
    }


def constants(node: nodes.Expr) -> set[str]:
    found = [node] if isinstance(node, nodes.Const) else node.find_all(nodes.Const)
    return {const.value for const in found}


def keys_in_templates() -> Iterator[set[str]]:
    """The keys that each use of the filter `words` may have."""
    for name, source in SOURCES.items():
        if name.endswith(".j2"):
            for used in page_environment("en").parse(source).find_all(nodes.Filter):
                if used.name == "words":
                    assert used.node, name
                    yield constants(used.node)


def test_every_word_is_used_and_every_word_that_is_used_exists() -> None:
    calls = re.findall(r"\bwords\(([^,)]+)", PYTHON)
    called = {key for call in calls for key in re.findall(r'"(\w+)"', call)}
    in_templates = list(keys_in_templates())
    assert all(in_templates), "a key that is not written in the template"
    assert called.union(*in_templates) == set(CHINESE.texts)
    assert set(re.findall(r'\bwords\.name\("(\w+)"', "\n".join(SOURCES.values()))) == set(CHINESE.names)


def test_whatever_the_product_names_has_a_name_for_readers() -> None:
    names = CHINESE.names
    assert set(names["source"]) == set(TextSource) - {TextSource.NONE}
    assert set(names["rule"]) == set(Rule)
    assert set(names["witness"]) == {API, FEED, CATCH_UP, ESTIMATE}
    assert set(names["status"]) < set(EditionStatus)


def test_templates_hold_no_words_of_their_own() -> None:
    folder = files("arxiv_daily.publishing").joinpath("templates")
    assert [part.name for part in folder.iterdir() if HAN.search(part.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(("language", "spoken"), [("zh-CN", "zh-CN"), ("en", "en"), ("de", "en"), ("zh-TW", "en")])
def test_a_language_without_words_of_its_own_speaks_english(language: str, spoken: str) -> None:
    assert words_of(language).language == spoken


def test_every_language_that_is_named_has_a_catalogue_of_its_own() -> None:
    assert [words_of(language).language for language in LANGUAGES] == list(LANGUAGES)


@pytest.mark.parametrize(("number", "said"), [(0, "0 papers"), (1, "1 paper"), (2, "2 papers")])
def test_a_number_chooses_the_form(number: int, said: str) -> None:
    assert ENGLISH("home_shown", number) == said


def test_what_has_no_name_is_called_by_its_value() -> None:
    assert ENGLISH.name("rule", "moon phase") == "moon phase"


def test_what_is_filled_in_is_not_read_for_placeholders() -> None:
    assert ENGLISH("bracketed", text="{0.__class__} {n}") == " ({0.__class__} {n})"
