"""Which papers an operator does not want to see: decided when a paper joins, and never again."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from enum import StrEnum

from arxiv_daily.models import Filters, Paper

_GAP = re.compile(r"[\s\-\u2010-\u2015\u2212]+")
_ALPHABETIC = r"[^\W_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]"
"""A letter or digit of a script that sets words apart: not Chinese, Japanese or Korean."""

_STROKES = str.maketrans("łøđħı", "lodhi")
"""Accents that Unicode does not take apart."""


class Rule(StrEnum):
    """The rules' names, as they are counted and published."""

    PRIMARY_ONLY = "primary_only"
    KEYWORDS_OUT = "keywords_out"
    KEYWORDS_IN = "keywords_in"
    AUTHORS = "authors"
    CAP = "cap"


def hidden_by(paper: Paper, categories: Collection[str], filters: Filters, shown: int) -> Rule | None:
    """The rule that hides a paper, None when it is shown; `shown` papers stand in the edition already."""
    if filters.primary_only and paper.primary_category not in categories:
        return Rule.PRIMARY_ONLY
    text = f"{paper.title}\0{paper.abstract}"  # no phrase begins in the one and ends in the other
    if mentions(text, filters.keywords_out):
        return Rule.KEYWORDS_OUT
    if (filters.keywords_in or filters.authors) and not _is_wanted(paper, text, filters):
        return Rule.KEYWORDS_IN if filters.keywords_in else Rule.AUTHORS
    return Rule.CAP if filters.cap is not None and shown >= filters.cap else None


def mentions(text: str, keywords: Iterable[str]) -> bool:
    """Whether one of the words or phrases stands in the text.

    Case and width do not matter, a hyphen is as good as a space; words of alphabetic scripts match whole.
    """
    folded = _GAP.sub(" ", _folded(text))
    return any(_pattern(keyword).search(folded) for keyword in keywords)


def _is_wanted(paper: Paper, text: str, filters: Filters) -> bool:
    wanted = {_name(author) for author in filters.authors}
    return mentions(text, filters.keywords_in) or any(_name(author) in wanted for author in paper.authors)


def _pattern(keyword: str) -> re.Pattern[str]:
    word = _GAP.sub(" ", _folded(keyword)).strip()
    before = rf"(?<!{_ALPHABETIC})" if re.match(_ALPHABETIC, word) else ""
    after = rf"(?!{_ALPHABETIC})" if re.match(_ALPHABETIC, word[-1]) else ""
    return re.compile(before + re.escape(word) + after)


def _folded(text: str) -> str:
    seen = "".join(char for char in text if unicodedata.category(char) != "Cf")  # no soft hyphens, no zero widths
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen).casefold())


def _name(author: str) -> str:
    """A name without accents, case and surplus spaces."""
    parts = unicodedata.normalize("NFKD", author.casefold().translate(_STROKES))
    return " ".join("".join(char for char in parts if not unicodedata.combining(char)).split())
