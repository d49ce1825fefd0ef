"""The shape of Claude's answer, and what is accepted as one."""

import json
import re
from functools import cache

from pydantic import BaseModel, Field, ValidationError

from arxiv_daily.models import Claim, Part, PlainText, Reading

_FORMULA = re.compile(r"\$\$[^$\"]*\$\$|\$[^$\"]*\$")
_SINGLE_BACKSLASH = re.compile(
    r"(?<!\\)((?:\\\\)*)\\(?=[A-Za-z])(?!u[0-9a-fA-F]{4})"
    r"(?!n(?!(?:u|abla|eq?|i|ot(?:in)?|mid|ewline|olimits|onumber)(?![A-Za-z])))"
)
"""Before a letter, and no escape of JSON: an n opens a command of TeX or stands for the end of a line."""


class DigestReply(BaseModel):
    """What Claude is asked to return, as one JSON object; every text in it is plain text."""

    translation: PlainText = Field(
        min_length=1, description="The abstract in the language that is asked for, sentence by sentence."
    )
    background: Part = Field(description="What was wrong before: the background and the open problems.")
    method: Part = Field(description="How the paper's method mends it.")
    results: Part = Field(description="On which tasks, with which results.")
    claims: tuple[Claim, ...] = Field(
        description="Every result with a number, each with the sentence of the paper that states it; may be empty."
    )

    @property
    def reading(self) -> Reading:
        return Reading(background=self.background, method=self.method, results=self.results)


class ReplyRejected(ValueError):
    """The answer is not a digest; the message says what is wrong with it, for the model and for people."""


def parse_reply(text: str) -> DigestReply:
    """A digest out of JSON, in a fence or between sentences too; fields nobody asked for are ignored.

    Raises ReplyRejected with every fault found.
    """
    try:
        reply = DigestReply.model_validate_json(_first_object(_repaired(text)), extra="ignore")
    except ValidationError as error:
        raise ReplyRejected(_faults(error)) from error
    silent = [name for name in Reading.model_fields if _says_nothing(getattr(reply, name))]
    if silent:
        raise ReplyRejected(f"{', '.join(silent)}: has a point without text")
    return reply


def _repaired(text: str) -> str:
    r"""Double the single backslashes of formulas: `\beta` is valid JSON, and would become a control character."""
    return _FORMULA.sub(lambda formula: _SINGLE_BACKSLASH.sub(r"\1\\\\", formula[0]), text)


def _first_object(text: str) -> str:
    """The text from its first brace to the end of the object that begins there, or all of it."""
    start = text.find("{")
    if start < 0:
        return text
    try:
        _, end = json.JSONDecoder(strict=False).raw_decode(text, start)
    except (json.JSONDecodeError, RecursionError):
        return text[start:]
    return text[start:end]


def _says_nothing(part: Part) -> bool:
    without_text = any(not (point.text or point.points) for point in part.points)
    return without_text or any(not (sub.term or sub.text) for point in part.points for sub in point.points)


@cache
def reply_schema() -> str:
    """The JSON Schema of the answer, for servers that do not enforce it."""
    return json.dumps(DigestReply.model_json_schema(), ensure_ascii=False, separators=(",", ":"))


def _faults(error: ValidationError) -> str:
    return "; ".join(
        f"{'.'.join(map(str, fault['loc'])) or 'the answer'}: {fault['msg']}"
        for fault in error.errors(include_url=False, include_input=False)
    )
