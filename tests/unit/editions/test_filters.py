from typing import Any

import pytest
from pydantic import ValidationError

from arxiv_daily.editions.filters import Rule, hidden_by, mentions
from arxiv_daily.models import Filters
from tests.examples import a_paper

CATEGORIES = ("cs.SD", "eess.AS")


def rule(paper: dict[str, Any], shown: int = 0, **filters: Any) -> Rule | None:
    return hidden_by(a_paper(**paper), CATEGORIES, Filters(**filters), shown)


def test_without_filters_everything_is_shown() -> None:
    assert rule({}, shown=1000) is None


def test_primary_only_hides_cross_lists() -> None:
    assert rule({"primary_category": "cs.CL"}, primary_only=True) is Rule.PRIMARY_ONLY
    assert rule({}, primary_only=True) is None


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("diffusion", "A Diffusion Model"),
        ("text-to-speech", "text to  speech"),
        ("text to speech", "Text\u2011to-Speech synthesis"),
        ("speech synthesis", "speech\nsynthesis"),
        ("text-to-speech", "text\u2212to\u2212speech"),
        ("synthesis", "syn\u00adthesis"),
        ("C++", "written in C++, fast"),
        ("wav2vec 2.0", "We tune Wav2Vec 2.0."),
        ("GAN", "(GAN)"),
        ("straße", "STRASSE"),
        ("ＡＳＲ", "asr"),
        ("语音合成", "端到端语音合成系统"),
        ("语音", "基于Transformer的语音识别"),
        ("Transformer", "基于Transformer的语音识别"),
    ],
)
def test_a_word_or_phrase_is_found(keyword: str, text: str) -> None:
    assert mentions(text, [keyword])


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("art", "a start"),
        ("GAN", "GANs"),
        ("speech synthesis", "speech and synthesis"),
        ("C", "Cepstra"),
        ("2", "wav2vec"),
        ("语音合成", "语音与合成"),
    ],
)
def test_a_part_of_a_word_is_not(keyword: str, text: str) -> None:
    assert not mentions(text, [keyword])


def test_title_and_abstract_are_searched() -> None:
    for field in ("title", "abstract"):
        assert rule({field: "Birdsong"}, keywords_out=["birdsong"]) is Rule.KEYWORDS_OUT
        assert rule({field: "Birdsong"}, keywords_in=["birdsong"]) is None


def test_a_phrase_does_not_reach_from_the_title_into_the_abstract() -> None:
    assert rule({"title": "Singing birds", "abstract": "Song of whales"}, keywords_out=["birds song"]) is None


def test_a_paper_without_a_wanted_word_is_hidden() -> None:
    assert rule({}, keywords_in=["birdsong", "whales"]) is Rule.KEYWORDS_IN


def test_an_unwanted_word_weighs_more_than_a_wanted_one() -> None:
    assert rule({}, keywords_in=["numbers"], keywords_out=["hearing"]) is Rule.KEYWORDS_OUT


@pytest.mark.parametrize("name", ["Ana Núñez", "ana nunez", "  ANA   NÚÑEZ "])
def test_authors_are_found_whatever_their_accents(name: str) -> None:
    assert rule({}, authors=[name]) is None


@pytest.mark.parametrize(("name", "author"), [("Lukasz Kaiser", "Łukasz Kaiser"), ("soren bo", "Søren Bo")])
def test_strokes_are_accents_too(name: str, author: str) -> None:
    assert rule({"authors": (author,)}, authors=[name]) is None


def test_papers_by_others_are_hidden() -> None:
    assert rule({}, authors=["Ana", "Núñez Ana"]) is Rule.AUTHORS


def test_a_wanted_author_needs_no_wanted_word() -> None:
    assert rule({}, keywords_in=["birdsong"], authors=["Bo Li"]) is None
    assert rule({}, keywords_in=["birdsong"], authors=["Bo Lu"]) is Rule.KEYWORDS_IN


def test_a_cap_hides_what_comes_after_it() -> None:
    assert rule({}, shown=19, cap=20) is None
    assert rule({}, shown=20, cap=20) is Rule.CAP


@pytest.mark.parametrize(
    "fields",
    [{"keywords_in": [" "]}, {"keywords_in": ["-"]}, {"keywords_out": ["\u200b"]}, {"authors": [""]}, {"cap": 0}],
    ids=str,
)
def test_a_filter_that_says_nothing_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Filters(**fields)
