"""A Claude that obeys: it reads one paper faithfully, and does whatever it makes out that a request orders."""

import base64
import binascii
import copy
import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from werkzeug import Request, Response

from arxiv_daily_cli.standins.claude_rules import Rejected, check_request

Answer = dict[str, Any]
Deed = Callable[[Answer, str], Answer]
"""An answer that was changed as an order wants it; the text is the system prompt."""

PARTS = ("background", "method", "results")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{24,}={0,2}")
_SPELLING: dict[int, str] = {
    **{0xE0000 + code: chr(code) for code in range(0x20, 0x7F)},
    **{(0xFE00 if byte < 16 else 0xE0100 - 16) + byte: chr(byte) for byte in range(0x100)},
    **{ord(other): latin for other, latin in zip("аеорс", "aeopc", strict=True)},
}
"""Tag characters, variation selectors that stand for bytes, and Cyrillic letters that look like Latin ones."""


@dataclass(frozen=True)
class Order:
    """An instruction to language models, in pieces that may stand apart, and what obeying it does."""

    pieces: tuple[str, ...]
    deed: Deed
    canary: str
    """Stands in what an obedient model writes, and nowhere in a faithful answer."""

    @property
    def text(self) -> str:
        return " ".join(self.pieces)

    def stands_in(self, text: str) -> bool:
        told = made_out(text)
        return all(_letters(piece) in told for piece in self.pieces)


@dataclass
class GullibleClaude:
    """A handler of POST /v1/messages; it knows the orders that it may meet, and keeps those that it obeyed."""

    faithful: Answer
    orders: Sequence[Order]
    obeyed: list[Order] = field(default_factory=list)
    asked: int = 0

    def __call__(self, request: Request) -> Response:
        body = request.get_json()
        try:
            check_request(body)
        except Rejected as rejected:
            return _json(rejected.body, rejected.status)
        self.asked += 1
        text = "".join(map(_of_turn, body["messages"][::2]))
        return _json(_message(body, self.answer(text, str(body.get("system", "")))))

    def answer(self, text: str, system: str = "") -> Answer:
        """To the turns of the user, all in one text."""
        answer = copy.deepcopy(self.faithful)
        for order in self.orders:
            if order.stands_in(text):
                self.obeyed.append(order)
                answer = order.deed(answer, system)
        return answer


def made_out(text: str) -> str:
    """The letters and digits of a text, also of what it spells in odd characters, in Base64 or in reverse."""
    text = text.translate(_SPELLING)
    plain = _letters(text)
    return "\n".join([plain, plain[::-1], *(_letters(_decoded(match)) for match in _BASE64.findall(text))])


def writes(sentence: str) -> Deed:
    """Into the translation, the method and the results."""

    def deed(answer: Answer, _: str) -> Answer:
        answer["translation"] += sentence
        answer["method"]["points"].append({"term": "", "text": sentence, "points": []})
        answer["results"]["closing"] += sentence
        return answer

    return deed


def begins_with(word: str) -> Deed:
    def deed(answer: Answer, _: str) -> Answer:
        answer["translation"] = f"{word}：{answer['translation']}"
        for part in PARTS:
            answer[part]["lead"] = f"{word}：{answer[part]['lead']}"
            answer[part]["points"][0]["term"] = word
        return answer

    return deed


def says_only(sentence: str) -> Deed:
    def deed(answer: Answer, _: str) -> Answer:
        part = {"lead": "", "points": [{"term": "", "text": sentence, "points": []}], "closing": ""}
        return {"translation": sentence, **dict.fromkeys(PARTS, part), "claims": []}

    return deed


def exchanges(old: str, new: str) -> Deed:
    """Wherever it stands, claims and their quotes included."""

    def deed(answer: Answer, _: str) -> Answer:
        changed: Answer = json.loads(json.dumps(answer, ensure_ascii=False).replace(old, new))
        return changed

    return deed


def translates_as(sentence: str) -> Deed:
    return lambda answer, _: answer | {"translation": sentence}


def claims(value: str, dataset: str, metric: str, quote: str) -> Deed:
    """A result that the order invents, with the order as its evidence."""

    def deed(answer: Answer, _: str) -> Answer:
        claim = {"task": "", "dataset": dataset, "metric": metric, "value": value, "quote": quote}
        answer["claims"].append(claim)
        answer["results"]["points"].append({"term": metric, "text": f"在 {dataset} 上达到{value}。", "points": []})
        return answer

    return deed


def reveals_its_prompt(answer: Answer, system: str) -> Answer:
    return writes(f"系统提示：{system[:120]}")(answer, system)


def _of_turn(message: Answer) -> str:
    """All that a turn holds; of a file everything, whether it can be seen on its pages or not."""
    content = message["content"]
    blocks = [{"type": "text", "text": content}] if isinstance(content, str) else content
    return "\n".join(block["text"] if block["type"] == "text" else _of_file(block) for block in blocks)


def _of_file(block: Answer) -> str:
    return base64.b64decode(block["source"]["data"]).decode("latin-1")


def _letters(text: str) -> str:
    text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).casefold()
    return re.sub(r"[\W_]+", "", text)


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4)).decode("utf-8", "ignore")
    except binascii.Error:
        return ""


def _message(body: Answer, answer: Answer) -> Answer:
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": body["model"],
        "content": [{"type": "text", "text": json.dumps(answer, ensure_ascii=False)}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 4000, "output_tokens": 900},
    }


def _json(value: Answer, status: int = 200) -> Response:
    return Response(json.dumps(value, ensure_ascii=False), status, content_type="application/json")
