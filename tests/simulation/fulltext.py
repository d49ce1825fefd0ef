"""The full texts: a small page as LaTeXML makes it, and a one-page PDF. Withdrawn versions have neither."""

import re
from html import escape
from zlib import crc32

from tests.simulation.papers import Paper, Version
from tests.simulation.wire import HTML, Endpoint, Reply, Request
from tests.simulation.world import World

_REF = re.compile(r"(?P<id>\d{4}\.\d{4,5})(?:v(?P<version>\d+))?")
_SPECIAL, _ESCAPED = re.compile(r"([()\\])"), r"\\\1"
_METHOD = (
    "The method is a chain of steps that nobody has ever run. The signal is cut into frames, each frame is given a "
    "name, and the names are sorted by how pleasant they sound. A second network, trained on the sorted names, "
    "learns to forget them. The loss is the distance between what was forgotten and what was never known. "
)
_SETTING = (
    "All corpora of this section are imaginary. Each run was repeated with several seeds that were drawn from a hat, "
    "and the best hat was kept. We compare with a baseline that guesses, and with a stronger one that guesses twice. "
)


def answer_full_text(world: World, request: Request) -> Reply:
    """The text of the version named, or of the latest announced; HTTP 404 before its announcement."""
    found = _public(world, request)
    if found is None or found[1].withdrawn:
        return Reply(404, b"<html><title>404 Not Found</title><p>No such text</p></html>", HTML)
    if request.endpoint is Endpoint.PDF:
        return Reply(200, _pdf(*found), "application/pdf")
    return Reply(200, _html(*found).encode(), HTML)


def _public(world: World, request: Request) -> tuple[Paper, Version] | None:
    asked = _REF.fullmatch(request.rest.removesuffix(".pdf"))
    paper = world.papers.get(asked["id"]) if asked else None
    event = paper.public(request.now) if paper else None
    if asked is None or paper is None or event is None:
        return None
    number = int(asked["version"] or event.version)
    return (paper, paper.version(number)) if 1 <= number <= event.version else None


def _scores(paper: Paper) -> tuple[str, str]:
    """The method's score and the baseline's, the same for a paper every time."""
    seed = crc32(paper.paper_id.encode())
    return f"{80 + seed % 190 / 10:.1f}", f"{60 + seed % 170 / 10:.1f}"


def _html(paper: Paper, version: Version) -> str:
    ours, theirs = _scores(paper)
    authors = escape(", ".join(paper.authors))
    formula = '<math alttext="L=\\sum_{t}|x_{t}-\\hat{x}_{t}|" display="inline"><mi>L</mi></math>'
    return f"""<!DOCTYPE html><html lang="en">
<head><meta charset="utf-8"><title>{escape(version.title)}</title></head>
<body><div class="ltx_page_main"><div class="ltx_page_content">
<article class="ltx_document">
<h1 class="ltx_title ltx_title_document">{escape(version.title)}</h1>
<div class="ltx_authors"><span class="ltx_personname">{authors}</span></div>
<div class="ltx_abstract"><h6 class="ltx_title ltx_title_abstract">Abstract</h6>
<p class="ltx_p">{escape(version.abstract)}</p></div>
<section class="ltx_section" id="S1"><h2 class="ltx_title ltx_title_section">1 Introduction</h2>
<div class="ltx_para"><p class="ltx_p">Earlier work reaches {theirs} % and stops there. {_SETTING}</p></div></section>
<section class="ltx_section" id="S2"><h2 class="ltx_title ltx_title_section">2 Method</h2>
<div class="ltx_para"><p class="ltx_p">{_METHOD}The loss is {formula}.</p></div></section>
<section class="ltx_section" id="S3"><h2 class="ltx_title ltx_title_section">3 Results</h2>
<div class="ltx_para"><p class="ltx_p">{_SETTING}On the imaginary corpus the method reaches an accuracy of {ours} %,
the baseline {theirs} %.</p></div>
<table class="ltx_tabular"><tbody>
<tr class="ltx_tr"><th class="ltx_td">System</th><th class="ltx_td">Accuracy</th></tr>
<tr class="ltx_tr"><td class="ltx_td">Baseline</td><td class="ltx_td">{theirs}</td></tr>
<tr class="ltx_tr"><td class="ltx_td">Ours</td><td class="ltx_td">{ours}</td></tr>
</tbody></table></section>
<section class="ltx_section" id="S4"><h2 class="ltx_title ltx_title_section">4 Conclusion</h2>
<div class="ltx_para"><p class="ltx_p">Nothing here is real, and it works. {_METHOD}</p></div></section>
<section class="ltx_bibliography"><h2 class="ltx_title">References</h2>
<ul><li>Nobody, Nowhere, 1999.</li></ul></section>
</article></div></div></body></html>
"""


def _pdf(paper: Paper, version: Version) -> bytes:
    ours, theirs = _scores(paper)
    text = f"{version.title}. {version.abstract} 1 Introduction. {_SETTING}2 Method. {_METHOD}3 Results. {_SETTING}"
    text += f"The method reaches an accuracy of {ours} %, the baseline {theirs} %. "
    text += f"4 Conclusion. {_METHOD}{_SETTING}{_METHOD}"
    lines = re.findall(r".{1,85}(?:\s|$)", text)
    return _one_page(lines)


def _one_page(lines: list[str]) -> bytes:
    """A PDF of those lines in Helvetica; what Latin-1 cannot write becomes a question mark."""
    shown = "\n".join(f"({_SPECIAL.sub(_ESCAPED, line)}) Tj T*" for line in lines)
    stream = f"BT /F1 10 Tf 14 TL 50 780 Td\n{shown}\nET".encode("latin-1", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + b"xref\n0 5\n0000000000 65535 f \n" + table + end
