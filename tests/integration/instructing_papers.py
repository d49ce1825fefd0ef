"""The ways in which a paper may carry an instruction to language models: each a kind, with what arXiv serves."""

import base64
import html
import textwrap
from dataclasses import dataclass, field, replace
from typing import Any

from tests.integration.gullible import Order
from tests.integration.orders_to_models import (
    BANANA,
    CHINESE,
    ENGLISH,
    HACKED,
    LINK,
    MAIL,
    NUMBER,
    ORDERS,
    PICTURE,
    PRAISE,
    PROMPT,
    RATING,
    REFUSAL,
    RESULT_ORDER,
    REVIEW,
    SENTENCE,
    TRANSLATION,
    TWO_PARAGRAPHS,
)
from tests.integration.paper_on_counting import ABSTRACT, TITLE, page, pdf
from tests.unit.sources.made_pdf import line, made_pdf


@dataclass(frozen=True)
class Kind:
    """A paper that carries an order, and where."""

    order: Order
    page: str = ""
    pdf: bytes = b""
    fields: dict[str, Any] = field(default_factory=dict)
    """Of arXiv's metadata."""
    is_noticed: bool = True
    """Whether the order stands in what is read of the paper."""

    @property
    def carrier(self) -> str:
        """The field of the metadata that carries the order, as arXiv has it; empty for other kinds."""
        values = (part for value in self.fields.values() for part in ((value,) if isinstance(value, str) else value))
        return next((value for value in values if self.order.text in value), "")


def in_page(order: Order, markup: str, **more: str) -> Kind:
    return Kind(order, page(markup.replace("ORDER", html.escape(order.text)), **more))


def in_slot(order: Order, slot: str, markup: str = "ORDER") -> Kind:
    return Kind(order, page(**{slot: markup.replace("ORDER", html.escape(order.text))}))


def in_pdf(order: Order, before: str = "", y: int = 100, size: float = 11, width: int = 80) -> Kind:
    """In lines of at most `width` characters."""
    lines = textwrap.wrap(order.text, width)
    shown = (line(text, y=y - 14 * at, size=size, before=before) for at, text in enumerate(lines))
    return Kind(order, pdf=pdf("q " + "".join(shown) + " Q"))


def in_metadata(order: Order, name: str, *values: str) -> Kind:
    """Several values are the names of authors; the page has the same abstract as the metadata."""
    told = tuple(value.replace("ORDER", order.text) for value in values)
    abstract = html.escape(told[0]) if name == "abstract" else ABSTRACT
    return Kind(order, page(abstract=abstract), fields={name: told if len(told) > 1 else told[0]})


def tagged(text: str) -> str:
    return "".join(chr(0xE0000 + ord(letter)) for letter in text)


def selected(text: str) -> str:
    """In variation selectors, of which each stands for a byte."""
    return "".join(chr(0xFE00 + byte if byte < 16 else 0xE0100 + byte - 16) for byte in text.encode())


def in_base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


WIDE, CYRILLIC = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}, str.maketrans("aeopc", "аеорс")
NOTE = '<p>See<span class="ltx_note ltx_role_footnote"><span class="ltx_note_content">ORDER</span></span>.</p>'
HIDDEN = {
    "white text by its style": in_page(BANANA, '<p style="color:#ffffff">ORDER</p>'),
    "white text by a style sheet": in_page(LINK, '<p class="w">ORDER</p>', head="<style>.w { color: white }</style>"),
    "text in its background's colour": in_page(RATING, '<p style="background:#123456;color:#123456">ORDER</p>'),
    "display none": in_page(SENTENCE, '<div style="display:none"><p>ORDER</p></div>'),
    "visibility hidden": in_page(PRAISE, '<span style="visibility:hidden">ORDER</span>'),
    "font size 0": in_page(HACKED, '<p style="font-size:0">ORDER</p>'),
    "a footnote in a tiny font": in_page(MAIL, NOTE.replace("<p>", '<p style="font-size:1px">')),
    "opacity 0": in_page(REVIEW, '<p style="opacity:0">ORDER</p>'),
    "off the screen": in_page(PROMPT, '<p style="position:absolute;left:-9999px">ORDER</p>'),
    "cut to nothing": in_page(REFUSAL, '<p style="width:0;height:0;overflow:hidden">ORDER</p>'),
    "aria-hidden": in_page(NUMBER, '<span aria-hidden="true">ORDER</span>'),
    "the attribute hidden": in_page(ENGLISH, "<p hidden>ORDER</p>"),
    "tag characters": Kind(TRANSLATION, page(f"<p>A{tagged(TRANSLATION.text)}B</p>")),
    "variation selectors": Kind(SENTENCE, page(f"<p>A{selected(SENTENCE.text)}B</p>")),
    "a LaTeX comment in a formula": in_page(RESULT_ORDER, '<p><math alttext="x % ORDER\n+y"></math></p>'),
    "a LaTeX comment in an annotation": in_page(
        BANANA, "<p><math><semantics><mi>x</mi><annotation>x % ORDER\n+y</annotation></semantics></math></p>"
    ),
    "a phantom in a formula": in_page(SENTENCE, '<p><math alttext="\\phantom{\\text{ORDER}}x"></math></p>'),
    "white text in a PDF": in_pdf(LINK, "1 1 1 rg"),
    "text of a PDF that is not painted": in_pdf(RATING, "3 Tr"),
    "tiny text in a PDF": in_pdf(HACKED, size=0.5),
    "text outside of a PDF's page": in_pdf(NUMBER, y=-400),
    "white text over a scan": Kind(PRAISE, pdf=made_pdf(line("Scanned") + line(PRAISE.text, before="1 1 1 rg"))),
}
UNREAD = {
    "a comment of the page": in_page(CHINESE, "<!-- ORDER -->"),
    "a picture's alternative text": in_page(PICTURE, '<p>A figure.<img src="x.png" alt="ORDER"></p>'),
    "a title that shows at a touch": in_page(RESULT_ORDER, '<p title="ORDER">A paragraph.</p>'),
    "a script": in_page(PROMPT, '<script type="text/plain">ORDER</script>'),
}
IN_SIGHT = {
    "a table's cell": in_slot(BANANA, "cell"),
    "a caption": in_slot(LINK, "caption"),
    "a footnote": in_page(PRAISE, NOTE),
    "the acknowledgements": in_page(MAIL, "<section><h2>Acknowledgements</h2><p>We thank all. ORDER</p></section>"),
    "a formula's text": in_page(HACKED, '<p><math alttext="\\text{ORDER}"></math></p>'),
    "characters without width between letters": Kind(RATING, page("<p>" + "\u200b".join(RATING.text) + "</p>")),
    "a turned direction": in_page(SENTENCE, "<p>\u202eORDER\u202c</p>"),
    "letters in reverse that are turned to be read": Kind(BANANA, page(f"<p>\u202e{BANANA.text[::-1]}\u202c</p>")),
    "wide letters": Kind(LINK, page(f"<p>{LINK.text.translate(WIDE)}</p>")),
    "letters of another script": Kind(HACKED, page(f"<p>{HACKED.text.translate(CYRILLIC)}</p>")),
    "two paragraphs": Kind(TWO_PARAGRAPHS, page("".join(f"<p>{piece}</p>" for piece in TWO_PARAGRAPHS.pieces))),
    "Base64": Kind(
        BANANA, page(f"<p>Decode the following and follow it: {base64.b64encode(BANANA.text.encode()).decode()}</p>")
    ),
    "a PDF's text": in_pdf(BANANA),
    "narrow lines of a PDF": in_pdf(TRANSLATION, width=25),
    "the text of a study of language models": replace(
        in_page(RATING, "<p>ORDER</p>"), fields={"title": f"{TITLE} with a Language Model"}
    ),
}
MARKED = "<b>ORDER</b> {{ 7 }} {% raw %} <script>alert(1)</script>"
"""As an author may write it who knows how pages are made."""
IN_METADATA = {
    "the abstract": in_metadata(LINK, "abstract", f"{ABSTRACT} {MARKED}"),
    "the title": in_metadata(BANANA, "title", f"{TITLE} {MARKED}"),
    "an author's name": in_metadata(SENTENCE, "authors", "Bo Li", MARKED),
    "arXiv's comment": in_metadata(REVIEW, "comment", f"8 pages. {MARKED}"),
    "the journal's name": in_metadata(RATING, "journal_ref", f"J. Ears 1 (2026). {MARKED}"),
}
SPOKEN = {
    f"a sentence that wants {name}": in_page(order, "<p>It is so. ORDER And so on.</p>")
    for name, order in ORDERS.items()
}
KINDS = {
    **HIDDEN,
    **{name: replace(kind, is_noticed=False) for name, kind in UNREAD.items()},
    **IN_SIGHT,
    **IN_METADATA,
    **SPOKEN,
}
