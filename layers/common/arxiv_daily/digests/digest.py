"""From a paper's text to its digest, over whatever answers requests."""

from collections.abc import Callable
from datetime import datetime

from arxiv_daily.digests.errors import NoDigest
from arxiv_daily.digests.prompt import (
    LANGUAGE,
    PROMPT_VERSION,
    Request,
    correction_request,
    digest_request,
    is_too_long,
)
from arxiv_daily.digests.schema import DigestReply, ReplyRejected, parse_reply
from arxiv_daily.models import Digest, FullText, Paper, Provenance, Reply, Usage

Answer = Callable[[Request], Reply]
"""Whatever answers a request: from the store when it was answered before, else by asking Claude."""


def make_digest(paper: Paper, text: FullText, model: str, answer: Answer, now: datetime) -> Digest:
    """Ask for a digest; an answer that is refused is shown to the model once, with what is wrong with it.

    Raises NoDigest when no digest comes of it, and whatever `answer` raises.
    """
    request = digest_request(model, paper, text.text, text.source)
    reply = answer(request)
    try:
        return _digest(_accepted(reply), text, model, reply.usage, now)
    except ReplyRejected as fault:
        second = answer(correction_request(request, reply.text, str(fault)))
    try:
        return _digest(_accepted(second), text, model, reply.usage + second.usage, now)
    except ReplyRejected as fault:
        raise NoDigest("模型的回答两次不合格式") from fault


def _accepted(reply: Reply) -> DigestReply:
    """Look at the stop reason before the text: a refusal or a cut answer may still look like JSON."""
    match reply.stop_reason:
        case "end_turn" | "stop_sequence":
            return parse_reply(reply.text)
        case "max_tokens":
            raise ReplyRejected("it was cut at the length limit; write less")
        case "refusal":
            raise NoDigest("模型拒绝解读这篇论文")
        case reason:
            raise NoDigest(f"模型没有完成回答（{reason or '未说明原因'}）")


def _digest(reply: DigestReply, text: FullText, model: str, usage: Usage, now: datetime) -> Digest:
    return Digest(
        translation=reply.translation,
        reading=reply.reading,
        provenance=Provenance(
            model=model,
            prompt_version=PROMPT_VERSION,
            language=LANGUAGE,
            source=text.source,
            source_note=text.note,
            truncated=is_too_long(text.text),
            generated_at=now,
            usage=usage,
        ),
    )
