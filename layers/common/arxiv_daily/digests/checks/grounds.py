"""Words that a digest may use only where its paper gives ground for them, out of rules/*.toml."""

import re
import tomllib
from dataclasses import dataclass
from importlib import resources

Rule = tuple[re.Pattern[str], re.Pattern[str] | None]
"""What a digest tells, and what a paper says that is a ground for it; None where nothing is."""


@dataclass(frozen=True)
class Rules:
    each: tuple[Rule, ...]
    any_told: re.Pattern[str]
    """What any of them is about: most sentences hold nothing of it, and need not be looked through for each."""


def rules(name: str, before: str = "") -> Rules:
    """The rules of a file; `before` is what must not be in front of what is told (a look-behind)."""
    file = resources.files("arxiv_daily.digests") / "rules" / f"{name}.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    told = ["|".join(one["told"]) for one in table["rule"]]
    each = tuple(
        (re.compile(f"{before}(?:{words})", re.IGNORECASE), _any_of(one["ground"]))
        for words, one in zip(told, table["rule"], strict=True)
    )
    return Rules(each, re.compile("|".join(told), re.IGNORECASE))


def ungrounded(rules: Rules, text: str, source: str) -> str:
    """The first such word of the text for which the source gives no ground, nor has it itself; empty if none."""
    if not rules.any_told.search(text):
        return ""
    for told, ground in rules.each:
        match = told.search(text)
        if match and not (ground and (match[0] in source or ground.search(source))):
            return match[0]
    return ""


def _any_of(pieces: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(pieces), re.IGNORECASE) if pieces else None
