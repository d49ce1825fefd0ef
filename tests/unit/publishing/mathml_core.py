"""What MathML Core allows, written down from its specification and not from the product's own list."""

from xml.etree.ElementTree import Element, fromstring

LEAVES = {"mi", "mn", "mo", "mtext", "mspace"}
CHILDREN = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3}
ROWS = {"math", "mrow", "mstyle", "msqrt", "mtable", "mtr", "mtd"}
PARENT = {"mtd": "mtr", "mtr": "mtable"}
ATTRIBUTES = {
    "math": {"display", "alttext", "class"},
    "mi": {"mathvariant"},
    "mo": {"form", "stretchy", "symmetric", "separator", "largeop", "movablelimits"}
    | {"lspace", "rspace", "minsize", "maxsize"},
    "mspace": {"width"},
    "mfrac": {"linethickness"},
    "mover": {"accent"},
    "munder": {"accentunder"},
    "munderover": {"accent", "accentunder"},
    "mstyle": {"displaystyle", "scriptlevel"},
    "mtable": {"displaystyle"},
    "mtd": {"columnalign"},  # of MathML 3: a hook for the style, which browsers pass over
}


def on_page(shown: str) -> Element:
    """A paragraph of the page with what is shown; fails where that is not well-formed."""
    return fromstring(f"<p>{shown}</p>")  # noqa: S314  # what these tests are about


def faults(element: Element, parent: str = "") -> list[str]:
    """What is wrong with a formula; nothing when it is valid."""
    tag, children = element.tag, list(element)
    wrong = [f"{tag} may not have {name}" for name in element.attrib if name not in ATTRIBUTES.get(tag, set())]
    if tag not in LEAVES | CHILDREN.keys() | ROWS:
        wrong.append(f"{tag} is unknown")
    if len(children) != CHILDREN.get(tag, 0 if tag in LEAVES else len(children)):
        wrong.append(f"{tag} has {len(children)} children")
    if PARENT.get(tag, parent) != parent or (parent in PARENT.values() and PARENT.get(tag) != parent):
        wrong.append(f"{tag} in {parent}")
    if tag not in LEAVES and (element.text or "").strip():
        wrong.append(f"{tag} has text")
    return wrong + [fault for child in children for fault in faults(child, tag)]
