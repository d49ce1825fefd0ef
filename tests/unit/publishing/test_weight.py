"""What a page of twenty papers weighs on its way to a reader, as CloudFront compresses it."""

import gzip
import json
import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from string import ascii_lowercase

from arxiv_daily.models import Checks, Entry, Paper, PaperVersion, Part, Point, Reading
from arxiv_daily.publishing.assets import asset_objects
from arxiv_daily.publishing.site import Site
from tests.browser.search.archive import Vocabulary
from tests.examples import NOW, a_claim, a_digest, a_paper, a_ready, a_view, an_entry, some_facts
from tests.shared_data import shared, shared_data

TRANSLATION, READING, POINTS = (376, 10), (694, 43), 9
"""Chinese characters and Latin words of each, and points of a reading, in the seed's post on average."""
ABSTRACT, TITLE, AUTHORS = 161, 10, 6
"""Words of an abstract and of a title, and authors, in nine months of announcements on average."""
MOST_HTML, MOST_ASSETS = 60_000, 30_000


class Writer:
    """Texts of words with the frequencies of a language, so that they compress no better than what people write."""

    def __init__(self) -> None:
        self._chance = chance = random.Random(7)  # noqa: S311 - nothing secret is made of it
        characters = _zipf([chr(0x4E00 + 8 * number) for number in range(2_500)])
        self._chinese = _zipf(["".join(characters.draw(chance, chance.choice((2, 2, 2, 3, 4)))) for _ in range(6_000)])
        self._english = _zipf(["".join(chance.choices(ascii_lowercase, k=chance.randint(3, 11))) for _ in range(4_000)])

    def latin(self, words: int) -> str:
        return " ".join(self._english.draw(self._chance, words)).capitalize()

    def han(self, characters: int) -> str:
        drawn = self._chinese.draw(self._chance, characters)
        clauses = ["".join(drawn[at : at + 5]) for at in range(0, characters, 5)]
        return "，".join(clauses)[:characters] + "。"

    def paper(self, number: int) -> Paper:
        return a_paper(
            f"2602.1{number:04}",
            title=self.latin(TITLE),
            abstract=self.latin(ABSTRACT),
            authors=tuple(self.latin(2).title() for _ in range(AUTHORS)),
            comment=self.latin(6),
            published=NOW - timedelta(minutes=number + 1),
        )

    def read(self, paper: Paper) -> PaperVersion:
        reading = Reading(background=self._part(), method=self._part(), results=self._part())
        digest = a_digest().model_copy(
            update={
                "translation": self.mixed(*TRANSLATION),
                "reading": reading,
                "claims": (a_claim(quote=self.latin(20)),) * 3,
                "checks": Checks(claimed=4, verified=3, dropped=("一项结果的引文不在论文原文中。",)),
            }
        )
        return a_ready(paper).model_copy(update={"digest": digest})

    def mixed(self, characters: int, words: int) -> str:
        return f"{self.latin(words)} {self.han(characters)}"

    def _part(self) -> Part:
        return Part(points=tuple(self._point() for _ in range(POINTS // 3)))

    def _point(self) -> Point:
        characters, words = (part // POINTS for part in READING)
        return Point(term=self.han(6), text=self.mixed(characters - 6, words))


def _zipf(words: list[str]) -> Vocabulary:
    return Vocabulary(words, [1 / (rank + 3) for rank in range(len(words))])


def twenty() -> Iterator[tuple[PaperVersion, Entry]]:
    writer = Writer()
    for number in range(20):
        paper = writer.paper(number)
        yield writer.read(paper), an_entry(paper)


def compressed(body: bytes) -> int:
    return len(gzip.compress(body, 6))


def test_the_page_of_twenty_papers_is_light() -> None:
    view = a_view(some_facts(settled_by="listing"), twenty())
    (page,) = (item for item in Site(("cs.SD", "eess.AS")).edition_pages(view) if item.key.endswith(".html"))
    assert page.body.count(b"<article") == 20
    assert compressed(page.body) <= MOST_HTML


def test_style_and_scripts_together_are_light() -> None:
    parts = {item.key: compressed(item.body) for item in asset_objects() if item.key.endswith((".css", ".js"))}
    assert len(parts) >= 3
    assert sum(parts.values()) <= MOST_ASSETS


def test_the_chinese_that_is_weighed_compresses_no_better_than_the_seeds_post() -> None:
    post = shared("seed/2026-02-12-arxiv.md").read_text(encoding="utf-8")
    real = "".join(char for char in post if char >= "\u3000")
    drawn = Writer().han(len(real))
    assert compressed(drawn.encode()) >= compressed(real.encode())


def test_the_english_that_is_weighed_compresses_no_better_than_real_abstracts() -> None:
    with shared_data("metadata/announcements_2025-05-14_2026-02-12.jsonl").open(encoding="utf-8") as lines:
        real = " ".join(json.loads(line)["abstract"] for line in islice(lines, 20))
    drawn = Writer().latin(len(real) // 6)[: len(real)]
    assert compressed(drawn.encode()) / len(drawn) >= compressed(real.encode()) / len(real)
