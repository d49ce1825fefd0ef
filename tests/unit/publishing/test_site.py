import json
from datetime import timedelta
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from arxiv_daily.editions.view import EditionView
from arxiv_daily.models import EditionRow, Entry, Kind, PaperVersion, Probe, Seen, TextSource
from arxiv_daily.publishing import overview
from arxiv_daily.publishing.site import Site
from tests.examples import DAY, NOW, a_failed, a_paper, a_ready, a_view, an_entry, some_facts

SITE = Site(categories=("cs.SD", "eess.AS"))
JOINED = an_entry(a_paper())
WITHDRAWN = an_entry(a_paper(), withdrawn="an error")
PROBE = Probe(at=NOW, witness="api", seen=1)


def view_of(*versions: PaperVersion) -> EditionView:
    return a_view(some_facts(probes=(PROBE,), settled_by="listing"), [(v, an_entry(v.paper)) for v in versions])


def post(*versions: PaperVersion, site: Site = SITE) -> str:
    return site.edition_pages(view_of(*versions))[0].body.decode()


def page(*versions: PaperVersion, site: Site = SITE) -> str:
    return site.edition_pages(view_of(*versions))[1].body.decode()


def home(*versions: PaperVersion, site: Site = SITE, **row: Any) -> str:
    fields = {"date": DAY, "status": "complete", "status_text": "本期已完成", "shown": 7, "pending": 0, "rev": 3}
    return overview.home(site, view_of(*versions), [EditionRow(**fields | row)], 1).body.decode()


def test_the_post_has_the_agreed_shape() -> None:
    assert (
        post(a_ready(a_paper()))
        == """\
---
layout: post
title: "arXiv Daily – 2026-02-12"
tags: [arxiv, cs.SD, eess.AS]
---

以下为 2026-02-12（CST，北京时间）窗口内更新的论文中文译文：
- 时间窗口（锚点 08:50 CST）：2026-02-11 08:50 — 2026-02-12 08:50
- 抓取总数：1 篇 | 本页显示：1 篇（去重/过滤后）

## Hearing by Numbers
- **Authors**: Ana Núñez, Bo Li
- **Categories**: cs.SD, eess.AS
- **arXiv**: [https://arxiv.org/abs/2602.10934v1](https://arxiv.org/abs/2602.10934v1)
- **PDF**: [https://arxiv.org/pdf/2602.10934v1](https://arxiv.org/pdf/2602.10934v1)

我们听到其中的93%。

<details>
<summary>详细解读</summary>

<div markdown="1">

1)

- **效果**：既有方法较慢。
  - **数据**：公开数据集。

2)

- **效果**：改为计数。
  - **数据**：公开数据集。

3)

- **效果**：准确率达到93%。
  - **数据**：公开数据集。
</div>

</details>

---
"""
    )


def test_papers_in_the_post_are_parted_by_one_rule_each() -> None:
    made = post(a_ready(a_paper("2602.00002")), a_ready(a_paper("2602.00001")))
    assert "\n\n---\n\n## Hearing" in made
    assert made.endswith("</details>\n\n---\n")


def test_a_pending_paper_shows_its_abstract_and_that_it_waits() -> None:
    made = post(PaperVersion(paper=a_paper()))
    assert "- 状态：共 1 篇，其中 1 篇正在解读" in made
    assert "（正在解读，以下为英文摘要）\n\nWe hear 93% of all words.\n" in made
    assert "<details>" not in made
    assert "正在解读，完成后自动补上" in page(PaperVersion(paper=a_paper()))


def test_a_failed_paper_shows_its_abstract_and_the_reason() -> None:
    failed = a_failed(a_paper(), "模型拒绝解读这篇论文")
    for made in (post(failed), page(failed)):
        assert "模型拒绝解读这篇论文" in made
        assert "We hear 93% of all words." in made


def test_a_reading_of_the_abstract_alone_says_so() -> None:
    degraded = a_ready(a_paper(), source=TextSource.ABSTRACT, source_note="arXiv 尚无可读取的全文")
    assert "- **解读依据**: arXiv 尚无可读取的全文\n" in post(degraded)
    assert "仅摘要（arXiv 尚无可读取的全文）" in page(degraded)


def test_a_reading_of_a_part_of_the_text_says_so() -> None:
    cut = a_ready(a_paper(), truncated=True)
    assert "全文过长" in post(cut)
    assert "全文过长" in page(cut)


def test_the_page_names_the_text_that_was_read() -> None:
    assert "解读依据：全文（PDF）" in page(a_ready(a_paper(), source=TextSource.PDF))


def test_everything_that_is_a_sample_says_so() -> None:
    site = Site(categories=("cs.SD",), notice="样例数据")
    version = a_ready(a_paper())
    view = view_of(version)
    objects = [*site.edition_pages(view), overview.home(site, view, [], 1), *site.paper_objects(version, DAY, None)]
    for item in objects:
        if not item.key.endswith(".json"):
            assert "样例数据" in item.body.decode(), item.key


def test_foreign_text_on_a_page_is_text() -> None:
    evil = a_paper(title="<script>alert(1)</script>", authors=("<img src=x>",), comment="<b>hi</b>")
    for made in (
        page(a_ready(evil)),
        home(a_ready(evil)),
        SITE.paper_objects(a_ready(evil), None, None)[0].body.decode(),
    ):
        parsed = LexborHTMLParser(made)
        assert parsed.css("main script, main img, main p > b, .authors b") == []
        assert all("src" in script.attributes or script.text() for script in parsed.css("script"))
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in made


def test_foreign_text_in_a_post_is_text() -> None:
    made = post(a_ready(a_paper(title="{{ evil }} <script>", authors=("*A*",))))
    assert "## &#123;&#123; evil &#125;&#125; &lt;script&gt;\n- **Authors**: \\*A\\*\n" in made


def test_a_settled_paper_is_linked_to_its_page_and_a_pending_one_is_not() -> None:
    assert 'href="../papers/2602.10934.html"' in page(a_ready(a_paper()))
    assert "papers/2602.10934.html" not in page(PaperVersion(paper=a_paper()))


def test_an_old_id_keeps_its_slash_and_links_find_the_root() -> None:
    made, data = SITE.paper_objects(a_ready(a_paper("hep-th/9901001")), DAY, None)
    assert (made.key, data.key) == ("papers/hep-th/9901001.html", "papers/hep-th/9901001.json")
    assert 'href="../../index.html"' in made.body.decode()
    assert 'href="../../editions/2026-02-12.html#hep-th/9901001"' in made.body.decode()


def test_the_home_page_lists_editions_with_their_state() -> None:
    full, empty = LexborHTMLParser(home()), LexborHTMLParser(home(shown=0, status="quiet", status_text="没有。"))
    assert [link.attributes["href"] for link in full.css(".days a")] == ["editions/2026-02-12.html"]
    assert [node.text() for node in full.css(".days .number, .days .why")] == ["7 篇"]
    assert [node.text() for node in empty.css(".days .number, .days .why")] == ["没有。"]


def test_the_json_of_an_edition_holds_what_people_script_against() -> None:
    older = a_paper("2602.00001", published=NOW - timedelta(hours=20))
    made = json.loads(SITE.edition_json(view_of(a_ready(a_paper()), a_failed(older, "x"))).body)
    assert (made["schema_version"], made["date"], made["status"]) == (1, "2026-02-12", "complete")
    assert made["window"] == {"start": "2026-02-11T00:50:00Z", "end": "2026-02-12T00:50:00Z"}
    assert made["counts"] == {
        "announced": 2,
        "new": 2,
        "cross_listed": 0,
        "replaced": 0,
        "shown": 2,
        "hidden": 0,
        "ready": 1,
        "pending": 0,
        "failed": 1,
        "degraded": 0,
        "late": 0,
        "withdrawn": 0,
        "taken_down": 0,
    }
    assert made["papers"][0] == {
        "paper_id": "2602.10934",
        "version": 1,
        "kind": "new",
        "state": "ready",
        "hidden_by": None,
        "late": False,
        "withdrawn": None,
        "taken_down": None,
        "source": "html",
        "checks": {"verified": 0, "claimed": 0},
        "title": "Hearing by Numbers",
        "url": "https://arxiv.org/abs/2602.10934v1",
    }
    assert [paper["source"] for paper in made["papers"]] == ["html", "none"]


def test_the_json_of_a_paper_holds_its_digest_and_where_it_comes_from() -> None:
    made = json.loads(SITE.paper_objects(a_ready(a_paper()), DAY, None)[1].body)
    assert made["edition_date"] == "2026-02-12"
    assert made["digest"]["translation"] == "我们听到其中的93%。"
    assert made["digest"]["provenance"]["model"] == "claude-haiku-5-5"
    assert made["digest"]["provenance"]["usage"] == {"input_tokens": 1000, "output_tokens": 200}
    assert made["paper"]["authors"] == ["Ana Núñez", "Bo Li"]


def test_the_same_view_renders_to_the_same_bytes() -> None:
    view = view_of(a_ready(a_paper()))
    assert SITE.edition_pages(view) == Site(categories=("cs.SD", "eess.AS")).edition_pages(view)


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ((PaperVersion(paper=a_paper(), rev=1), None), (PaperVersion(paper=a_paper(), rev=2), None)),
        ((PaperVersion(paper=a_paper(), rev=1), None), (PaperVersion(paper=a_paper(), rev=1), JOINED)),
        ((PaperVersion(paper=a_paper(), rev=1), JOINED), (PaperVersion(paper=a_paper(), rev=1), WITHDRAWN)),
        ((PaperVersion(paper=a_paper(), rev=90), JOINED), (PaperVersion(paper=a_paper(version=2), rev=0), JOINED)),
    ],
)
def test_what_a_paper_became_later_has_the_larger_revision(
    older: tuple[PaperVersion, Entry | None], newer: tuple[PaperVersion, Entry | None]
) -> None:
    first, second = (SITE.paper_objects(version, DAY if entry else None, entry)[0] for version, entry in (older, newer))
    assert first.revision < second.revision


def test_a_cross_list_is_counted_as_one() -> None:
    cross = a_paper(primary_category="cs.CL", categories=("cs.CL", "cs.SD"))
    view = a_view(some_facts(probes=(PROBE,)), [(a_ready(cross), an_entry(cross, kind=Kind.CROSS))])
    assert "交叉列表 1" in SITE.edition_pages(view)[1].body.decode()


def test_the_post_counts_what_is_hidden_and_late_where_there_is_any() -> None:
    shown, hidden = a_paper(), a_paper("2602.00001")
    stood = [(a_ready(shown), an_entry(shown, late=True)), (a_ready(hidden), an_entry(hidden, hidden_by="cap"))]
    made = SITE.edition_pages(a_view(some_facts(probes=(PROBE,)), stood))[0].body.decode()
    assert "- 其中：隐藏 1 篇，晚到 1 篇，撤稿 0 篇\n" in made
    assert "其中：" not in post(a_ready(shown))


def test_the_page_tells_the_rules_the_witnesses_and_what_has_no_metadata_yet() -> None:
    shown, hidden = a_paper(), a_paper("2602.00001")
    stood = [(a_ready(shown), an_entry(shown)), (a_ready(hidden), an_entry(hidden, hidden_by="cap"))]
    unseen = Seen(paper_id="2501.00009", kind=Kind.CROSS, witness="feed", since=NOW, overdue=True)
    probes = (PROBE, Probe(at=NOW, witness="feed", error="arXiv answered HTTP 503"))
    made = SITE.edition_pages(a_view(some_facts(probes=probes), stood, [unseen]))[1].body.decode()
    assert "已隐藏 1 篇：超出每日上限 1" in made
    assert "arXiv:2501.00009</a>：已超过一天，仍无元数据" in made
    assert "未能读取（arXiv answered HTTP 503）" in made
