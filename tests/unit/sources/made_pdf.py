"""PDFs of one page or many, written by hand so that nothing tidies up what they hide."""

from zlib import compress

FONT = b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"


def made_pdf(
    content: bytes | str,
    *objects: bytes,
    resources: str = "",
    page: str = "",
    catalog: str = "",
    pages: int = 1,
) -> bytes:
    """A4-like pages that all show `content`; `objects` are numbered from 5 on and named in the `resources`."""
    kids = b"3 0 R " * pages
    return assembled(
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog.encode(),
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R %s /Resources << %s %s >> >>"
        % (page.encode(), FONT, resources.encode()),
        stream(content),
        *objects,
    )


def assembled(*objects: bytes) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(places) + 1
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


def stream(content: bytes | str, entries: str = "", *, is_compressed: bool = False) -> bytes:
    data = content.encode("latin-1") if isinstance(content, str) else content
    if is_compressed:
        data, entries = compress(data, 9), entries + " /Filter /FlateDecode"
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries.encode(), data)


def form(content: str, matrix: str = "1 0 0 1 0 0", resources: str = "") -> bytes:
    entries = f"/Type /XObject /Subtype /Form /BBox [0 0 2000 2000] /Matrix [{matrix}]"
    return stream(content, f"{entries} /Resources << {FONT.decode()} {resources} >>")


def line(text: str, x: int = 50, y: int = 700, size: float = 11, before: str = "") -> str:
    return f"BT {before} /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n"


def prose(lines: int = 40, words: str = "We train the model on speech and report the word error rate again.") -> str:
    """A page of visible text."""
    return "".join(line(f"{number} {words}", y=750 - 14 * number) for number in range(lines))
