"""As much of CSS as it takes to tell that a passage cannot be seen."""

import re
from collections.abc import Iterator, Mapping

Colour = tuple[int, int, int]
Declarations = Mapping[str, str]

_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_AT_BLOCK = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
"""Rules for print, dark themes and narrow windows."""
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_MAX_RULES = 500

_LENGTH = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+))\s*(px|pt|pc|em|rem|ex|ch|%|vw|vh|cm|mm|in)?")
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "cm": 37.8, "mm": 3.78, "in": 96.0, "vw": 12.8, "vh": 8.0}
_NORMAL_PIXELS = 16.0
_FAR_PIXELS = 1_000.0
_GONE = re.compile(
    r"(?:clip:rect\((?:0|1)(?:px)?[, ]|clip-path:(?:inset\((?:50|100)%|circle\(0)|transform:.*scale[xy3d]*\(0?\.?0*[,)]"
    r"|filter:.*opacity\(0(?:\.0\d*)?%?\))"
)
_NOT_SHOWN = {
    "display": {"none"},
    "visibility": {"hidden", "collapse"},
    "content-visibility": {"hidden"},
    "-webkit-text-fill-color": {"transparent"},
}
_SIDES = ("left", "right", "top", "bottom")
_NAMES: dict[str, Colour] = {
    "white": (255, 255, 255),
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "ghostwhite": (248, 248, 255),
    "floralwhite": (255, 250, 240),
    "whitesmoke": (245, 245, 245),
    "mintcream": (245, 255, 250),
    "azure": (240, 255, 255),
    "aliceblue": (240, 248, 255),
    "black": (0, 0, 0),
    "gray": (128, 128, 128),
    "grey": (128, 128, 128),
    "red": (255, 0, 0),
    "green": (0, 128, 0),
    "blue": (0, 0, 255),
    "yellow": (255, 255, 0),
}
_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_FUNCTION = re.compile(r"(rgba?|hsla?)\(([^()]*)\)")
_FAINT = 0.1


class Transparent(ValueError):
    """The colour is none."""


def declarations(style: str) -> dict[str, str]:
    """Of a style attribute or the body of a rule, in lower case."""
    pairs = (part.partition(":") for part in _COMMENT.sub("", style).lower().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, colon, value in pairs if colon}


def rules(sheet: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Selectors and their declarations; what holds for some states, media or themes is left out."""
    plain = _AT_BLOCK.sub("", _COMMENT.sub("", sheet))
    for number, (selectors, body) in enumerate(_RULE.findall(plain)):
        if number >= _MAX_RULES:
            return
        if ":" not in selectors:
            yield selectors.strip(), declarations(body)


def is_not_shown(style: Declarations) -> bool:
    """Whether the element takes all that it holds with it."""
    if any(style.get(name) in values for name, values in _NOT_SHOWN.items()):
        return True
    if _number(style.get("opacity", "1")) < _FAINT or _GONE.search(";".join(map(":".join, style.items()))):
        return True
    if any(_is_far(style.get(name, "")) for name in ("text-indent", "margin-left", "margin-top", "transform")):
        return True
    is_placed = style.get("position") in ("absolute", "fixed", "relative")
    return _is_cut_to_nothing(style) or (is_placed and any(_is_far(style.get(side, "")) for side in _SIDES))


def font_scale(style: Declarations, around: float) -> float:
    """The size of letters inside, 1 being normal, where it is `around` outside."""
    size = style.get("font-size", "")
    if not size and (found := re.search(r"(?:^|\s)([\d.]+\w*%?)(?:/|\s)", style.get("font", ""))):
        size = found[1]
    length = _LENGTH.fullmatch(size)
    if length is None:
        return around
    number, unit = float(length[1]), length[2] or ""
    if unit in ("em", "%", "ex", "ch"):
        return around * number / (100 if unit == "%" else 1)
    return number if unit == "rem" else number * _PIXELS[unit] / _NORMAL_PIXELS


def colour(text: str) -> Colour | None:
    """None when it is not known. Raises Transparent."""
    text = text.strip()
    if text == "transparent":
        raise Transparent
    if _HEX.fullmatch(text):
        return _of_hex(text[1:])
    if function := _FUNCTION.fullmatch(text):
        return _of_function(function[1], function[2])
    return _NAMES.get(text)


def _of_hex(digits: str) -> Colour:
    digits = "".join(digit * 2 for digit in digits) if len(digits) < 6 else digits  # noqa: PLR2004  # rrggbb
    red, green, blue, opacity = bytes.fromhex((digits + "ff")[:8])
    if opacity < 255 * _FAINT:
        raise Transparent
    return red, green, blue


def _of_function(name: str, arguments: str) -> Colour | None:
    values = _LENGTH.findall(arguments)
    if len(values) < 3:  # noqa: PLR2004  # three channels
        return None
    numbers = [float(number) / (100 if unit == "%" else 1) for number, unit in values]
    if len(numbers) > 3 and numbers[3] < _FAINT:  # noqa: PLR2004
        raise Transparent
    if name.startswith("hsl"):
        return (255, 255, 255) if numbers[2] > 0.88 else None  # noqa: PLR2004  # lightness
    scales = [255 if unit == "%" else 1 for _, unit in values]
    red, green, blue = (round(number * scale) for number, scale in zip(numbers[:3], scales[:3], strict=True))
    return red, green, blue


def _number(text: str) -> float:
    length = _LENGTH.fullmatch(text)
    return float(length[1]) / (100 if length[2] == "%" else 1) if length else 1.0


def _is_far(text: str) -> bool:
    """Off the screen to the left or above."""
    lengths = ((float(number), unit) for number, unit in _LENGTH.findall(text))
    return any(number * _PIXELS.get(unit, _NORMAL_PIXELS) <= -_FAR_PIXELS for number, unit in lengths if unit != "%")


def _is_cut_to_nothing(style: Declarations) -> bool:
    if not style.get("overflow", "").startswith(("hidden", "clip")):
        return False
    sizes = (_LENGTH.fullmatch(style.get(name, "")) for name in ("width", "height", "max-width", "max-height"))
    return any(size is not None and float(size[1]) * _PIXELS.get(size[2] or "", 1.0) <= 1 for size in sizes)
