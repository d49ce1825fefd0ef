"""What an HTTP status of a server that speaks the Messages API means for what has to happen next."""

import math
import re
from collections.abc import Mapping

from arxiv_daily.digests.errors import (
    ClaudeBusy,
    ClaudeClosed,
    ClaudeError,
    ClaudeFailed,
    ClaudeKeyRefused,
    ClaudeRefusedRequest,
    ClaudeTooLong,
)

_OVERLOADED = 529
_BUSY = {429, _OVERLOADED}
_BAD_REQUEST, _NO_CREDIT, _UNKNOWN_MODEL, _TOO_LARGE = 400, 402, 404, 413
_CLOSED: dict[int, tuple[type[ClaudeClosed], str]] = {
    401: (ClaudeKeyRefused, "Claude 的密钥无效"),
    _NO_CREDIT: (ClaudeClosed, "Claude 的额度已用尽"),
    403: (ClaudeClosed, "没有使用 Claude 的权限"),
}
_TRANSIENT = {408, 409}
_SERVER_ERRORS = 500
_DEFAULT_WAIT_SECONDS = 30.0
_LONGEST_WAIT_SECONDS = 3600.0
_SAYS_TOO_LONG = re.compile(r"too long|maximum context length|context window", re.IGNORECASE)
_SAYS_NO_CREDIT = re.compile(r"credit balance is too low", re.IGNORECASE)


def error_of(status: int, said: str, headers: Mapping[str, str], model: str) -> ClaudeError:
    """The error for a status of 400 or more. What the server said decides, and is never repeated: it may echo a key."""
    if status == _BAD_REQUEST and _SAYS_NO_CREDIT.search(said):
        status = _NO_CREDIT
    if status in _BUSY:
        return ClaudeBusy(f"Claude 回答 HTTP {status}", _retry_after(headers))
    if status in _CLOSED:
        kind, what = _CLOSED[status]
        return kind(f"{what}（HTTP {status}），解读服务暂时不可用")
    if status in _TRANSIENT or status >= _SERVER_ERRORS:
        return ClaudeFailed(f"Claude 回答 HTTP {status}")
    return _refused(status, said, model)


def _refused(status: int, said: str, model: str) -> ClaudeRefusedRequest:
    if status == _TOO_LARGE or (status == _BAD_REQUEST and _SAYS_TOO_LONG.search(said)):
        return ClaudeTooLong(f"这篇论文超出了模型的长度上限（HTTP {status}）")
    if status == _UNKNOWN_MODEL:
        return ClaudeRefusedRequest(f"Claude 没有模型 {model}（HTTP {status}）")
    return ClaudeRefusedRequest(f"Claude 回答 HTTP {status}，不接受这篇论文的请求")


def _retry_after(headers: Mapping[str, str]) -> float:
    """Seconds to wait, as the server asks in `retry-after`, an hour at most."""
    try:
        asked = float(headers.get("retry-after", _DEFAULT_WAIT_SECONDS))
    except ValueError:
        return _DEFAULT_WAIT_SECONDS
    return min(max(0.0, asked), _LONGEST_WAIT_SECONDS) if math.isfinite(asked) else _DEFAULT_WAIT_SECONDS
