"""A generated archive: editions of papers with abstracts and translations of the usual length, from a fixed seed.

English words come with the frequencies of real abstracts where these are at hand, else with Zipf's.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from arxiv_daily.editions.view import EditionView
from arxiv_daily.models import Paper, PaperVersion
from arxiv_daily.publishing.search.day_file import day_file
from arxiv_daily.publishing.search.keys import INDEX_KEY, day_key, index, month_key, year_key
from arxiv_daily.publishing.search.merging import merged
from arxiv_daily.publishing.search.segment import segment
from tests.examples import a_paper, a_ready, a_view, an_entry, some_facts

_CATEGORIES = ("eess.AS", "cs.CL", "cs.LG", "cs.AI", "cs.MM", "eess.SP", "cs.CV")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Vocabulary:
    """Words with their frequencies, most frequent first."""

    def __init__(self, words: list[str], weights: list[float]) -> None:
        self._words, self._weights = words, list(accumulate(weights))

    def draw(self, chance: random.Random, count: int) -> list[str]:
        return chance.choices(self._words, cum_weights=self._weights, k=count)


def english(chance: random.Random, listing: Path | None) -> Vocabulary:
    if listing is None:
        return _zipf(["speech", *{_made_up(chance) for _ in range(30_000)}])
    with listing.open(encoding="utf-8") as lines:
        counted = Counter(word for line in lines for word in re.findall(r"[\w$.-]+", json.loads(line)["abstract"]))
    return Vocabulary(list(counted), [float(count) for count in counted.values()])


def chinese(chance: random.Random) -> Vocabulary:
    """Words of two to four of the 2,500 most frequent characters, these with Zipf's frequencies too."""
    characters = _zipf([chr(0x4E00 + 8 * n) for n in range(2500)])
    return _zipf(["语音", *{"".join(characters.draw(chance, chance.choice((2, 2, 2, 3, 4)))) for _ in range(12_000)}])


def _zipf(words: list[str]) -> Vocabulary:
    return Vocabulary(words, [1 / (rank + 3) for rank in range(len(words))])


def _made_up(chance: random.Random) -> str:
    return "".join(chance.choices(_LETTERS, k=chance.randint(3, 11)))


class Archive:
    """`papers` in as many days as that takes at 16.44 a day, up to `last_day`.

    What a test looks for is planted: RARE in the oldest paper alone, PHRASE in every seventh, from the newest on.
    """

    RARE = "Quetzalcoatl"
    PHRASE = "语音情感识别"

    def __init__(self, papers: int, last_day: date, listing: Path | None = None, seed: int = 5) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - nothing secret is made of it
        self._papers, self._last_day = papers, last_day
        self._english, self._chinese = english(self._chance, listing), chinese(self._chance)
        self._names = [_made_up(self._chance).title() for _ in range(20_000)]

    def days(self) -> Iterator[EditionView]:
        """Editions, newest first."""
        made, day = 0, self._last_day
        while made < self._papers:
            size = min(16 + (day.toordinal() % 25 < 11), self._papers - made)
            papers = [self._paper(number, day) for number in range(made, made + size)]
            stood = [(self._read(paper, number), an_entry(paper)) for number, paper in enumerate(papers, made)]
            yield a_view(some_facts(), stood).model_copy(update={"date": day})
            made, day = made + size, day - timedelta(days=1)

    def _paper(self, number: int, day: date) -> Paper:
        chance = self._chance
        invented = [_made_up(chance) for _ in range(3)]
        planted = [self.RARE] if number == self._papers - 1 else []
        published = datetime.fromisoformat(f"{day}T00:00:00Z") - timedelta(seconds=number)
        return a_paper(
            f"{day:%y%m}.{number:05}",
            title=" ".join(self._english.draw(chance, 10)).title() + f" {invented[0].upper()}-{number}",
            authors=tuple(" ".join(chance.sample(self._names, 2)) for _ in range(5)),
            abstract=" ".join(self._english.draw(chance, 177) + invented + planted) + ".",
            categories=("cs.SD", *chance.sample(_CATEGORIES, 2)),
            published=published,
        )

    def _read(self, paper: Paper, number: int) -> PaperVersion:
        words = self._chinese.draw(self._chance, 140)
        planted = [f"，{self.PHRASE}。"] if number % 7 == 0 else []
        version = a_ready(paper)
        assert version.digest
        translation = "，".join("".join(words[n : n + 7]) for n in range(0, 140, 7)) + "".join(planted)
        return version.model_copy(update={"digest": version.digest.model_copy(update={"translation": translation})})


def write_archive(folder: Path, editions: Iterable[EditionView]) -> None:
    """The search's files under their keys."""
    days: dict[str, list[bytes]] = {}
    for view in editions:
        days.setdefault(f"{view.date:%Y-%m}", []).append(day_file(view))
        _write(folder / day_key(view.date), days[f"{view.date:%Y-%m}"][-1])
    for month, files in days.items():
        _write(folder / month_key(month), segment(files))
    for year in sorted({month[:4] for month in days})[:-1]:
        months = [month for month in days if month.startswith(year)]
        _write(folder / year_key(year), merged((folder / month_key(month)).read_bytes() for month in months))
    _write(folder / INDEX_KEY, index(days))


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
