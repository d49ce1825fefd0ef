"""The rules that tell instructions to language models, out of rules/instructions.toml."""

import re
import tomllib
from importlib import resources

_FILE = resources.files("arxiv_daily.digests") / "rules" / "instructions.toml"
_TABLE = tomllib.loads(_FILE.read_text(encoding="utf-8"))


def _pattern(pieces: list[str]) -> re.Pattern[str]:
    whole = "|".join(f"(?:{piece})" for piece in pieces)
    for name, words in _TABLE["words"].items():
        whole = whole.replace(f"{{{name}}}", f"(?:{'|'.join(words)})")
    return re.compile(whole.replace(" ", r"\s"), re.IGNORECASE)


RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, _pattern(pieces)) for kind, pieces in _TABLE["kinds"].items()
)
"""Each kind, in Chinese for readers, with what it looks like."""

QUOTED_IN_STUDIES_OF_MODELS = frozenset(_TABLE["quoted"])
"""Kinds that papers about language models print as examples of prompts."""
