"""The rules that tell instructions to models, out of rules/instructions.toml; read when they are first asked."""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each kind, in Chinese for readers, with what it looks like."""
    return tuple((kind, _pattern(pieces)) for kind, pieces in _table()["kinds"].items())


@cache
def quoted_in_studies_of_models() -> frozenset[str]:
    """Kinds that papers about language models print as examples of prompts."""
    return frozenset(_table()["quoted"])


@cache
def _table() -> dict[str, Any]:
    file = resources.files("arxiv_daily.digests") / "rules" / "instructions.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _pattern(pieces: list[str]) -> re.Pattern[str]:
    whole = "|".join(f"(?:{piece})" for piece in pieces)
    for name, words in _table()["words"].items():
        whole = whole.replace(f"{{{name}}}", f"(?:{'|'.join(words)})")
    return re.compile(whole.replace(" ", r"\s"), re.IGNORECASE)
