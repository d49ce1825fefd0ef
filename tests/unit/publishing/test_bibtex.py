"""BibTeX: every entry parses, says what arXiv says, and keeps its key."""

import json
from typing import Any

import pytest
from pybtex.database import Entry, parse_string

from arxiv_daily.models import Paper
from arxiv_daily.publishing.bibtex import bibtex
from tests.examples import a_paper
from tests.hostile import hostile_versions
from tests.shared_data import shared_data


def entry(**fields: Any) -> Entry:
    [found] = parse_string(bibtex(a_paper(**fields)), "bibtex").entries.values()
    return found


def title(text: str) -> str:
    """As LaTeX gets it: without the braces that keep its capitals."""
    found: str = entry(title=text).fields["title"]
    return found.removeprefix("{").removesuffix("}")


def test_an_entry_is_what_arxiv_exports() -> None:
    assert bibtex(a_paper()) == (
        "@misc{arxiv-2602.10934,\n"
        "  title = {{Hearing by Numbers}},\n"
        "  author = {Ana Núñez and Bo Li},\n"
        "  year = {2026},\n"
        "  eprint = {2602.10934},\n"
        "  archivePrefix = {arXiv},\n"
        "  primaryClass = {cs.SD},\n"
        "  url = {https://arxiv.org/abs/2602.10934},\n"
        "}\n"
    )


def test_journal_and_doi_stand_where_arxiv_knows_them() -> None:
    fields = entry(journal_ref="J. Acoust. Soc. 12 (2026) 1_2", doi="10.1000/a_b(c) 10.1000/second").fields
    assert (fields["journal"], fields["doi"]) == (r"J. Acoust. Soc. 12 (2026) 1\_2", "10.1000/a_b(c)")


def test_what_is_no_doi_is_left_out() -> None:
    assert "doi" not in entry(doi="see the publisher's page").fields


def test_the_key_stays_from_version_to_version_and_differs_from_paper_to_paper() -> None:
    papers = [
        a_paper(),
        a_paper(version=2, title="Another", authors=("Chen",)),
        a_paper("2602.10935"),
        a_paper("hep-th/9901001"),
    ]
    keys = [bibtex(paper).partition("{")[2].partition(",")[0] for paper in papers]
    assert keys == ["arxiv-2602.10934", "arxiv-2602.10934", "arxiv-2602.10935", "arxiv-hep-th-9901001"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("R&D at 93% of #1", r"R\&D at 93\% of \#1"),
        (r"R\&D at 93\%", r"R\&D at 93\%"),
        ("snake_case", r"snake\_case"),
        ("An $x_i^2$ Law & More", r"An $x_i^2$ Law \& More"),
        ("Costs $5", r"Costs \$5"),
        ("2^n", r"2\^{}n"),
        ("{GAN}s and {\\'e}", "{GAN}s and {\\'e}"),
        ("an { open brace", "an  open brace"),
        ("a closed } brace", "a closed  brace"),
        ("}{", ""),
        (r"half \{ escaped }", "half  escaped "),
        ("ends with \\", "ends with "),
        ("over\n  two lines", "over two lines"),
        ('say "93"', 'say "93"'),
        ("a\x00b", "ab"),
    ],
)
def test_signs_and_braces_of_a_title(written: str, told: str) -> None:
    assert title(written) == " ".join(told.split())


def test_a_collaborations_name_is_one_author() -> None:
    [one, other] = entry(authors=("The LIGO and Virgo Collaborations", "Li, Bo")).persons["author"]
    assert [str(one), str(other)] == ["{The LIGO and Virgo Collaborations}", "{Li, Bo}"]


def test_a_paper_without_authors_has_no_author_field() -> None:
    assert not entry(authors=()).persons


def test_every_hostile_paper_parses() -> None:
    papers = [version.paper for version, _ in hostile_versions()]
    assert len(parse_string("".join(map(bibtex, papers)), "bibtex").entries) == len(papers)


def test_every_paper_of_nine_months_parses_with_all_its_authors() -> None:
    lines = shared_data("metadata/announcements_2025-05-14_2026-02-12.jsonl").read_text(encoding="utf-8").splitlines()
    papers = {paper.paper_id: paper for paper in map(real_paper, lines)}
    entries = parse_string("".join(map(bibtex, papers.values())), "bibtex").entries
    authors = {key: len(found.persons["author"]) for key, found in entries.items()}
    assert authors == {f"arxiv-{paper.paper_id}": len(paper.authors) for paper in papers.values()}


def real_paper(line: str) -> Paper:
    row = json.loads(line)
    return a_paper(row["id"], title=row["title"], authors=tuple(row["authors"]))
