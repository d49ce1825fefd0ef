"""A day on which every text that arXiv or a model writes tries to become something else than text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from arxiv_daily.editions.view import EditionView
from arxiv_daily.editions.words import Words
from arxiv_daily.models import (
    Checks,
    Claim,
    Digest,
    Entry,
    Kind,
    Paper,
    PaperVersion,
    Part,
    Point,
    Probe,
    Reading,
    Seen,
    SubPoint,
)
from tests.attacks import characters, languages, markdown, markup
from tests.examples import NOW, a_digest, a_failed, a_paper, a_ready, a_view, an_entry, some_facts

_DROPPED = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
_NO_PLAIN_TEXT = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")

KINDS = (
    markup.MARKUP
    | markup.FOREIGN_MARKUP
    | markup.ADDRESSES
    | markdown.MARKDOWN
    | markdown.KRAMDOWN
    | markdown.LIQUID
    | markdown.FRONT_MATTER
    | languages.ENGINES
    | languages.LATEX
    | languages.DATA_FORMATS
    | characters.CHARACTERS
)
"""Texts by kind; MARK stands where one is told from the others, inside of what an attack could swallow."""


@dataclass(frozen=True)
class Attack:
    kind: str
    number: int

    @property
    def marker(self) -> str:
        """A word that no other attack holds: it has to stay visible wherever the text stands."""
        return f"MARK{self.number:03}"

    @property
    def text(self) -> str:
        return KINDS[self.kind].replace("MARK", self.marker)

    @property
    def stored(self) -> str:
        """What an item can hold of it: lone surrogates have no UTF-8."""
        return _SURROGATE.sub("", self.text)

    @property
    def plain(self) -> str:
        """What a model can say of it: its texts refuse control characters."""
        return _NO_PLAIN_TEXT.sub(" ", self.stored)

    def __str__(self) -> str:
        return self.kind


ATTACKS = tuple(Attack(kind, number) for number, kind in enumerate(KINDS))


def visible(text: str) -> str:
    """What readers are to see of a text: white space folded, without controls of the terminal and of direction."""
    return " ".join(_DROPPED.sub("", " ".join(text.split())).split())


def hostile_versions() -> list[tuple[PaperVersion, Entry]]:
    """For each attack a paper that was read, replaced and withdrawn, and one that failed, with it in every field."""
    return [pair for attack in ATTACKS for pair in _papers(attack)]


def hostile_seen() -> list[Seen]:
    """For each attack a paper without metadata."""
    return [
        Seen(paper_id=f"2602.2{a.number:04}", kind=Kind.CROSS, title=a.stored, witness="feed", since=NOW, overdue=True)
        for a in ATTACKS
    ]


def hostile_view(words: Words | None = None) -> EditionView:
    """The edition of that day; papers stand in the order of ATTACKS, and each is followed by its failed one."""
    facts = some_facts(probes=(Probe(at=NOW, witness="api", seen=len(ATTACKS)),), settled_by="listing")
    return a_view(facts, hostile_versions(), hostile_seen(), words=words)


def _papers(attack: Attack) -> Iterator[tuple[PaperVersion, Entry]]:
    read, failed = _paper(attack, 0), _paper(attack, 1)
    yield (
        a_ready(read).model_copy(update={"digest": _digest(attack)}),
        an_entry(read, kind=Kind.REPLACE, withdrawn=attack.stored),
    )
    yield a_failed(failed, attack.stored), an_entry(failed)


def _paper(attack: Attack, place: int) -> Paper:
    text, published = attack.stored, NOW - timedelta(minutes=2 * attack.number + place)
    return a_paper(
        f"2602.1{2 * attack.number + place:04}",
        title=text,
        authors=(text, text),
        abstract=text,
        comment=text,
        journal_ref=text,
        doi=text,
        published=published,
    )


def _digest(attack: Attack) -> Digest:
    text, plain = attack.stored, attack.plain
    made = a_digest(source_note=text, notices=(text,))
    return Digest(
        translation=plain,
        reading=Reading(background=_part(attack), method=_part(attack), results=_part(attack)),
        claims=(Claim(task=plain, dataset=plain, metric=plain, value=plain, quote=plain),),
        checks=Checks(claimed=2, verified=1, dropped=(text,), doubts=(text,)),
        provenance=made.provenance,
    )


def _part(attack: Attack) -> Part:
    plain = attack.plain
    inner = (SubPoint(term=plain, text=plain), SubPoint(text=plain))
    return Part(lead=plain, points=(Point(term=plain, text=plain, points=inner), Point(text=plain)), closing=plain)
