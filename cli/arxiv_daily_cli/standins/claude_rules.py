"""What the Messages API refuses before any model sees it (anthropic-version 2026-10-21)."""

import base64
import re
from collections.abc import Iterator
from typing import Any

ERROR_TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    429: "rate_limit_error",
    500: "api_error",
    529: "overloaded_error",
}
_MODEL = re.compile(r"(?:anthropic\.)?claude-[a-z0-9.-]+")
EFFORTS = ("low", "medium", "high", "xhigh", "max")


class Rejected(Exception):
    """A request that gets no answer from the model: the status and the reason."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status

    @property
    def body(self) -> dict[str, Any]:
        """The error as the API words it."""
        return {"type": "error", "error": {"type": ERROR_TYPES[self.status], "message": str(self)}}


def check_request(request: object) -> None:
    """Raises Rejected for the first thing that is wrong with a request's body: 400, or 404 for a model nobody has."""
    for problem in _problems(request):
        raise Rejected(400, problem)
    model = request["model"] if isinstance(request, dict) else ""
    if not is_model(model):
        raise Rejected(404, f"model: {model}")


def is_model(name: str) -> bool:
    """Whether it is a name of Claude's."""
    return bool(_MODEL.fullmatch(name))


def _problems(request: object) -> Iterator[str]:
    if not isinstance(request, dict):
        yield "the request body is not a JSON object"
        return
    yield from (f"{name}: Field required" for name in ("model", "max_tokens", "messages") if name not in request)
    yield from (
        f"{name}: sampling parameters are not supported by this model"
        for name in ("temperature", "top_p", "top_k")
        if name in request
    )
    if not isinstance(request["model"], str) or not request["model"]:
        yield "model: Input should be a valid string"
    if type(request["max_tokens"]) is not int or request["max_tokens"] < 1:
        yield "max_tokens: Input should be greater than or equal to 1"
    if request.get("stream"):
        yield "stream: this stand-in does not stream"
    yield from _message_problems(request["messages"])
    yield from _output_problems(request.get("output_config"))


def _message_problems(messages: object) -> Iterator[str]:
    if not isinstance(messages, list) or not messages:
        yield "messages: at least one message is required"
        return
    for index, message in enumerate(messages):
        if not isinstance(message, dict) or message.get("role") not in ("user", "assistant"):
            yield f"messages.{index}.role: Input should be 'user' or 'assistant'"
        else:
            yield from (f"messages.{index}.content{problem}" for problem in _content_problems(message.get("content")))
    if messages[0]["role"] != "user":
        yield "messages: first message must use the user role"
    if messages[-1]["role"] == "assistant":
        yield "messages: this model does not support assistant message prefill"


def _content_problems(content: object) -> Iterator[str]:
    if isinstance(content, str) and content.strip():
        return
    if not isinstance(content, list) or not content:
        yield ": Input should be a valid string or a list of blocks"
        return
    for index, block in enumerate(content):
        kind = block.get("type") if isinstance(block, dict) else None
        if kind == "document":
            yield from (f".{index}.document.source{problem}" for problem in _source_problems(block.get("source")))
        elif kind != "text" or not str(block.get("text") or "").strip():
            yield f".{index}: Input should be a text with something in it, or a document"


def _source_problems(source: object) -> Iterator[str]:
    if not isinstance(source, dict) or source.get("type") != "base64":
        yield ": Input should be of type 'base64'"
    elif source.get("media_type") != "application/pdf":
        yield ".base64.media_type: Input should be 'application/pdf'"
    else:
        try:
            data = base64.b64decode(source.get("data") or "", validate=True)
        except (ValueError, TypeError):
            data = b""
        if not data.startswith(b"%PDF"):
            yield ".base64.data: The PDF specified was not valid."


def _output_problems(config: object) -> Iterator[str]:
    if config is None:
        return
    if not isinstance(config, dict):
        yield "output_config: Input should be an object"
        return
    if config.get("effort") not in (None, *EFFORTS):
        yield f"output_config.effort: Input should be one of {', '.join(EFFORTS)}"
    form = config.get("format")
    if form is not None:
        yield from _format_problems(form)


def _format_problems(form: object) -> Iterator[str]:
    if not isinstance(form, dict) or form.get("type") != "json_schema":
        yield "output_config.format.type: Input should be 'json_schema'"
    elif not isinstance(form.get("schema"), dict):
        yield "output_config.format.schema: Input should be an object"
    elif not _is_closed(form["schema"]):
        yield "output_config.format.schema: for 'object' type, 'additionalProperties' must be set to false"


def _is_closed(schema: object) -> bool:
    """Every object in a schema must rule out properties that it does not name."""
    if isinstance(schema, list):
        return all(_is_closed(item) for item in schema)
    if not isinstance(schema, dict):
        return True
    if schema.get("type") == "object" and schema.get("additionalProperties") is not False:
        return False
    return all(_is_closed(value) for value in schema.values())
