"""What search engines, chats and reference managers read in a page's head: schema.org and Open Graph."""

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

from arxiv_daily.editions.view import EditionView, PaperView
from arxiv_daily.models import Value
from arxiv_daily.publishing.addresses import HOME, address, edition_key, paper_key
from arxiv_daily.publishing.documents import ABS
from arxiv_daily.publishing.formulas import line, plain
from arxiv_daily.publishing.glance import opening
from arxiv_daily.publishing.moments import rfc3339
from arxiv_daily.publishing.once import once
from arxiv_daily.publishing.tex.characters import fit_for_pages

if TYPE_CHECKING:
    from arxiv_daily.publishing.site import Site

NAME = "arXiv Daily"

_TERRITORIES = {"en": "en_US"}
"""Open Graph names a language with a territory."""

_DOI = re.compile(r"(?<!\S)10\.\d{4,9}/\S+", re.ASCII)

LinkedData = dict[str, Any]


class OpenGraph(Value):
    """A page as others show it (ogp.me); `url` is its one address. A page without an address of its own has none."""

    title: str
    description: str
    type: Literal["website", "article"]
    url: str
    locale: str
    site_name: str = NAME


def open_graph(site: "Site", key: str, title: str = NAME, description: str = "") -> OpenGraph:
    """Of a page that shows neither a paper nor an edition; without a description it is the site's."""
    intro = site.words("feed_intro", categories=site.words("enumeration").join(site.categories))
    return _graph(site, key, title, description or intro, "website")


def paper_graph(site: "Site", seen: PaperView) -> OpenGraph:
    return once(seen, (site, __name__), partial(_paper_graph, site, seen))


def _paper_graph(site: "Site", seen: PaperView) -> OpenGraph:
    paper = seen.paper
    return _graph(site, paper_key(paper.paper_id), plain(paper.title), _said_of(site, seen), "article")


def edition_graph(site: "Site", view: EditionView) -> OpenGraph:
    return _graph(site, edition_key(view.date), _edition_name(view), view.status_text, "article")


def scholarly_article(site: "Site", seen: PaperView) -> LinkedData:
    """The paper itself, as its authors wrote it; the page tells of it. Its licence is not known, so none is named."""
    paper = seen.paper
    article = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": f"{ABS}{paper.paper_id}",
        "headline": line(paper.title),
        "author": [{"@type": "Person", "name": line(name)} for name in paper.authors],
        "abstract": line(paper.abstract),
        "inLanguage": "en",
        "datePublished": rfc3339(paper.published),
        "dateModified": rfc3339(paper.updated),
        "version": str(paper.version),
        "identifier": {"@type": "PropertyValue", "propertyID": "arXiv", "value": paper.paper_id},
        "sameAs": [f"{ABS}{paper.ref}", *(f"https://doi.org/{quote(doi)}" for doi in _DOI.findall(paper.doi or ""))],
        "about": [_category(name) for name in paper.categories],
        "isAccessibleForFree": True,
        "mainEntityOfPage": _page(site, seen),
    }
    return article | ({"creativeWorkStatus": "Withdrawn"} if seen.withdrawn is not None else {})


def collection_page(site: "Site", view: EditionView) -> LinkedData:
    """An edition with the papers that it shows; one that has no page here yet is linked on arXiv."""
    papers = [_list_item(site, place, seen) for place, seen in enumerate(view.shown, start=1)]
    return {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "@id": address(site, edition_key(view.date)),
        "name": _edition_name(view),
        "description": _folded(view.status_text),
        "inLanguage": site.words.language,
        "datePublished": rfc3339(view.window.end),
        "isPartOf": _website(site),
        "mainEntity": {"@type": "ItemList", "numberOfItems": len(papers), "itemListElement": papers},
    }


def _graph(site: "Site", key: str, title: str, description: str, kind: Literal["website", "article"]) -> OpenGraph:
    language = site.words.language
    return OpenGraph(
        title=_folded(title),
        description=_folded(f"{site.notice} {description}"),
        type=kind,
        url=address(site, key),
        locale=_TERRITORIES.get(language, language.replace("-", "_")),
    )


def _said_of(site: "Site", seen: PaperView) -> str:
    """The first sentence of the translation; where there is none, of the abstract. A withdrawal stands before it."""
    text = opening(plain(seen.digest.translation if seen.digest else seen.paper.abstract))
    return f"{site.words('withdrawn')}{site.words('colon')}{text}" if seen.withdrawn is not None else text


def _page(site: "Site", seen: PaperView) -> LinkedData:
    page = {
        "@type": "WebPage",
        "@id": address(site, paper_key(seen.paper.paper_id)),
        "inLanguage": seen.digest.provenance.language if seen.digest else site.words.language,
        "description": paper_graph(site, seen).description,
        "isPartOf": _website(site),
    }
    return page | ({"dateModified": rfc3339(seen.changed_at)} if seen.changed_at else {})


def _website(site: "Site") -> LinkedData:
    return {"@type": "WebSite", "@id": address(site, HOME), "name": NAME}


def _list_item(site: "Site", place: int, seen: PaperView) -> LinkedData:
    paper = seen.paper
    url = address(site, paper_key(paper.paper_id)) if seen.is_settled else f"{ABS}{paper.ref}"
    return {"@type": "ListItem", "position": place, "name": line(paper.title), "url": url}


def _category(name: str) -> LinkedData:
    return {"@type": "DefinedTerm", "termCode": name, "inDefinedTermSet": "https://arxiv.org/category_taxonomy"}


def _edition_name(view: EditionView) -> str:
    return f"{NAME} – {view.date}"


def _folded(text: str) -> str:
    return " ".join(fit_for_pages(text).split())
