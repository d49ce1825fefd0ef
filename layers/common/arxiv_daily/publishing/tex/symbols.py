"""Signs and letters that TeX's text mode has names for."""

import re

_LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
}  # fmt: skip
_SIGNS = {
    "copyright": "©", "textcopyright": "©", "textregistered": "®", "texttrademark": "™", "S": "§", "P": "¶",
    "dag": "†", "ddag": "‡", "pounds": "£", "euro": "€", "deg": "°", "degree": "°", "textdegree": "°",
    "textendash": "–", "textemdash": "—", "textellipsis": "…", "ldots": "…", "dots": "…", "textbullet": "•",
    "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”",
    "textasciitilde": "~", "textasciicircum": "^", "textbackslash": "\\", "textunderscore": "_", "textbar": "|",
    "textless": "<", "textgreater": ">", "textmu": "µ", "LaTeX": "LaTeX", "TeX": "TeX", "slash": "/",
    "quad": " ", "qquad": " ",
}  # fmt: skip
_LETTER = re.compile(rf"\\({'|'.join(_LETTERS)})(?:\{{\}}|\s(?=[^\W\d_])|(?![A-Za-z{{]))")
_COMMAND = re.compile(r"\\([A-Za-z]+)(?:\{\}|(?!\s?\{))")
_SPLIT_BY_ARXIV = re.compile(r"\\([A-Za-z])\{([A-Za-z]{2,})\}")
r"""arXiv took `\copyright` and `\rho` for accents, and shows them as `\c{opyright}` and `\r{ho}`."""
_SINGLE_SIGN = re.compile("[\u00a1-\u03ff\u2010-\u2bff]")


def with_symbols(text: str) -> str:
    """`\\ss`, `\\textendash`, `{\\deg}`, and mathematical signs outside of formulas: `7\\times`."""
    text = _SPLIT_BY_ARXIV.sub(lambda found: _sign(found[1] + found[2]) or found[0], text)
    text = _LETTER.sub(lambda found: _LETTERS[found[1]], text)
    return _COMMAND.sub(lambda found: _sign(found[1]) or found[0], text)


def _sign(name: str) -> str | None:
    if name in _SIGNS:
        return _SIGNS[name]
    from latex2mathml.symbols_parser import convert_symbol  # noqa: PLC0415  # a tenth of a second, for few texts

    code = convert_symbol(f"\\{name}")
    sign = chr(int(code, 16)) if code and code.isalnum() else ""
    return sign if _SINGLE_SIGN.fullmatch(sign) else None
