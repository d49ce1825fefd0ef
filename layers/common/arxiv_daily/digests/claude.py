"""The call to Claude: the only module that imports `anthropic`, whose import takes about a second."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

import anthropic
from anthropic.types import MessageParam, OutputConfigParam

from arxiv_daily.digests.errors import ClaudeBusy, ClaudeClosed, ClaudeRefusedRequest, ClaudeUnavailable
from arxiv_daily.digests.prompt import Request
from arxiv_daily.digests.schema import DigestReply
from arxiv_daily.models import Reply, Usage

if TYPE_CHECKING:
    import httpx2

_OVERLOADED = 529
_BUSY = {429, _OVERLOADED}
_CLOSED = {401, 402, 403}
_TRANSIENT = {408, 409}
_SERVER_ERRORS = 500
_DEFAULT_WAIT_SECONDS = 30.0
_LONGEST_WAIT_SECONDS = 3600.0


class Claude:
    """The Messages API behind `base_url`, one HTTP request a call: retrying is the queue's work."""

    def __init__(self, api_key: str, base_url: str, http_client: "httpx2.Client | None" = None) -> None:
        self._client = anthropic.Anthropic(
            api_key=api_key,
            base_url=base_url,
            max_retries=0,
            http_client=http_client,
        )

    def ask(self, request: Request, timeout: float) -> Reply:
        """The answer as it came; `timeout` in seconds.

        Raises ClaudeBusy, ClaudeUnavailable, ClaudeClosed or ClaudeRefusedRequest.
        """
        try:
            message = self._client.messages.create(
                model=request.model,
                max_tokens=request.max_tokens,
                system=request.system,
                messages=cast("list[MessageParam]", [turn.model_dump() for turn in request.messages]),
                output_config=_output_config(),
                timeout=timeout,
            )
        except anthropic.APIStatusError as error:
            raise _domain_error(error) from error
        except anthropic.APIError as error:
            raise ClaudeUnavailable(f"Claude 没有给出可用的回答（{type(error).__name__}）") from error
        return _reply(message)


def _reply(message: object) -> Reply:
    """Take what is there: an answer was paid for, whatever is new in it. The SDK hands a page on as text."""
    if not isinstance(message, anthropic.types.Message) or not isinstance(message.content, list):
        raise ClaudeUnavailable("Claude 没有给出可用的回答")
    usage = message.usage
    return Reply(
        text="".join(block.text for block in message.content if block.type == "text"),
        stop_reason=message.stop_reason or "",
        usage=Usage(
            input_tokens=getattr(usage, "input_tokens", None) or 0,
            output_tokens=getattr(usage, "output_tokens", None) or 0,
        ),
    )


def _output_config() -> OutputConfigParam:
    schema = cast("dict[str, object]", anthropic.transform_schema(DigestReply))
    return {"format": {"type": "json_schema", "schema": schema}, "effort": "medium"}


def _domain_error(error: anthropic.APIStatusError) -> Exception:
    status = error.status_code
    said = f"Claude 回答 HTTP {status}"
    if status in _BUSY:
        return ClaudeBusy(said, _retry_after(error.response.headers))
    if status in _CLOSED:
        return ClaudeClosed(f"{said}，解读服务暂时不可用")
    if status in _TRANSIENT or status >= _SERVER_ERRORS:
        return ClaudeUnavailable(said)
    return ClaudeRefusedRequest(f"{said}，不接受这篇论文的请求")


def _retry_after(headers: Mapping[str, str]) -> float:
    """Seconds to wait, as the server asks in `retry-after`, an hour at most."""
    try:
        asked = float(headers.get("retry-after", _DEFAULT_WAIT_SECONDS))
    except ValueError:
        return _DEFAULT_WAIT_SECONDS
    return min(max(0.0, asked), _LONGEST_WAIT_SECONDS) if math.isfinite(asked) else _DEFAULT_WAIT_SECONDS
