"""What each kind of fault does to an answer."""

import re
from dataclasses import replace

from tests.simulation.api import error_feed
from tests.simulation.faults import MARK, Fault, FaultKind
from tests.simulation.wire import ATOM, HTML, Reply, Request

_FIXED = {
    FaultKind.OUTAGE: Reply(0, dropped=True),
    FaultKind.RATE_LIMITED: Reply(429, b"Rate exceeded."),
    FaultKind.UNAVAILABLE: Reply(503, b"<html><title>503 Service Unavailable</title></html>", HTML),
    FaultKind.OVERLOADED: Reply(503, b"<html><title>503 Service Unavailable</title></html>", HTML),
    FaultKind.FORBIDDEN: Reply(403, b"<html><title>403 Forbidden</title></html>", HTML),
    FaultKind.NOT_ACCEPTABLE: Reply(406),
    FaultKind.NOT_FOUND: Reply(404, b"<html><title>404 Not Found</title></html>", HTML),
    FaultKind.HTML_PAGE: Reply(
        200,
        b"<!DOCTYPE html><html><title>Automated Access Detected</title><p>Please verify you are human.</p></html>",
        HTML,
    ),
}
_FIRST_LISTED = re.compile(rb"<dt>.*?</dd>\n", re.DOTALL)
_ENTRY = re.compile(r"<entry>.*?</entry>", re.DOTALL)
_ID = re.compile(r"<id>.*?</id>")
_DATES = re.compile(r"<(published|updated)>.*?</\1>")


def instead(fault: Fault, request: Request) -> Reply | None:
    """The answer that a fault gives in place of arXiv's; None when arXiv answers."""
    reply = _FIXED.get(fault.kind)
    match fault.kind:
        case FaultKind.RATE_LIMITED | FaultKind.OVERLOADED if reply and fault.retry_after:
            reply = replace(reply, headers={"Retry-After": fault.retry_after})
        case FaultKind.ERROR_ENTRY:
            reply = Reply(200, error_feed("an error of the moment", "unknown_error", request.now, "http"), ATOM)
        case FaultKind.REDIRECT_AWAY:
            reply = Reply(302, headers={"Location": fault.location})
        case FaultKind.REDIRECT:
            query = f"{request.query}&{MARK}" if request.query else MARK
            reply = Reply(301, headers={"Location": f"{request.path}?{query}"})
    return reply


def changed(fault: Fault, reply: Reply) -> Reply:
    """What a fault makes of arXiv's answer."""
    half = len(reply.body) // 2
    match fault.kind:
        case FaultKind.NOT_ACCEPTABLE_WITH_BODY:
            reply = replace(reply, status=406)
        case FaultKind.EMPTY_BODY:
            reply = replace(reply, body=b"")
        case FaultKind.TRUNCATED:
            reply = replace(reply, body=reply.body[:half])
        case FaultKind.BROKEN_OFF:
            reply = replace(reply, sent_bytes=half)
        case FaultKind.DRIPPING:
            reply = replace(reply, drips=True)
        case FaultKind.FEWER_ENTRIES:
            reply = replace(reply, body=_FIRST_LISTED.sub(b"", reply.body, count=1))
        case FaultKind.ENTRY_WITHOUT_ID:
            reply = replace(reply, body=_without(reply.body, fault.paper_id, _ID))
        case FaultKind.ENTRY_WITHOUT_DATES:
            reply = replace(reply, body=_without(reply.body, fault.paper_id, _DATES))
    return reply


def _without(body: bytes, paper_id: str, elements: re.Pattern[str]) -> bytes:
    """An Atom document in which the paper's entry lacks these elements."""

    def harmed(entry: re.Match[str]) -> str:
        return elements.sub("", entry[0]) if f"{paper_id}v" in entry[0] else entry[0]

    return _ENTRY.sub(harmed, body.decode()).encode()
