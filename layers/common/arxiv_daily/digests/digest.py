"""From a paper's text to its digest, over whatever answers requests: the chain of models."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from arxiv_daily.digests.checks import faults, pruned
from arxiv_daily.digests.cost import cost
from arxiv_daily.digests.errors import ClaudeRefusedRequest, ClaudeTooLong, NoDigest, OverBudget
from arxiv_daily.digests.faults import Fault
from arxiv_daily.digests.fitting import fitted
from arxiv_daily.digests.glossary import Glossary, occurring
from arxiv_daily.digests.instructions import notices
from arxiv_daily.digests.prompt import (
    MAX_TEXT_CHARACTERS,
    PROMPT_VERSION,
    Request,
    correction_request,
    digest_request,
    told,
)
from arxiv_daily.digests.schema import DigestReply, ReplyRejected, parse_reply
from arxiv_daily.models import Digest, FullText, Paper, Provenance, Reply, Usage, Value

Answer = Callable[[Request], Reply]
"""Whatever answers a request: from the store when it was answered before, else by asking Claude."""

_SHORTER_TEXT_CHARACTERS = MAX_TEXT_CHARACTERS // 3
"""What is sent of a text that was too long for a model; formulas and tables take more tokens than prose."""


@dataclass(frozen=True)
class Style:
    """How a deployment has its papers read."""

    models: tuple[str, ...]
    """The chain: the first reads, the next ones are asked where it fails."""
    language: str
    glossary: Glossary


class _Candidate(Value):
    """An answer in the asked shape, and what the checks found in it."""

    model: str
    reply: DigestReply
    faults: tuple[Fault, ...]


class _NotThisModel(Exception):
    """Asking this model again would not help; the message is for readers."""


class _TooLong(Exception):
    """The model could not take the whole text."""


def make_digest(paper: Paper, text: FullText, style: Style, answer: Answer, now: datetime) -> Digest:
    """Ask the chain for a digest. A failed check is told to the first model once, then the next model is asked.

    What no model mended is left out of the digest, which says so. At most one request more than there are models.
    Raises NoDigest when no answer can be used, and whatever `answer` raises.
    """
    return _Reading(paper, text, style, answer).digest(now)


@dataclass
class _Reading:
    """The requests about one paper, and what came of them."""

    paper: Paper
    text: FullText
    style: Style
    answer: Answer
    limit: int = MAX_TEXT_CHARACTERS
    candidates: list[_Candidate] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    cost: int = 0

    def digest(self, now: datetime) -> Digest:
        for model in self.style.models:
            try:
                self._ask(model, has_a_second_try=model == self.style.models[0])
            except (_NotThisModel, ClaudeRefusedRequest) as reason:
                self.reasons.append(str(reason))
            except OverBudget:
                if not self.candidates:
                    raise
                break
            if self.candidates and not self.candidates[-1].faults:
                break
        if not self.candidates:
            raise NoDigest("；".join(dict.fromkeys(self.reasons)))
        return self._made_of(min(reversed(self.candidates), key=lambda candidate: len(candidate.faults)), now)

    def _ask(self, model: str, *, has_a_second_try: bool) -> None:
        """Raises _NotThisModel, ClaudeRefusedRequest, or what answering raises."""
        request = self._request(model)
        try:
            reply = self._answered(request)
            problem = self._problem(model, reply)
        except (_TooLong, ClaudeTooLong):
            self.limit = _SHORTER_TEXT_CHARACTERS
            reply, problem, request = None, "", self._request(model)
        if reply is not None and not problem:
            return
        if not has_a_second_try:
            return
        second = self._answered(request if reply is None else correction_request(request, reply.text, problem))
        try:
            self._problem(model, second)
        except _TooLong as error:
            raise _NotThisModel("模型容不下这篇论文的正文") from error

    def _request(self, model: str) -> Request:
        terms = occurring(self.style.glossary, self.paper.abstract)
        return digest_request(model, self.paper, self.text, self.style.language, terms, self.limit)

    def _answered(self, request: Request) -> Reply:
        reply = self.answer(request)
        self.usage += reply.usage
        self.cost += cost(request.model, reply.usage)
        return reply

    def _problem(self, model: str, reply: Reply) -> str:
        """Keep an answer that can be used; what is wrong with it, for the model, empty when nothing is.

        Raises _NotThisModel or _TooLong. The stop reason comes first: a refusal or a cut answer may look like JSON.
        """
        try:
            candidate = self._candidate(model, reply)
        except ReplyRejected as fault:
            self.reasons.append("模型的回答不合格式")
            return str(fault)
        self.candidates.append(candidate)
        return told(candidate.faults)

    def _candidate(self, model: str, reply: Reply) -> _Candidate:
        match reply.stop_reason:
            case "end_turn" | "stop_sequence":
                parsed = parse_reply(reply.text)
            case "max_tokens":
                raise ReplyRejected("it was cut at the length limit; write less")
            case "refusal":
                raise _NotThisModel("模型拒绝解读这篇论文")
            case "model_context_window_exceeded":
                raise _TooLong
            case reason:
                raise _NotThisModel(f"模型没有完成回答（{reason or '未说明原因'}）")
        found = faults(parsed, self.paper, self.text, self.style.glossary, self.style.language)
        return _Candidate(model=model, reply=parsed, faults=found)

    def _made_of(self, candidate: _Candidate, now: datetime) -> Digest:
        reply, checks = pruned(candidate.reply, candidate.faults)
        return Digest(
            translation=reply.translation,
            reading=reply.reading,
            claims=reply.claims,
            checks=checks,
            provenance=self._provenance(candidate.model, now),
        )

    def _provenance(self, model: str, now: datetime) -> Provenance:
        return Provenance(
            model=model,
            prompt_version=PROMPT_VERSION,
            language=self.style.language,
            source=self.text.source,
            source_note=self.text.note,
            truncated=fitted(self.text.text, self.limit)[1],
            notices=(*self.text.notices, *notices(self.paper, self.text)),
            generated_at=now,
            usage=self.usage,
            cost=self.cost,
        )
