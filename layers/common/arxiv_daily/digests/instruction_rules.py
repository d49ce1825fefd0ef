"""The rules that tell instructions to models, out of rules/instructions.toml; read when they are first asked."""

import re
import tomllib
from collections import defaultdict
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

_WORD = re.compile(r"\w+")
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


class _Rule(NamedTuple):
    """A regular expression, and the words with one of which all that it finds begins: none if they are not known."""

    kind: str
    begins: tuple[str, ...]
    told: str
    after: str = ""
    """What stands before the first word, and is found with it."""


_Patterns = list[tuple[str, re.Pattern[str]]]


class _Index(NamedTuple):
    """The rules, each with its kind, by what a text must hold for them to find anything in it."""

    by_word: dict[str, _Patterns]
    """Under each of their first words, without what stands before it."""
    east_asian: _Patterns
    """Those of Chinese, Japanese and Korean, which are told in their letters."""
    others: _Patterns


def patterns(text: str) -> dict[str, re.Pattern[str]]:
    """Of those kinds of instructions that occur in the text, what they look like; a kind is in Chinese, for readers.

    Most texts hold none, and to search one for everything takes a tenth of a second: so the words are looked at first.
    """
    by_word, east_asian, others = _index()
    searched = others + (east_asian if _EAST_ASIAN.search(text) else [])
    kinds = {kind for kind, pattern in searched if pattern.search(text)}
    for word in _WORD.finditer(_lower(text)):
        if word[0] in by_word:
            kinds.update(kind for kind, pattern in by_word[word[0]] if pattern.match(text, word.start()))
    return {kind: _of_kind(kind) for kind in _table()["kinds"] if kind in kinds}


@cache
def quoted_in_studies_of_models() -> frozenset[str]:
    """Kinds that papers about language models print as examples of prompts."""
    return frozenset(_table()["quoted"])


def _lower(text: str) -> str:
    """Each letter in its place; two are an i to whoever makes no difference between large and small."""
    return text.replace("\u0130", "i").replace("\u0131", "i").lower()


@cache
def _table() -> dict[str, Any]:
    file = resources.files("arxiv_daily.digests") / "rules" / "instructions.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(_rule(kind, told) for kind, rules in _table()["kinds"].items() for told in rules)


def _rule(kind: str, told: str | dict[str, str]) -> _Rule:
    if isinstance(told, str):
        return _Rule(kind, (), told)
    words = _table()["words"]
    beginnings = [one for word in told["begins"].split("|") for one in words.get(word.strip("{}"), [word])]
    firsts = [first for first in map(_WORD.match, beginnings) if first]
    # That the first word ends there makes sure that the rule finds nothing which begins otherwise.
    whole = "|".join(rf"{first[0]}\b{first.string[first.end() :]}" for first in firsts)
    begins = tuple(dict.fromkeys(first[0].lower() for first in firsts))
    return _Rule(kind, begins, f"(?:{whole}){told['then']}", told.get("after", r"\b"))


@cache
def _index() -> _Index:
    index = _Index(defaultdict(list), [], [])
    for rule in _rules():
        searched = index.east_asian if _EAST_ASIAN.search(rule.told) else index.others
        for patterns_there in [index.by_word[word] for word in rule.begins] or [searched]:
            patterns_there.append((rule.kind, _compiled(rule.told)))
    return index


@cache
def _of_kind(kind: str) -> re.Pattern[str]:
    return _compiled("|".join(f"(?:{rule.after}{rule.told})" for rule in _rules() if rule.kind == kind))


def _compiled(told: str) -> re.Pattern[str]:
    for name, words in _table()["words"].items():
        told = told.replace(f"{{{name}}}", f"(?:{'|'.join(words)})")
    return re.compile(told.replace(" ", r"\s"), re.IGNORECASE)
