"""The days whose posts are given to Jekyll."""

from datetime import timedelta

from arxiv_daily.editions.view import EditionView
from arxiv_daily.editions.words import Words
from arxiv_daily.models import Kind, PaperVersion, Part, Point, Reading, Seen, SubPoint
from arxiv_daily.publishing.site import Site
from tests.examples import NOW, a_failed, a_paper, a_ready, a_view, an_entry, some_facts
from tests.hostile import ATTACKS

SITE = Site(categories=("cs.SD", "eess.AS"))
FORMULA = r"$\hat{x}_i^2 \leq \frac{1}{2}\|y\|_{2}$"
TITLES = (f"Bounds of {FORMULA} for ``Speech'' -- a \"Study\"", "A Replaced One", "A Failed One", "A Pending One")


def post_of(view: EditionView, site: Site = SITE) -> str:
    (post,) = (item for item in site.edition_pages(view) if item.key.startswith("_posts/"))
    return post.body.decode()


def day_view(words: Words | None = None) -> EditionView:
    """A paper that was read whole, a replaced one, a failed one, one that waits, and one without metadata."""
    papers = [
        a_paper(f"2602.0000{9 - place}", title=title, comment="12 pages", published=NOW - timedelta(hours=place))
        for place, title in enumerate(TITLES)
    ]
    versions = (
        _read(PaperVersion(paper=papers[0])),
        _read(PaperVersion(paper=papers[1])),
        a_failed(papers[2], "模型拒绝解读这篇论文"),
        PaperVersion(paper=papers[3]),
    )
    kinds = (Kind.NEW, Kind.REPLACE, Kind.CROSS, Kind.NEW)
    stood = [(version, an_entry(version.paper, kind=kind)) for version, kind in zip(versions, kinds, strict=True)]
    seen = Seen(paper_id="2602.00001", kind=Kind.NEW, witness="feed", since=NOW, overdue=True)
    return a_view(some_facts(), stood, [seen], words=words)


def view_of_hostile_ids() -> EditionView:
    """Papers whose very ids are attacks."""
    papers = [
        a_paper(attack.stored, title=attack.marker, published=NOW - timedelta(minutes=attack.number))
        for attack in ATTACKS
    ]
    seen = [Seen(paper_id=attack.stored, kind=Kind.NEW, witness="feed", since=NOW) for attack in ATTACKS]
    return a_view(
        some_facts(),
        [(PaperVersion(paper=paper), an_entry(paper)) for paper in papers],
        [item.model_copy(update={"paper_id": f"seen {item.paper_id}"}) for item in seen],
    )


def _read(version: PaperVersion) -> PaperVersion:
    part = Part(
        lead=f"论文提出 {FORMULA}：",
        points=(
            Point(
                term="计数", text="逐段计数。", points=(SubPoint(term="数据", text="公开。"), SubPoint(text="无词。"))
            ),
            Point(text="没有术语的一点。"),
        ),
        closing="总之可行。",
    )
    digest = a_ready(version.paper).digest
    assert digest is not None
    reading = Reading(background=part, method=part, results=part)
    return a_ready(version.paper).model_copy(
        update={"digest": digest.model_copy(update={"translation": f"我们界定 {FORMULA}。", "reading": reading})}
    )
