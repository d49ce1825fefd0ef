"""Pages in the language of the deployment, with everything else marked as what it is."""

import re
from datetime import date
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from arxiv_daily.editions.view import EditionView
from arxiv_daily.models import EditionRow, Kind, ModelGate, PaperVersion, Probe, Seen, TextSource
from arxiv_daily.publishing import overview
from arxiv_daily.publishing.site import Site
from tests.examples import (
    DAY,
    NOW,
    a_checked,
    a_digest,
    a_failed,
    a_paper,
    a_part,
    a_reading,
    a_ready,
    a_view,
    an_entry,
    some_checks,
    some_facts,
)

ENGLISH = Site(categories=("cs.SD", "eess.AS"), language="en")
HAN = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
CLOSED = ModelGate(closed="Claude 回答 HTTP 402，解读服务暂时不可用", rev=1)


def everything(site: Site) -> EditionView:
    """An edition with all that a page can show, its readings and the errors of its papers in Chinese."""
    papers = [a_paper(f"2602.0000{number}", comment="v2") for number in range(7)]
    stood: list[tuple[PaperVersion, dict[str, Any]]] = [
        (a_checked(papers[0], some_checks(doubts=("译文缺少一个数。",)), notices=("论文含有白色文字。",)), {}),
        (a_ready(papers[1], source=TextSource.ABSTRACT, source_note="今日预算不足以读全文", truncated=True), {}),
        (PaperVersion(paper=papers[2]), {"late": True}),
        (a_failed(papers[3], "今日预算已用完"), {"kind": Kind.REPLACE}),
        (a_ready(papers[4]), {"kind": Kind.CROSS, "withdrawn": "an error in section 3"}),
        (a_ready(papers[5]), {"hidden_by": "cap"}),
    ]
    probes = (
        Probe(at=NOW, witness="api", seen=6, unknown=1),
        Probe(at=NOW, witness="feed", error="HTTP 503"),
        Probe(at=NOW, witness="catchup", seen=1, listed=date(2026, 2, 11)),
    )
    unseen = [Seen(paper_id="2501.00009", kind=Kind.CROSS, witness="feed", since=NOW, overdue=True)]
    return a_view(
        some_facts(probes=probes, settled_by="estimate"),
        [(version, an_entry(version.paper, **fields)) for version, fields in stood],
        unseen,
        gate=CLOSED,
        words=site.words,
    )


def pages(site: Site) -> dict[str, str]:
    view = everything(site)
    rows = [
        EditionRow(date=DAY, status=status, status_text=view.status_text, shown=shown, pending=1, rev=1)
        for status, shown in (("filling", 1), ("stalled", 0), ("weekend", 0))
    ]
    papers = [site.paper_objects(a_ready(a_paper()), edition, None)[0] for edition in (DAY, None)]
    objects = [
        site.edition_pages(view)[1],
        overview.home(site, view, rows, 1),
        overview.category_page(site, "cs.SD", [view], rows, 1),
        overview.archive(site, [DAY.year], rows),
        *(item for item in overview.constant_objects(site) if item.key.endswith(".html")),
        *papers,
    ]
    return {item.key: item.body.decode() for item in objects}


def test_no_chinese_is_left_on_an_english_page_that_is_not_marked_as_chinese() -> None:
    for key, body in pages(ENGLISH).items():
        parsed = LexborHTMLParser(body)
        for node in parsed.css('[lang="zh-CN"]'):
            node.decompose()
        assert HAN.findall(parsed.root.text() if parsed.root else "") == [], key


@pytest.mark.parametrize(("language", "spoken"), [("zh-CN", "zh-CN"), ("en", "en"), ("de", "en")])
def test_a_page_says_which_language_it_is_in(language: str, spoken: str) -> None:
    for key, body in pages(Site(categories=("cs.SD",), language=language)).items():
        assert f'<html lang="{spoken}">' in body, key


def test_a_digest_in_another_language_than_the_page_says_which_it_is_in() -> None:
    site = Site(categories=("cs.SD",), language="de")
    version = a_ready(a_paper(), language="de")
    part = a_part().model_copy(update={"lead": "Vorab.", "closing": "Zuletzt."})
    reading = a_reading().model_copy(update={"results": part})
    digest = a_digest(language="de").model_copy(update={"reading": reading})
    made = LexborHTMLParser(site.paper_objects(version.model_copy(update={"digest": digest}), DAY, None)[0].body)
    assert [node.text() for node in made.css('.translation[lang="de"]')] == ["我们听到其中的93%。"]
    assert [node.text() for node in made.css('.reading > p[lang="de"]')] == ["Vorab.", "Zuletzt."]
    assert len(made.css('.reading > ul[lang="de"]')) == 3


def test_a_chinese_page_marks_nothing_as_chinese_again() -> None:
    assert all(body.count('lang="zh-CN"') == 1 for body in pages(Site(categories=("cs.SD",))).values())


def test_what_was_stored_in_chinese_is_marked_from_its_first_character_to_its_last() -> None:
    made = LexborHTMLParser(pages(ENGLISH)[f"editions/{DAY}.html"])
    said = [node.text() for node in made.css('.status span[lang="zh-CN"]')]
    assert said == ["回答 HTTP 402，解读服务暂时不可用"]


def test_the_post_of_an_english_site_has_english_lines() -> None:
    made = ENGLISH.edition_pages(
        a_view(
            some_facts(probes=(Probe(at=NOW, witness="api", seen=1),), settled_by="listing"),
            [(a_checked(a_paper(), some_checks(dropped=())), an_entry(a_paper()))],
            words=ENGLISH.words,
        )
    )[0].body.decode()
    assert made.startswith(
        """\
---
layout: post
title: "arXiv Daily – 2026-02-12"
tags: [arxiv, cs.SD, eess.AS]
---

Papers updated within the window of 2026-02-12 (CST, Beijing time):
- Window (anchor 08:50 CST): 2026-02-11 08:50 — 2026-02-12 08:50
- Announced: 1 paper | Shown: 1 paper (duplicates and filtered ones removed)

## Hearing by Numbers
- **Authors**: Ana Núñez, Bo Li
- **Categories**: cs.SD, eess.AS
- **arXiv**: [https://arxiv.org/abs/2602.10934v1](https://arxiv.org/abs/2602.10934v1)
- **PDF**: [https://arxiv.org/pdf/2602.10934v1](https://arxiv.org/pdf/2602.10934v1)
- **Checks**: 1 of 4 results could not be verified in the paper, and is left out

我们听到其中的93%。

<details>
<summary>Reading in detail</summary>
"""
    )


def test_the_english_post_of_a_whole_edition_renders_and_ends_no_line_with_a_blank() -> None:
    made = ENGLISH.edition_pages(everything(ENGLISH))[0].body.decode()
    assert [line for line in made.splitlines() if line != line.rstrip()] == []
    assert "- Status: 6 papers, 2 waiting to be read: Claude" in made
