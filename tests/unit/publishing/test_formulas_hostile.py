"""Titles, abstracts and readings that were written to break the page."""

import random
import re
import time
from xml.etree.ElementTree import Element

import pytest

from arxiv_daily.publishing.formulas import plain, prose
from tests.unit.publishing.mathml_core import faults, on_page

ATTACKS = [
    r"$\href{javascript:alert(1)}{x}$",
    r"\href{javascript:alert(1)}{x}",
    r"\url{javascript:alert(1)}",
    r"$\text{<script>alert(1)</script>}$",
    r"$\text{</mtext></math><script>alert(1)</script>}$",
    r"$\style{position:fixed;inset:0}{x}$",
    r"$\class{notice}{x}$",
    r"$\cssId{main}{x}$",
    "$<img src=x onerror=alert(1)>$",
    r"$\unicode{x3c}script\unicode{x3e}$",
    r"$\unicode{60}script$",
    r"$\text{&lt;script&gt;}$",
    r"$\text{&#x3c;script&#x3e;}$",
    r"$\color{red}x$",
    r"$\textcolor{white}{unseen}$",
    r"$\mathcolor{red}{x}$",
    r"$\includegraphics{https://a.example/x.png}$",
    r"$\require{html}\data{x=1}{y}$",
    r"$\verb|<script>|$",
    r"$\text{\href{javascript:alert(1)}{x}}$",
    r"$\newcommand{\x}[1]{<#1>}\x{script}$",
    r"$\begin{array}{c}<script>\end{array}$",
    '$x" onmouseover="alert(1)$',
    "$x' autofocus onfocus='alert(1)$",
    "$<!-- $ --> <b>",
    "$]]><script>$",
    "</math><style>*{display:none}</style>$x$",
    r"$\tag*{<b>}x$",
    r"$\hspace{-90em}x\!\!\!\!$",
    "\ufdd00\ufdd1 \ufdd017\ufdd1 $x$",
    "\x00$\x00x\x00$\x1b[31m\x85",
    "$\u202eabc\u2066$\u202d\u2069 \ud800 \uffff",
    r"$\unicode{x202e}x$",
    r"$\unicode{xd800}$ $\unicode{x110000}$ $\unicode{x0}$",
]
PIECES = r"""
\frac \sqrt { } ^ _ x 1 \left( \right) $ \text{ \begin{matrix} \end{matrix} & \\ \over \hat \mathbb \unicode{x \sum
\limits \not \color{red} < " ' % ~ \href{ \binom \sqrt[ ] [ \mathop \underbrace , \operatorname \xrightarrow \substack
\cases \middle| \big \tag{1} \skew \genfrac \sideset \ket \raise \hspace{1em} \kern \choose \root \of \rm \displaystyle
\verb \phantom \smash \llap \mod \pmod 5 000 中
"""


def shown_by(text: str) -> Element:
    return on_page(prose(text))


def assert_inert(page: Element) -> None:
    for child in page:
        assert child.tag in ("math", "code")
        assert child.tag == "math" or (list(child), child.attrib) == ([], {"class": "tex"})
        assert child.tag == "code" or faults(child) == []
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\uffff]",
        "".join(page.itertext()) + "".join(math.get("alttext", "") for math in page),
    )


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_written_becomes_markup(text: str) -> None:
    assert_inert(shown_by(text))
    plain(text).encode()


@pytest.mark.parametrize("text", [text for text in ATTACKS if "script" in text])
def test_what_was_written_is_still_there_to_read(text: str) -> None:
    page = shown_by(text)
    seen = "".join(page.itertext()) + "".join(math.get("alttext", "") for math in page)
    assert "script" in seen


def test_negative_space_draws_nothing_over_other_text() -> None:
    assert "-" not in "".join(
        value for part in shown_by(r"$x\!\negthinspace y$").iter() for value in part.attrib.values()
    )


def test_controls_and_turns_of_direction_are_dropped_from_text() -> None:
    assert plain("a\x00b\u202ec\u2066d\ud800e\ufdd0f\x85g\r\nh\ti") == "abcdefg\nh\ti"


LONG = {
    "groups": "$" + "{" * 10_000 + "}" * 10_000 + "$",
    "open groups with dollars": "${" * 10_000,
    "dollars": "$" * 20_000,
    "brackets": r"\(" * 10_000,
    "environments": r"\begin{align}" * 2_000,
    "roots": "$" + r"\sqrt" * 390 + "$",
    "delimiters": "$" + r"\left(" * 150 + r"\right)" * 100 + "$",
    "scripts": "$" + "x^" * 900 + "x$",
    "macros that double": r"$\def\a{xx}"
    + "".join(rf"\def\{b}{{\{a}\{a}}}" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + r"\i$",
    "commands": r"\textbf{" * 5_000,
    "links": r"\href{a}{" * 5_000,
    "amounts": "$5 " * 10_000,
    "quotes": "``a " * 10_000,
    "operators": "$" + r"\operatorname{" + " *" * 900 + "$",
}


@pytest.mark.parametrize("name", LONG)
def test_a_text_that_was_made_to_take_long_does_not(name: str) -> None:
    started = time.process_time()
    assert_inert(shown_by(LONG[name]))
    plain(LONG[name])
    assert time.process_time() - started < 5


def test_formulas_at_random_are_valid_or_stand_as_they_are() -> None:
    dice = random.Random(2026)  # noqa: S311  # no secret
    converted = 0
    for _ in range(3_000):
        page = shown_by("$" + " ".join(dice.choices(PIECES.split(), k=dice.randint(1, 12))) + "$")
        assert_inert(page)
        converted += page.find("math") is not None
    assert converted > 100
