"""What stands in a page as the browser understood it, and what of it is not ours."""

from typing import Any, NamedTuple
from unicodedata import normalize
from urllib.parse import urlsplit

from playwright.sync_api import Page

HOSTS = frozenset({"arxiv.org", "creativecommons.org", "doi.org"})
"""Where links may lead, besides the site; code is linked on hosts that publishing/code_links.py lists."""
FORBIDDEN = (
    *("applet", "audio", "base", "embed", "frame", "frameset", "iframe", "img", "marquee", "object", "portal"),
    *("plaintext", "source", "style", "svg", "textarea", "track", "video", "xmp", "annotation-xml", "maction"),
)
_LOOK = """() => {
  const attributes = (element) => Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));
  document.querySelectorAll('details').forEach((details) => { details.open = true; });
  return {
    elements: [...document.querySelectorAll('*')].map((element) => [element.localName, attributes(element)]),
    text: document.body.innerText,
    title: document.title,
    ran: window.ran,
  };
}"""
RECORDER = """window.ran = [];
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
  window[name] = (...said) => { window.ran.push([name, ...said.map(String)]); };"""
"""For a page before its own scripts: notes what attacks call."""


class Seen(NamedTuple):
    """A page with everything unfolded."""

    elements: list[tuple[str, dict[str, str]]]
    text: str
    """What can be read, without white space, and with a formula's slanted letters as they were written."""
    title: str
    ran: list[Any]


def look(page: Page) -> Seen:
    found = page.evaluate(_LOOK)
    text = "".join(normalize("NFKC", found["text"]).split())
    return Seen([(name, attributes) for name, attributes in found["elements"]], text, found["title"], found["ran"])


def strangers(seen: Seen, origin: str) -> list[str]:
    """Elements and attributes that only somebody else's text can have made."""
    return [f"<{name} {attributes}>" for name, attributes in seen.elements if _is_strange(name, attributes, origin)]


def _is_strange(name: str, attributes: dict[str, str], origin: str) -> bool:
    return (
        name in FORBIDDEN
        or "-" in name
        or any(one.startswith("on") or one in {"style", "srcdoc", "is", "xlink:href"} for one in attributes)
        or (name == "script" and not _is_our_script(attributes))
        or (name == "meta" and "http-equiv" in attributes)
        or not _lead_well(attributes, origin)
    )


def _is_our_script(attributes: dict[str, str]) -> bool:
    if attributes.get("type") == "application/ld+json":
        return set(attributes) == {"type"}
    return set(attributes) == {"type", "src"}


def _lead_well(attributes: dict[str, str], origin: str) -> bool:
    return all(_is_ours(attributes[name], origin) for name in ("href", "src", "action") if name in attributes)


def _is_ours(address: str, origin: str) -> bool:
    parts = urlsplit(address)
    if not (parts.scheme or parts.netloc):
        return True
    return address.startswith(f"{origin}/") or (parts.scheme == "https" and parts.netloc in HOSTS)
