"""Words that a digest may use only where its paper gives ground for them, out of rules/*.toml."""

import re
import tomllib
from importlib import resources

Rule = tuple[re.Pattern[str], re.Pattern[str] | None]
"""What a digest tells, and what a paper says that is a ground for it; None where nothing is."""


def rules(name: str, before: str = "") -> tuple[Rule, ...]:
    """The rules of a file; `before` is what must not be in front of what is told (a look-behind)."""
    file = resources.files("arxiv_daily.digests") / "rules" / f"{name}.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return tuple(
        (re.compile(f"{before}(?:{'|'.join(one['told'])})", re.IGNORECASE), _any_of(one["ground"]))
        for one in table["rule"]
    )


def ungrounded(rules: tuple[Rule, ...], text: str, source: str) -> str:
    """The first such word of the text for which the source gives no ground, nor has it itself; empty if none."""
    for told, ground in rules:
        match = told.search(text)
        if match and not (ground and (match[0] in source or ground.search(source))):
            return match[0]
    return ""


def _any_of(pieces: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(pieces), re.IGNORECASE) if pieces else None
