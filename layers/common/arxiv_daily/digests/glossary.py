"""The glossary: how the terms of a field are rendered, a plain file per category that an operator can override."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources

Glossary = Mapping[str, tuple[str, ...]]
"""English term, in lower case, and its accepted renderings, the preferred one first."""

_GENERAL = "general"


class BadGlossary(ValueError):
    """An operator's glossary cannot be read; the message says where."""


def load(categories: Sequence[str], override: str = "") -> Glossary:
    """The general terms, those of each category that has a file, and over them an operator's own (TOML).

    `term = "译名"` or `term = ["译名", "又一译名"]`; an empty list strikes a term out. Raises BadGlossary.
    """
    terms: dict[str, tuple[str, ...]] = {}
    for name in (_GENERAL, *categories):
        file = resources.files("arxiv_daily.digests") / "glossaries" / f"{name}.toml"
        if re.fullmatch(r"[A-Za-z-]+(?:\.[A-Za-z-]+)?", name) and file.is_file():
            terms |= _terms(file.read_text(encoding="utf-8"), f"glossaries/{name}.toml")
    terms |= _terms(override, "the glossary that was given")
    return {term: renderings for term, renderings in terms.items() if renderings}


def occurring(glossary: Glossary, text: str) -> Glossary:
    """The terms that stand in an English text, as whole words, in the singular or the plural."""
    lower = text.lower()
    return {
        term: renderings
        for term, renderings in glossary.items()
        if _beginning(term) in lower and pattern(term).search(text)
    }


@lru_cache(maxsize=4096)
def _beginning(term: str) -> str:
    """What every form of the term begins with: to look for it first takes no time."""
    first, *others = re.split(r"[\s-]+", term)
    return first if others else first[:-1]


@lru_cache(maxsize=4096)
def pattern(term: str) -> re.Pattern[str]:
    words = r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", term)))
    stem, plural = (words[:-1], "(?:y|ies)") if words.endswith("y") else (words, "(?:e?s)?")
    return re.compile(rf"(?<![A-Za-z0-9]){stem}{plural}(?![A-Za-z0-9])", re.IGNORECASE)


def _terms(text: str, name: str) -> dict[str, tuple[str, ...]]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadGlossary(f"{name} is not TOML: {error}") from error
    return {term.lower().strip(): _renderings(term, value, name) for term, value in table.items()}


def _renderings(term: str, value: object, name: str) -> tuple[str, ...]:
    told = [value] if isinstance(value, str) else value
    if not isinstance(told, list) or not all(isinstance(one, str) and one.strip() for one in told):
        raise BadGlossary(f"{name}: {term!r} needs a rendering or a list of renderings, not {value!r}")
    return tuple(one.strip() for one in told)
