"""What each kind of fault does to an answer."""

from dataclasses import replace

from tests.simulation.api import error_feed
from tests.simulation.faults import MARK, Fault, FaultKind
from tests.simulation.wire import ATOM, HTML, Reply, Request

_FIXED = {
    FaultKind.OUTAGE: Reply(0, dropped=True),
    FaultKind.RATE_LIMITED: Reply(429, b"Rate exceeded."),
    FaultKind.UNAVAILABLE: Reply(503, b"<html><title>503 Service Unavailable</title></html>", HTML),
    FaultKind.NOT_ACCEPTABLE: Reply(406),
    FaultKind.NOT_FOUND: Reply(404, b"<html><title>404 Not Found</title></html>", HTML),
    FaultKind.HTML_PAGE: Reply(
        200,
        b"<!DOCTYPE html><html><title>Automated Access Detected</title><p>Please verify you are human.</p></html>",
        HTML,
    ),
}


def instead(fault: Fault, request: Request) -> Reply | None:
    """The answer that a fault gives in place of arXiv's; None when arXiv answers."""
    reply = _FIXED.get(fault.kind)
    match fault.kind:
        case FaultKind.RATE_LIMITED if reply:
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
    match fault.kind:
        case FaultKind.NOT_ACCEPTABLE_WITH_BODY:
            return replace(reply, status=406)
        case FaultKind.EMPTY_BODY:
            return replace(reply, body=b"")
        case FaultKind.TRUNCATED:
            return replace(reply, body=reply.body[: len(reply.body) // 2])
        case FaultKind.BROKEN_OFF:
            return replace(reply, sent_bytes=len(reply.body) // 2)
        case _:
            return reply
