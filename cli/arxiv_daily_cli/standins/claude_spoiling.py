"""What moods do to the text of an answer, which is a reply as JSON."""

import json
import re
from typing import Any

_LAST_DIGIT = re.compile(r"\d(?![\d.,]*\d)")


def half(text: str) -> str:
    """It breaks off in the middle."""
    return text[: len(text) // 2]


def nonsense(_: str) -> str:
    """It is not the JSON that was asked for."""
    return "Here is what I think of the paper: it is a fine paper."


def fenced(text: str) -> str:
    """The JSON stands in a Markdown fence."""
    return f"```json\n{text}\n```"


def prose_around(text: str) -> str:
    """Sentences stand before and after the JSON."""
    return f"Here is the digest that you asked for.\n\n{text}\n\nLet me know if you would like anything changed."


def latex_broken(text: str) -> str:
    """The backslashes of formulas are not doubled."""
    return text.replace("\\\\", "\\")


def wrong_numbers(text: str) -> str:
    """A digit of the translation is another one; a translation without numbers gets one."""
    reply = json.loads(text)
    translation = reply["translation"]
    digit = _LAST_DIGIT.search(translation)
    if digit is None:
        return _json(reply | {"translation": f"{translation}共有 97 项。"})
    other = str((int(digit[0]) + 1) % 10)
    return _json(reply | {"translation": f"{translation[: digit.start()]}{other}{translation[digit.end() :]}"})


def invented_result(text: str) -> str:
    """A result, and a claim for it, of which the paper does not speak."""
    reply = json.loads(text)
    results = reply["results"]
    point = {"term": "虚构的结果", "text": "在虚构语料上的错误率为 0.123%。", "points": []}
    claim = {
        "task": "",
        "dataset": "",
        "metric": "error rate",
        "value": "0.123%",
        "quote": "On a corpus that this paper never mentions, the error rate is 0.123%.",
    }
    results = results | {"points": [*results["points"], point]}
    return _json(reply | {"results": results, "claims": [*reply.get("claims", []), claim]})


def english_left(text: str) -> str:
    """The translation begins with a sentence that was left in English."""
    reply = json.loads(text)
    left = "In this paper we present a method that was never translated into the language of the reader at all. "
    return _json(reply | {"translation": left + reply["translation"]})


def _json(reply: dict[str, Any]) -> str:
    return json.dumps(reply, ensure_ascii=False)
