"""Invented papers as long as real ones, each the same at every run."""

import random
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from arxiv_daily.models import Checks, Claim, Paper, PaperVersion, Part, Point, Reading, SubPoint, Work, WorkState
from tests.browser import sentences
from tests.examples import a_digest, a_paper

_CATEGORIES = ("cs.CL", "cs.LG", "cs.MM", "eess.SP", "cs.AI")


class Inventor:
    """Draws a paper's texts; another one of the same number draws the same."""

    def __init__(self, number: int) -> None:
        self._chance = random.Random(number)  # noqa: S311 - nothing secret is made of it
        self._gaps = {
            "system": self._chance.choice(sentences.SYSTEMS),
            "corpus": self._chance.choice(sentences.CORPORA),
            "hours": f"{self._chance.randrange(2, 900) * 20:,}",
            "worse": f"{self._chance.uniform(9, 20):.1f}",
            "better": f"{self._chance.uniform(2, 9):.1f}",
            "rate": str(self._chance.randrange(2, 24)),
            "raters": str(self._chance.randrange(12, 90)),
        }

    def paper(self, paper_id: str, published: datetime, **fields: Any) -> Paper:
        values: dict[str, Any] = {
            "title": self._fill(self._chance.choice(sentences.TITLES)),
            "authors": self.authors(self._chance.randrange(1, 9)),
            "abstract": " ".join(self._all(sentences.ENGLISH)),
            "categories": ("cs.SD", "eess.AS", *self._chance.sample(_CATEGORIES, self._chance.randrange(3))),
            "published": published,
        }
        return a_paper(paper_id, **values | fields)

    def authors(self, number: int) -> tuple[str, ...]:
        return tuple(self._chance.choices(sentences.NAMES, k=number))

    def read(self, paper: Paper, checks: Checks | None = None, formula: str = "", **provenance: Any) -> PaperVersion:
        """The paper with a digest as long as those of the seed's post."""
        claim = Claim(
            task="语音识别",
            dataset=self._gaps["corpus"],
            metric="词错误率",
            value=f"{self._gaps['better']}%",
            quote=self._fill(sentences.ENGLISH[4]),
        )
        verified = checks or Checks(claimed=1, verified=1)
        digest = a_digest(generated_at=paper.published, cost=2_340, **provenance).model_copy(
            update={
                "translation": "".join(self._all(sentences.CHINESE)) + formula,
                "reading": Reading(background=self._part(2), method=self._part(3, formula), results=self._part(2)),
                "claims": (claim,) * verified.verified,
                "checks": verified,
            }
        )
        return PaperVersion(paper=paper, work=_ended(WorkState.DONE, paper), digest=digest)

    def failed(self, paper: Paper, error: str) -> PaperVersion:
        return PaperVersion(paper=paper, work=_ended(WorkState.FAILED, paper, error))

    def _part(self, points: int, lead: str = "") -> Part:
        return Part(lead=f"论文的出发点如下：{lead}", points=tuple(self._point() for _ in range(points)))

    def _point(self) -> Point:
        below = tuple(SubPoint(term=self._term(), text=self._chinese()) for _ in range(self._chance.randrange(3)))
        return Point(term=self._term(), text=self._chinese(), points=below)

    def _term(self) -> str:
        return self._chance.choice(sentences.TERMS)

    def _chinese(self) -> str:
        return self._fill(self._chance.choice(sentences.CHINESE))

    def _all(self, said: Sequence[str]) -> list[str]:
        """In an order of this paper's own."""
        return [self._fill(sentence) for sentence in self._chance.sample(said, len(said))]

    def _fill(self, sentence: str) -> str:
        return sentence.format(**self._gaps)


def _ended(state: WorkState, paper: Paper, error: str | None = None) -> Work:
    return Work(state=state, attempts=1, ended_at=paper.published, error=error)
