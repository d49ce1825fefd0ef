"""From a paper's text to its digest, over whatever answers requests: the chain of models."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from arxiv_daily.digests.checks import NO_TRANSLATION, faults, pruned
from arxiv_daily.digests.cost import cost
from arxiv_daily.digests.errors import (
    ClaudeBusy,
    ClaudeClosed,
    ClaudeError,
    ClaudeRefusedRequest,
    ClaudeTooLong,
    ClaudeUnavailable,
    NoDigest,
    OverBudget,
)
from arxiv_daily.digests.faults import Fault, FaultKind
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
from arxiv_daily.models import Digest, FullText, Paper, Provenance, Reply, TextSource, Usage, Value

Answer = Callable[[Request], Reply]
"""Whatever answers a request: from the store when it was answered before, else by asking Claude."""

_SHORTER_TEXT_CHARACTERS = MAX_TEXT_CHARACTERS // 3
"""What is sent of a text that was too long for a model; formulas and tables take more tokens than prose."""

_TOO_LONG = "模型容不下这篇论文的正文"
_OF_TEXT = {FaultKind.QUOTE, FaultKind.CLAIM, FaultKind.RESULT}
"""Faults that a text is needed to find and to mend."""
_SIGNS_OF_OBEDIENCE = {FaultKind.NUMBER, FaultKind.LANGUAGE, FaultKind.SENTENCES}
"""Faults of a translation; of a reading, what fails goes anyway."""


@dataclass(frozen=True)
class Style:
    """How a deployment has its papers read."""

    models: tuple[str, ...]
    """The chain: the first reads, the next ones are asked where it fails."""
    language: str
    glossary: Glossary


class _Candidate(Value):
    """An answer in the asked shape, how much of the text it was made of, and what the checks found in it."""

    model: str
    limit: int
    reply: DigestReply
    faults: tuple[Fault, ...]


class _NotThisModel(Exception):
    """Asking this model again would not help; the message is for readers."""


class _TooLong(Exception):
    """The model could not take the whole text."""


def make_digest(  # noqa: PLR0917  # a paper, how it is read, and who answers
    paper: Paper,
    text: FullText,
    style: Style,
    answer: Answer,
    now: datetime,
    may_wait: Callable[[ClaudeError], bool] = lambda late: True,
) -> Digest:
    """Ask the chain for a digest. A failed check is told to the first model once, then the next model is asked.

    What no model mended is left out of the digest, which says so. At most one request more than there are models.
    `may_wait` says of an answer that is late (busy, out of reach, over budget) whether to come back for it where
    another can be used. Raises NoDigest when no answer can be used, and whatever `answer` raises.
    """
    return _Reading(paper, text, style, answer, may_wait).digest(now)


@dataclass
class _Reading:
    """The requests about one paper, and what came of them."""

    paper: Paper
    text: FullText
    style: Style
    answer: Answer
    may_wait: Callable[[ClaudeError], bool]
    limit: int = MAX_TEXT_CHARACTERS
    candidates: list[_Candidate] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    cost: int = 0

    def digest(self, now: datetime) -> Digest:
        for model in self.style.models:
            try:
                self._ask(model)
            except (_NotThisModel, ClaudeRefusedRequest) as reason:
                self.reasons.append(str(reason))
            except ClaudeClosed as closed:
                if self._is_first(model) and not self.candidates:
                    raise
                self.reasons.append(str(closed))
            except (ClaudeBusy, ClaudeUnavailable, OverBudget) as late:
                if not self.candidates or self.may_wait(late):
                    raise
                break
            if self.candidates and not self._to_mend(self.candidates[-1]):
                break
        if not self.candidates:
            raise NoDigest("；".join(dict.fromkeys(self.reasons)))
        return self._made_of(min(reversed(self.candidates), key=lambda candidate: len(candidate.faults)), now)

    def _ask(self, model: str) -> None:
        """One request, and for the first model a second one, with what was wrong or with less of the text.

        Raises _NotThisModel, ClaudeRefusedRequest, or what answering raises.
        """
        request = self._request(model)
        try:
            reply = self._answered(request)
            problem = self._problem(model, reply)
        except (_TooLong, ClaudeTooLong) as error:
            self.limit = _SHORTER_TEXT_CHARACTERS
            again = self._request(model)
            if again == request:
                raise _NotThisModel(_TOO_LONG) from error
        else:
            again = correction_request(request, reply.text, problem)
            if not problem:
                return
        if not self._is_first(model):
            return
        try:
            self._problem(model, self._answered(again))
        except _TooLong as error:
            raise _NotThisModel(_TOO_LONG) from error

    def _is_first(self, model: str) -> bool:
        return model == self.style.models[0]

    def _to_mend(self, candidate: _Candidate) -> list[Fault]:
        """The faults that another answer could mend: of a PDF that the model reads itself, no quote can be found."""
        unseen = _OF_TEXT if self.text.source is TextSource.PDF_NATIVE else set()
        return [fault for fault in candidate.faults if fault.kind not in unseen]

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
        return told(self._to_mend(candidate))

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
        return _Candidate(model=model, limit=self.limit, reply=parsed, faults=found)

    def _made_of(self, candidate: _Candidate, now: datetime) -> Digest:
        """Where the paper tells models what to write, a translation that failed its checks is not shown at all."""
        reply, checks = pruned(candidate.reply, candidate.faults)
        instructed = notices(self.paper, self.text)
        is_obedient = instructed and any(
            fault.where[0] == "translation" and fault.kind in _SIGNS_OF_OBEDIENCE for fault in candidate.faults
        )
        return Digest(
            translation=NO_TRANSLATION if is_obedient else reply.translation,
            reading=reply.reading,
            claims=reply.claims,
            checks=checks,
            provenance=self._provenance(candidate, instructed, now),
        )

    def _provenance(self, candidate: _Candidate, instructed: tuple[str, ...], now: datetime) -> Provenance:
        return Provenance(
            model=candidate.model,
            prompt_version=PROMPT_VERSION,
            language=self.style.language,
            source=self.text.source,
            source_note=self.text.note,
            truncated=fitted(self.text.text, candidate.limit)[1],
            notices=(*self.text.notices, *instructed),
            generated_at=now,
            usage=self.usage,
            cost=self.cost,
        )
