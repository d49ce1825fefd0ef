"""The call to Claude: the only module that imports `anthropic`, whose import takes about a second."""

from functools import cache
from typing import TYPE_CHECKING, Any, cast

import anthropic
from anthropic.types import MessageParam, OutputConfigParam

from arxiv_daily.digests.errors import ClaudeClosed, ClaudeError, ClaudeUnavailable
from arxiv_daily.digests.http_errors import error_of
from arxiv_daily.digests.prompt import Message, Request
from arxiv_daily.digests.schema import DigestReply
from arxiv_daily.models import Reply, Usage

if TYPE_CHECKING:
    import httpx2

ANTHROPIC_URL = "https://api.anthropic.com"

_INPUT_TOKENS = ("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens")

Client = anthropic.Anthropic | anthropic.AnthropicBedrockMantle
"""AnthropicAWS is an Anthropic."""


class Claude:
    """The Messages API behind a client of the SDK that makes no retries: they are the queue's work."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._output_configs: dict[str, OutputConfigParam] = {}

    def ask(self, request: Request, timeout: float) -> Reply:
        """The answer as it came; `timeout` in seconds.

        Raises ClaudeBusy, ClaudeUnavailable, ClaudeClosed or ClaudeRefusedRequest. The SDK's own error is not in
        their chain: it holds the request with its key, and what the server said of it.
        """
        try:
            return _reply(self._create(request, timeout))
        except (anthropic.APIError, RuntimeError, ValueError, TypeError) as error:
            failure = _failure(error, request.model)
        raise failure

    def _create(self, request: Request, timeout: float) -> object:
        """A server that refuses the wish for a schema is asked without it: the prompt holds the schema too."""
        wish = self._output_configs.setdefault(request.model, _output_config())
        try:
            return self._client.messages.create(
                model=request.model,
                max_tokens=request.max_tokens,
                system=request.system,
                messages=_messages(request),
                output_config=wish or anthropic.omit,
                timeout=timeout,
            )
        except anthropic.BadRequestError as error:
            if not wish or "output_config" not in str(error):
                raise
            self._output_configs[request.model] = _smaller(wish, str(error))
        return self._create(request, timeout)


def with_key(api_key: str, base_url: str = "", http_client: "httpx2.Client | None" = None) -> Claude:
    """Anthropic's API, or another server that speaks it at `base_url`."""
    url = base_url or ANTHROPIC_URL
    return Claude(anthropic.Anthropic(api_key=api_key, base_url=url, max_retries=0, http_client=http_client))


def on_aws(workspace_id: str, base_url: str = "", http_client: "httpx2.Client | None" = None) -> Claude:
    """Claude Platform on AWS, with the environment's region and credentials.

    Raises ClaudeClosed where there is no region.
    """
    try:
        client = anthropic.AnthropicAWS(
            workspace_id=workspace_id, base_url=base_url or None, max_retries=0, http_client=http_client
        )
    except anthropic.AnthropicError as error:
        raise ClaudeClosed("Claude Platform on AWS 的设置不完整，解读服务暂时不可用") from error
    return Claude(client)


def on_bedrock(base_url: str = "", http_client: "httpx2.Client | None" = None) -> Claude:
    """The Messages API of Amazon Bedrock, with the environment's region and credentials.

    Raises ClaudeClosed where there is no region.
    """
    try:
        client = anthropic.AnthropicBedrockMantle(base_url=base_url or None, max_retries=0, http_client=http_client)
    except anthropic.AnthropicError as error:
        raise ClaudeClosed("Amazon Bedrock 的设置不完整，解读服务暂时不可用") from error
    return Claude(client)


def _messages(request: Request) -> list[MessageParam]:
    turns: list[dict[str, Any]] = [turn.model_dump() for turn in request.messages]
    if request.pdf:
        turns[0]["content"] = _with_pdf(request.messages[0], request.pdf)
    return cast("list[MessageParam]", turns)


def _with_pdf(message: Message, pdf: str) -> list[dict[str, object]]:
    source = {"type": "base64", "media_type": "application/pdf", "data": pdf}
    return [{"type": "document", "source": source}, {"type": "text", "text": message.content}]


@cache
def _output_config() -> OutputConfigParam:
    schema = cast("dict[str, object]", anthropic.transform_schema(DigestReply))
    return {"format": {"type": "json_schema", "schema": schema}, "effort": "medium"}


def _smaller(wish: OutputConfigParam, said: str) -> OutputConfigParam:
    """What is left of a wish of which the server refused a part: the effort, or nothing."""
    return {"effort": wish["effort"]} if "format" in wish and "output_config.format" in said else {}


def _reply(message: object) -> Reply:
    """Take what is there: an answer was paid for, whatever is new in it. The SDK hands a page on as text."""
    if not isinstance(message, anthropic.types.Message) or not isinstance(message.content, list):
        raise ClaudeUnavailable("Claude 没有给出可用的回答")
    usage = message.usage
    return Reply(
        text="".join(block.text for block in message.content if block.type == "text"),
        stop_reason=message.stop_reason or "",
        usage=Usage(
            input_tokens=sum(getattr(usage, name, None) or 0 for name in _INPUT_TOKENS),
            output_tokens=getattr(usage, "output_tokens", None) or 0,
        ),
    )


def _failure(error: Exception, model: str) -> ClaudeError:
    if isinstance(error, anthropic.APIStatusError):
        failure = error_of(error.status_code, error.message, error.response.headers, model)
        failure.add_note(f"request {error.request_id or 'without an id'} to {model}")
        return failure
    if isinstance(error, anthropic.APIError):
        return ClaudeUnavailable(f"Claude 没有给出可用的回答（{type(error).__name__}）")
    if type(error) is RuntimeError:  # the SDK, where it finds no credentials; not its subclasses
        return ClaudeClosed("没有 AWS 的凭证，解读服务暂时不可用")
    return ClaudeUnavailable(f"Claude 的回答无法读取（{type(error).__name__}）")
