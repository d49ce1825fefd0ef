"""The call to Claude: the only module that imports `anthropic`, whose import takes about a second."""

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


class Claude:
    """The Messages API behind `base_url`, one HTTP request a call: retrying is the queue's work."""

    def __init__(self, api_key: str, base_url: str, http_client: "httpx2.Client | None" = None) -> None:
        self._client = anthropic.Anthropic(
            api_key=api_key,
            base_url=base_url,
            max_retries=0,
            http_client=http_client,
            _strict_response_validation=True,
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
        return Reply(
            text="".join(block.text for block in message.content if block.type == "text"),
            stop_reason=message.stop_reason or "",
            usage=Usage(input_tokens=message.usage.input_tokens, output_tokens=message.usage.output_tokens),
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
        return ClaudeClosed(f"{said}：密钥或额度有问题，请检查")
    if status in _TRANSIENT or status >= _SERVER_ERRORS:
        return ClaudeUnavailable(said)
    return ClaudeRefusedRequest(f"{said}：{error.message}")


def _retry_after(headers: Mapping[str, str]) -> float:
    """Seconds to wait, as the server asks in `retry-after`."""
    try:
        return max(0.0, float(headers.get("retry-after", _DEFAULT_WAIT_SECONDS)))
    except ValueError:
        return _DEFAULT_WAIT_SECONDS
