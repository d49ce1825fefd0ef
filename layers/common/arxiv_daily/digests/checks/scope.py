"""SCOPE: strong words that the paper does not use of itself."""

from collections.abc import Iterator

from arxiv_daily.digests.checks import passages
from arxiv_daily.digests.checks.evidence import Evidence
from arxiv_daily.digests.checks.grounds import rules, ungrounded
from arxiv_daily.digests.checks.passages import PART_NAMES, Path
from arxiv_daily.digests.faults import Fault, FaultKind
from arxiv_daily.digests.schema import DigestReply

_NEGATIONS = "不 未 非 没 无 莫 勿 不能 无法 难以 没有 并未 尚未 不再 避免 避免了 无需 而非"
_NOT_NEGATED = "".join(f"(?<!{word})" for word in _NEGATIONS.split())
_STRONG_WORDS = rules("strong_words", before=_NOT_NEGATED)


def scope_faults(reply: DigestReply, evidence: Evidence) -> Iterator[Fault]:
    """The translation is held against title and abstract; the reading against the whole paper, where it is at hand."""
    word = ungrounded(_STRONG_WORDS, reply.translation, evidence.title_and_abstract)
    if word:
        yield _fault(("translation",), word)
    for sentence in passages.of_reading(reply) if evidence.has_text else ():
        word = ungrounded(_STRONG_WORDS, sentence.text, evidence.raw)
        if word:
            yield _fault(sentence.where, word)


def _fault(where: Path, word: str) -> Fault:
    is_translation = where[0] == "translation"
    source, loss = ("abstract", "") if is_translation else ("paper", "，该句已略去")
    return Fault(
        kind=FaultKind.SCOPE,
        where=where,
        message=f"{where[0]}: {word!r} goes beyond what the {source} states; say no more than it does",
        remark=f"「{PART_NAMES[str(where[0])]}」中的「{word}」超出论文的说法{loss}。",
    )
