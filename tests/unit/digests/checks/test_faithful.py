"""Digests that are faithful to their papers raise no fault."""

import json
from pathlib import Path

import pytest

from arxiv_daily.digests.checks import faults
from arxiv_daily.digests.glossary import load
from arxiv_daily.models import FullText, Paper, TextSource
from tests.evaluation.corpus import sample_cases
from tests.shared_data import shared, shared_data
from tests.unit.digests.checks.digests import a_reply


def seed_day() -> list[tuple[Paper, str]]:
    """The papers of the seed with its translations of their abstracts."""
    post = shared("seed/2026-02-12-arxiv.md").read_text(encoding="utf-8")
    lines = shared_data("metadata/seed_day_2026-02-12.jsonl").read_text(encoding="utf-8").splitlines()
    return [(paper, translated(post, paper)) for paper in map(paper_of, map(json.loads, lines))]


def translated(post: str, paper: Paper) -> str:
    return post.split(f"pdf/{paper.paper_id}v1)")[1].strip().split("\n\n")[0]


def paper_of(row: dict[str, object]) -> Paper:
    known = {name: row[name] for name in ("version", "title", "authors", "abstract", "primary_category", "categories")}
    start = row["published_window_utc"][0]  # type: ignore[index]
    return Paper.model_validate({**known, "paper_id": row["id"], "published": start, "updated": start})


@pytest.mark.parametrize("at", range(7))
def test_a_translation_of_the_seed_has_no_fault(at: int) -> None:
    paper, translation = seed_day()[at]
    unread = FullText(text="", source=TextSource.PDF_NATIVE)
    found = faults(a_reply(claims=(), translation=translation), paper, unread, load(paper.categories))
    assert [fault.message for fault in found if fault.where[0] == "translation"] == []


def test_a_changed_digit_of_the_seed_is_found_wherever_it_is() -> None:
    unread = FullText(text="", source=TextSource.PDF_NATIVE)
    digits = 0
    for paper, translation in seed_day():
        told = translation.split("https://")[0]
        for at, sign in enumerate(told):
            if sign.isascii() and sign.isdigit():
                changed = f"{told[:at]}{(int(sign) + 3) % 10}{translation[at + 1 :]}"
                found = faults(a_reply(claims=(), translation=changed), paper, unread, {})
                assert any(fault.where[0] == "translation" for fault in found), changed[max(0, at - 20) : at + 20]
                digits += 1
    assert digits > 50


def test_a_digest_of_the_sample_day_has_no_fault() -> None:
    found = {
        case.name: [fault.message for fault in faults(case.reply, case.paper, case.text, load(case.paper.categories))]
        for case in sample_cases()
    }
    assert len(found) == 8
    assert {name: messages for name, messages in found.items() if messages} == {}


def test_the_glossaries_are_plain_files_of_the_package() -> None:
    folder = Path(__file__).parents[4] / "layers" / "common" / "arxiv_daily" / "digests" / "glossaries"
    for file in folder.glob("*.toml"):
        assert 25 <= len(load([file.stem])) <= 120, file.name
