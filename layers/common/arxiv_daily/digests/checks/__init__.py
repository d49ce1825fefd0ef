"""The checks of a digest: pure functions over the reply and the paper that it is of."""

from collections.abc import Iterator, Sequence

from arxiv_daily.digests.checks.claims import claim_faults
from arxiv_daily.digests.checks.evidence import Evidence
from arxiv_daily.digests.checks.formulas import formula_faults
from arxiv_daily.digests.checks.language import language_faults
from arxiv_daily.digests.checks.numbers import number_faults
from arxiv_daily.digests.checks.obedience import instruction_faults
from arxiv_daily.digests.checks.pruning import NO_TRANSLATION, pruned
from arxiv_daily.digests.checks.results import result_faults
from arxiv_daily.digests.checks.scope import scope_faults
from arxiv_daily.digests.checks.sentences import sentence_faults
from arxiv_daily.digests.checks.shape import shape_faults
from arxiv_daily.digests.checks.terms import term_faults
from arxiv_daily.digests.faults import Fault
from arxiv_daily.digests.glossary import Glossary
from arxiv_daily.digests.schema import DigestReply
from arxiv_daily.models import Claim, FullText, Paper, TextSource

__all__ = ["NO_TRANSLATION", "faults", "pruned"]


def faults(
    reply: DigestReply, paper: Paper, text: FullText, glossary: Glossary, language: str = "zh-CN"
) -> tuple[Fault, ...]:
    """Everything that is wrong with a digest of `paper`, read from `text`; nothing else decides the answer."""
    evidence = Evidence(paper, text)
    stated = paper.model_copy(update={"abstract": evidence.abstract})
    of_claims = tuple(claim_faults(reply.claims, evidence))
    return (
        *(_in_chinese(reply, stated, evidence, text.source, glossary) if language.startswith("zh") else ()),
        *number_faults(stated, reply.translation),
        *formula_faults(stated, reply.translation),
        *of_claims,
        *result_faults(reply, _verified(reply.claims, of_claims), evidence),
        *instruction_faults(reply, evidence),
    )


def _in_chinese(
    reply: DigestReply, stated: Paper, evidence: Evidence, source: TextSource, glossary: Glossary
) -> Iterator[Fault]:
    """What only a digest in Chinese can be asked."""
    yield from shape_faults(reply, stated, source)
    yield from language_faults(reply, stated, glossary)
    yield from sentence_faults(stated, reply.translation, glossary)
    yield from term_faults(stated, reply.translation, glossary)
    yield from scope_faults(reply, evidence)


def _verified(claims: Sequence[Claim], of_claims: Sequence[Fault]) -> tuple[Claim, ...]:
    bad = {fault.where[1] for fault in of_claims}
    return tuple(claim for at, claim in enumerate(claims) if at not in bad)
