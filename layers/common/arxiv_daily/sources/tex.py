"""What is seen of a formula's TeX: no comments, no phantoms, nothing white."""

import re

from arxiv_daily.sources.extracted import LABEL

_COMMENT = re.compile(r"((?<!\\)(?:\\\\)*)%([^\n]*)(?:\n\s*|$)")
r"""LaTeXML breaks long formulas with an empty one; on one line it would comment out the rest. `\%` is a percent."""
_PHANTOM = re.compile(r"\\[hv]?phantom\s*(?=\{)")
_WHITE = re.compile(
    r"\{\s*\\color\s*(?:\[(?:rgb|RGB|gray|cmyk)\]\s*\{(?:1(?:\.0*)?,1(?:\.0*)?,1(?:\.0*)?|255,255,255|1(?:\.0*)?|0,0,0,0)\}"
    r"|(?:\[named\]\s*)?\{white\})|\\textcolor\s*(?:\{white\}|\[(?:rgb|gray)\]\s*\{1(?:,1,1)?\})\s*(?=\{)"
)


def visible_tex(tex: str) -> tuple[str, int]:
    """On one line, and how many passages were left out."""
    comments = [comment for _, comment in _COMMENT.findall(tex)]
    tex = _COMMENT.sub(r"\1", tex)
    tex, phantoms = _without(tex, _PHANTOM)
    tex, white = _without(tex, _WHITE)
    hidden = [passage for passage in (*comments, *phantoms, *white) if len(passage.strip()) > LABEL]
    return " ".join(tex.split()), len(hidden)


def _without(tex: str, opening: re.Pattern[str]) -> tuple[str, list[str]]:
    """Without each group that the pattern opens, or that follows it."""
    kept, removed, place = [], [], 0
    while (found := opening.search(tex, place)) is not None:
        kept.append(tex[place : found.start()])
        start = found.start() if tex[found.start()] == "{" else found.end()
        place = _end_of_group(tex, start)
        removed.append(tex[found.end() : place])
    return "".join([*kept, tex[place:]]), removed


def _end_of_group(tex: str, start: int) -> int:
    """Behind the brace that closes the one at `start`; the end where none does."""
    depth = 0
    for brace in re.finditer(r"\\.|[{}]", tex[start:], re.DOTALL):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if depth == 0 and brace[0] == "}":
            return start + brace.end()
    return len(tex)
