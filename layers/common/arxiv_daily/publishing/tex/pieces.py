"""A text as pieces: readable text, and the formulas between."""

import re
from dataclasses import dataclass

from arxiv_daily.publishing.tex.characters import fit_for_pages
from arxiv_daily.publishing.tex.delimiters import closing_dollar, is_formula
from arxiv_daily.publishing.tex.text import readable

_NEXT = re.compile(
    r"(?P<address>https?://(?:[^\s{}\\$\x80-\U0010ffff]|\\[_%#&~])+)"
    r"|\\verb(?P<quote>[|!+])(?P<verbatim>[^\n]*?)(?P=quote)"
    r"|(?P<opening>\$\$?|\\[(\[]|\\begin\s?\{(?P<name>(?:equation|align|alignat|gather|multline|eqnarray)\*?)\})"
    r"|\\.",
    re.DOTALL,
)
_SIGN = re.compile(r"[\\${}~`]")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_MARK = re.compile("\ufdd0(\\d+)\ufdd1")
"""Stands for what text mode must not touch; no text has these noncharacters any more."""
_LONGEST = 20_000
"""Characters of a formula; a delimiter that is closed later, or never, is text."""


@dataclass(frozen=True)
class Formula:
    written: str
    """As it stands in the text, with its delimiters."""
    latex: str
    """What stands between them; an environment keeps its \\begin and \\end."""
    display: bool


def pieces(text: str) -> list[str | Formula]:
    """In their order, one at least; what is no formula was made readable."""
    text = fit_for_pages(text)
    if not _may_hold_tex(text):
        return [text]
    marked, kept = _marked(text)
    parts = enumerate(_MARK.split(readable(marked)))
    return [kept[int(piece)] if place % 2 else piece for place, piece in parts]


def _may_hold_tex(text: str) -> bool:
    """Whether there is something that `readable` or `_NEXT` would look at; most texts have none of it."""
    return "--" in text or "http" in text or _SIGN.search(text) is not None


def _marked(text: str) -> tuple[str, list[str | Formula]]:
    """The text with a mark for each formula, address and verbatim passage, and these; equal ones have one mark."""
    parts: list[str] = []
    kept: dict[str | Formula, int] = {}
    start = place = 0
    while (found := _NEXT.search(text, place)) is not None:
        piece, place = _kept(text, found), found.end()
        if piece is not None:
            parts += [text[start : found.start()], f"\ufdd0{kept.setdefault(piece, len(kept))}\ufdd1"]
            start = place = found.start() + len(piece.written) if isinstance(piece, Formula) else place
    return "".join([*parts, text[start:]]), list(kept)


def _kept(text: str, found: re.Match[str]) -> str | Formula | None:
    if found["address"]:
        return re.sub(r"\\(.)", r"\1", found["address"])
    if found["quote"]:
        return found["verbatim"]
    return _formula(text, found) if found["opening"] else None


def _formula(text: str, found: re.Match[str]) -> Formula | None:
    """The formula that opens there, if one does: closed, within a paragraph, and no amount of money."""
    opening, start = found["opening"], found.end()
    closing = {"$": "$", "$$": "$$", "\\(": "\\)", "\\[": "\\]"}.get(opening, f"\\end{{{found['name']}}}")
    end = closing_dollar(text, start, _LONGEST) if opening == "$" else text.find(closing, start, start + _LONGEST)
    latex = text[start:end]
    if end < 0 or not latex.strip() or _BLANK_LINE.search(latex):
        return None
    behind = end + len(closing)
    if opening == "$" and not is_formula(latex, text[behind : behind + 1]):
        return None
    written = text[found.start() : behind]
    return Formula(written, (written if found["name"] else latex).strip(), opening not in ("$", "\\("))
