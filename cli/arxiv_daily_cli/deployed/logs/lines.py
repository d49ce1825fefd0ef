"""A line of a function's log: what Lambda or the product wrote, and what of it is worth reading."""

import json
import re
from datetime import UTC, datetime
from typing import Any

from arxiv_daily.models import Value

_FRAME = {
    *("level", "location", "message", "timestamp", "service", "cold_start", "sampling_rate"),
    *("xray_trace_id", "exception", "exception_name", "exception_notes", "stack_trace"),
}
"""Fields of every line that say nothing of its paper; those that begin with function_ belong to them."""
_REQUEST = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")


class Line(Value):
    at: datetime
    function: str
    """fetch, summarize, on_demand, aggregate, notify."""
    text: str
    """As it was written."""

    @property
    def fields(self) -> dict[str, Any] | None:
        """What the product logged; None for a line of Lambda's own, and for figures in the embedded format."""
        try:
            found = json.loads(self.text)
        except ValueError:
            return None
        return found if isinstance(found, dict) and "_aws" not in found else None

    @property
    def level(self) -> str:
        return str((self.fields or {}).get("level", "ERROR"))

    @property
    def message(self) -> str:
        return str(self.fields.get("message")) if self.fields else self.text.strip()

    @property
    def key_fields(self) -> dict[str, Any]:
        fields = self.fields or {}
        return {name: value for name, value in fields.items() if not _is_frame(name) and value is not None}

    @property
    def failure(self) -> str:
        """The error that it tells of, with its name; empty where there is none."""
        trace = (self.fields or {}).get("stack_trace")
        return f"{trace.get('type')}: {trace.get('value')}" if isinstance(trace, dict) else ""

    @property
    def requests(self) -> set[str]:
        """The ids of the runs of a function that it names."""
        return set(_REQUEST.findall(str((self.fields or {}).get("function_request_id") or self.text)))

    def names(self, what: str) -> bool:
        """Whether it is about a paper's id or an edition's date: in what it says, not in when it was written."""
        fields = self.fields
        if fields is None:
            return False
        said = [self.message, self.failure, json.dumps(self.key_fields, ensure_ascii=False)]
        return bool(re.search(rf"(?<![\w.]){re.escape(what)}(?!\d)", "\n".join(said)))


def line(function: str, milliseconds: int, text: str) -> Line:
    return Line(at=_written(text) or datetime.fromtimestamp(milliseconds / 1000, UTC), function=function, text=text)


def _written(text: str) -> datetime | None:
    """When the product wrote it, which is finer than when the log received it."""
    try:
        return datetime.fromisoformat(json.loads(text)["timestamp"])
    except (ValueError, KeyError, TypeError):
        return None


def _is_frame(name: str) -> bool:
    return name in _FRAME or name.startswith("function_")
