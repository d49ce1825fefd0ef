"""Text of an HTML page that no reader sees: not shown, in its background's colour, tiny or off the screen."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from arxiv_daily.sources import css
from arxiv_daily.sources.extracted import LABEL
from arxiv_daily.sources.tex import visible_tex

_ALIKE = 32
"""Of 256 shades in each of red, green and blue."""
_TINIEST = 0.12
"""Of the normal size; LaTeXML's smallest, scripts in \\tiny, is a third."""


_REMEMBERED = 512
"""Looks and styles: most of a page is in a few of them."""


class _Look(NamedTuple):
    """How text looks somewhere; None stands for a colour that is not known, or of which there are several."""

    colour: css.Colour | None = (0, 0, 0)
    background: css.Colour | None = (255, 255, 255)
    scale: float = 1.0
    is_transparent: bool = False


@lru_cache(maxsize=_REMEMBERED)
def _is_invisible(look: _Look) -> bool:
    return look.is_transparent or look.scale < _TINIEST or _is_like_its_background(look)


def _is_like_its_background(look: _Look) -> bool:
    if look.colour is None or look.background is None:
        return False
    return all(abs(a - b) < _ALIKE for a, b in zip(look.colour, look.background, strict=True))


@lru_cache(maxsize=_REMEMBERED)
def _is_not_shown(style: tuple[tuple[str, str], ...]) -> bool:
    return css.is_not_shown(dict(style))


def remove_hidden(article: LexborNode, page: LexborHTMLParser, is_dropped: Callable[[LexborNode], bool]) -> int:
    """Take it out of the tree and count the passages; what `is_dropped` is no text of the paper, and is passed over."""
    sweep = _Sweep(_styles_of_sheets(page), is_dropped)
    sweep.visit(article, _Look())
    return sweep.passages


class _Sweep:
    def __init__(self, sheets: dict[int, dict[str, str]], is_dropped: Callable[[LexborNode], bool]) -> None:
        self.passages = 0
        self._sheets = sheets
        self._is_dropped = is_dropped

    def visit(self, node: LexborNode, look: _Look) -> None:
        for child in list(node.iter(include_text=True)):
            if child.is_text_node:
                if _is_invisible(look):
                    self._remove(child)
            elif child.is_element_node and not self._is_dropped(child):
                self._visit_element(child, look)

    def _visit_element(self, node: LexborNode, look: _Look) -> None:
        style = self._style(node)
        if _is_marked_hidden(node) or (style and _is_not_shown(tuple(style.items()))):
            self._remove(node)
            return
        look = _changed(look, style) if style else look
        if node.tag not in ("math", "img"):
            self.visit(node, look)
        elif _is_invisible(look):
            self._remove(node)
        else:
            self._clean_formula(node)

    def _clean_formula(self, node: LexborNode) -> None:
        for name in ("alttext", "alt"):
            if tex := node.attributes.get(name):
                node.attrs[name], passages = visible_tex(tex)
                self.passages += passages
                return
        annotation = node.css_first("annotation")
        self.passages += visible_tex(annotation.text())[1] if annotation else 0

    def _style(self, node: LexborNode) -> dict[str, str]:
        attributes = node.attributes
        style = dict(self._sheets.get(node.mem_id, {})) if self._sheets else {}
        for attribute, name in (("color", "color"), ("mathcolor", "color"), ("bgcolor", "background-color")):
            if attribute in attributes:
                style[name] = (attributes[attribute] or "").lower()
        if "style" in attributes:
            style.update(css.declarations(attributes["style"] or ""))
        return style

    def _remove(self, node: LexborNode) -> None:
        text = (node.text() or "") + (node.attributes.get("alttext") or "" if node.is_element_node else "")
        self.passages += len(text.strip()) > LABEL
        node.decompose()


def _styles_of_sheets(page: LexborHTMLParser) -> dict[int, dict[str, str]]:
    """What the page's own style sheets say of an element, by its `mem_id`; notes are shown when asked for."""
    styles: dict[int, dict[str, str]] = {}
    for sheet in page.css("style"):
        for selectors, declared in css.rules(sheet.text()):
            for node in _selected(page, selectors):
                if "ltx_note" not in (node.attributes.get("class") or ""):
                    styles.setdefault(node.mem_id, {}).update(declared)
    return styles


def _selected(page: LexborHTMLParser, selectors: str) -> list[LexborNode]:
    try:
        return page.css(selectors)
    except (SelectolaxError, ValueError):
        return []


def _is_marked_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or (attributes.get("aria-hidden") == "true" and node.tag != "math")


def _changed(look: _Look, style: dict[str, str]) -> _Look:
    scale = css.font_scale(style, look.scale)
    look = look._replace(scale=scale)
    if "color" in style:
        try:
            look = look._replace(colour=css.colour(style["color"]), is_transparent=False)
        except css.Transparent:
            look = look._replace(is_transparent=True)
    ground = style.get("background-color") or style.get("background")
    return look._replace(background=_ground(ground, look.background)) if ground else look


def _ground(text: str, around: css.Colour | None) -> css.Colour | None:
    try:
        return css.colour(text)
    except css.Transparent:
        return around
