"""Pages of HTML as long as is wished for, in the manner of LaTeXML, the same every time."""

import random
import string
from itertools import count

_END = "</article>"
_SENTENCES, _WORDS = 5, 16
"""Of a paragraph, and of a sentence."""
_PARAGRAPHS, _ROWS = 6, 5


def lengthened(page: str, size: int, seed: int = 7) -> str:
    """The page with sections before its article's end, until it has `size` bytes or a section more."""
    made, length, writer = list[str](), len(page.encode()), _Writer(seed)
    for number in count(50):
        if length >= size:
            break
        made.append(writer.section(f"S{number}"))
        length += len(made[-1].encode())
    start, end = page[: page.index(_END)], page[page.index(_END) :]
    return start + "".join(made) + end


class _Writer:
    """Nearly a third of what it writes is text; of arXiv's own pages, a seventh to a quarter is."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - nothing secret is made of it
        self._words = ["".join(self._draw(string.ascii_lowercase, self._number(2, 10))) for _ in range(3000)]

    def section(self, name: str) -> str:
        paragraphs = "".join(
            f'<div id="{paragraph}" class="ltx_para">\n<p class="ltx_p">{self._paragraph(paragraph)}</p>\n</div>\n'
            for paragraph in (f"{name}.p{number}" for number in range(1, _PARAGRAPHS + 1))
        )
        title = f'<h2 class="ltx_title ltx_title_section">{" ".join(self._draw(self._words, 4)).title()}</h2>'
        return f'<section id="{name}" class="ltx_section">\n{title}\n{paragraphs}{self._table(name)}</section>\n'

    def _paragraph(self, name: str) -> str:
        return " ".join(self._sentence(f"{name}.m{number}") for number in range(1, _SENTENCES + 1))

    def _sentence(self, name: str) -> str:
        """With a formula, a number and a citation."""
        words = self._draw(self._words, _WORDS)
        words.insert(self._number(1, _WORDS), self._formula(name))
        words.insert(self._number(1, _WORDS), f"{self._number(1, 999) / 10}%")
        return f"{' '.join(words).capitalize()} {self._citation()}."

    def _formula(self, name: str) -> str:
        letter, index = self._draw(string.ascii_lowercase, 1)[0], self._number(1, 9)
        tex = f"{letter}_{{t-{index}}}"
        return (
            f'<math id="{name}" class="ltx_Math" alttext="{tex}" display="inline"><semantics><msub><mi>{letter}</mi>'
            f"<mrow><mi>t</mi><mo>−</mo><mn>{index}</mn></mrow></msub>"
            f'<annotation encoding="application/x-tex">{tex}</annotation></semantics></math>'
        )

    def _citation(self) -> str:
        number, name = self._number(1, 60), self._draw(self._words, 1)[0]
        link = f'<a href="#bib.bib{number}" title="" class="ltx_ref">{name}{self._number(2010, 2026)}</a>'
        return f'<cite class="ltx_cite ltx_citemacro_citep">({link})</cite>'

    def _table(self, name: str) -> str:
        rows = "".join(
            f'<tr class="ltx_tr"><th class="ltx_td ltx_align_left ltx_th ltx_th_row">{word}</th>'
            + "".join(f'<td class="ltx_td ltx_align_center">{self._number(1, 999) / 10}</td>' for _ in range(4))
            + "</tr>\n"
            for word in self._draw(self._words, _ROWS)
        )
        caption = f'<figcaption class="ltx_caption">{" ".join(self._draw(self._words, 8))}</figcaption>'
        body = f'<table class="ltx_tabular ltx_align_middle"><tbody class="ltx_tbody">\n{rows}</tbody></table>'
        return f'<figure id="{name}.T1" class="ltx_table">{caption}\n{body}</figure>\n'

    def _draw(self, things: str | list[str], number: int) -> list[str]:
        return self._chance.choices(things, k=number)

    def _number(self, least: int, most: int) -> int:
        return self._chance.randint(least, most)
