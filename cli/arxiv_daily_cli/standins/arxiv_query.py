"""A part of arXiv's search language: cat:, submittedDate:, AND, OR, ANDNOT and parentheses.

https://info.arxiv.org/help/api/user-manual.html#query_details
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

_TOKEN = re.compile(
    r"\s*(?:(?P<mark>\(|\))|(?P<operator>ANDNOT|AND|OR)\b"
    r"|submittedDate:\[(?P<first>\d{12}) TO (?P<last>\d{12})\]"
    r"|cat:(?P<category>[a-z-]+(?:\.[A-Za-z-]+|\.\*)?|\*))"
)


@dataclass(frozen=True)
class Subject:
    """What a query can ask about an entry; published is in UTC."""

    categories: tuple[str, ...]
    published: datetime


Predicate = Callable[[Subject], bool]
Tokens = list[re.Match[str]]
_OPERATORS: dict[str, Callable[[bool, bool], bool]] = {
    "AND": lambda left, right: left and right,
    "OR": lambda left, right: left or right,
    "ANDNOT": lambda left, right: left and not right,
}


class MalformedQuery(ValueError):
    """The search query is none that this stand-in can read."""


def parse(query: str) -> Predicate:
    """What the query selects; AND and ANDNOT bind tighter than OR. Raises MalformedQuery."""
    tokens = _tokens(query)
    predicate = _alternatives(tokens)
    if tokens:
        raise MalformedQuery(query)
    return predicate


def _tokens(query: str) -> Tokens:
    """The query's tokens, the next one last."""
    tokens, position, text = [], 0, query.strip()
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:
            raise MalformedQuery(query)
        tokens.append(token)
        position = token.end()
    return tokens[::-1]


def _alternatives(tokens: Tokens) -> Predicate:
    return _chain(tokens, ("OR",), lambda: _chain(tokens, ("AND", "ANDNOT"), lambda: _term(tokens)))


def _chain(tokens: Tokens, names: tuple[str, ...], operand: Callable[[], Predicate]) -> Predicate:
    left = operand()
    while tokens and tokens[-1]["operator"] in names:
        combine = _OPERATORS[tokens.pop()["operator"]]
        left = _combined(combine, left, operand())
    return left


def _combined(combine: Callable[[bool, bool], bool], left: Predicate, right: Predicate) -> Predicate:
    return lambda subject: combine(left(subject), right(subject))


def _term(tokens: Tokens) -> Predicate:
    token = tokens.pop() if tokens else None
    if token is None or token["operator"] or token["mark"] == ")":
        raise MalformedQuery("a term is missing")
    if token["mark"]:
        inner = _alternatives(tokens)
        if not tokens or tokens.pop()["mark"] != ")":
            raise MalformedQuery("a parenthesis is not closed")
        return inner
    if token["category"]:
        return _in_category(token["category"])
    return _submitted(token["first"], token["last"])


def _in_category(pattern: str) -> Predicate:
    stem, star, _ = pattern.partition("*")
    return lambda subject: any(c.startswith(stem) if star else c == pattern for c in subject.categories)


def _submitted(first: str, last: str) -> Predicate:
    """Both ends belong to the range, to the minute, in GMT."""
    return lambda subject: first <= f"{subject.published:%Y%m%d%H%M}" <= last
