import logging
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from lxml import etree

from arxiv_daily.models import PaperRef, Window
from arxiv_daily.sources import api as arxiv_api
from arxiv_daily.sources.api import ArxivApi
from arxiv_daily.sources.errors import ArxivUnavailable, PaperNotFound
from tests.shared_data import shared_data
from tests.unit.sources.fakes import ATOM, HTML, Answer, FakeNetwork, entry, error_entry, feed, session_over

URL = "http://127.0.0.1:9/api/query"
CATEGORIES = ("cs.SD", "eess.AS")
WINDOW = Window(
    start=datetime(2026, 2, 11, 0, 50, tzinfo=UTC),
    end=datetime(2026, 2, 12, 0, 50, tzinfo=UTC),
)


def api(network: FakeNetwork) -> ArxivApi:
    return ArxivApi(URL, session_over(network))


def asked(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def test_the_window_is_asked_in_gmt_minutes_newest_first() -> None:
    network = FakeNetwork(Answer(feed()))

    api(network).published_between(CATEGORIES, WINDOW)

    query = asked(network.urls[0])
    assert network.urls[0].startswith(URL + "?")
    assert query["search_query"] == ("(cat:cs.SD OR cat:eess.AS) AND submittedDate:[202602110050 TO 202602120050]")
    assert (query["sortBy"], query["sortOrder"], query["max_results"]) == (
        "submittedDate",
        "descending",
        "1000",
    )


def test_an_empty_feed_is_no_papers() -> None:
    assert api(FakeNetwork(Answer(feed()))).published_between(CATEGORIES, WINDOW) == []


def test_every_page_is_read() -> None:
    pages = [[f"2602.{page}{number:04}v1" for number in range(100)] for page in (0, 1)]
    network = FakeNetwork(*(Answer(feed(map(entry, page), total=200)) for page in pages))

    papers = api(network).published_between(CATEGORIES, WINDOW)

    assert len(papers) == 200
    assert [asked(url)["start"] for url in network.urls] == ["0", "100"]


def test_papers_come_newest_first_and_once() -> None:
    network = FakeNetwork(
        Answer(
            feed(
                [
                    entry("2602.00001v1", "2026-02-11T08:00:00Z"),
                    entry("2602.00002v1", "2026-02-11T09:00:00Z"),
                    entry("2602.00001v2", "2026-02-11T08:00:00Z"),
                ],
                total=2,
            )
        )
    )

    papers = api(network).published_between(CATEGORIES, WINDOW)

    assert [str(paper.ref) for paper in papers] == ["2602.00002v1", "2602.00001v2"]


def test_a_result_becomes_a_paper() -> None:
    paper = api(FakeNetwork(Answer(feed([entry("hep-th/9901001v3")])))).paper(PaperRef.parse("hep-th/9901001"))

    assert str(paper.ref) == "hep-th/9901001v3"
    assert paper.title == "A title in two lines"
    assert paper.abstract == "We show that $x<y$."
    assert paper.authors == ("Ada Müller", "李 明")
    assert paper.categories == ("eess.AS", "cs.SD")
    assert paper.primary_category == "eess.AS"
    assert paper.published == datetime(2026, 2, 11, 10, tzinfo=UTC)
    assert (paper.comment, paper.journal_ref, paper.doi) == (None, None, None)


BAD_ANSWERS = {
    "an HTML page": Answer(b"<html>captcha</html>", HTML),
    "HTML called Atom": Answer(b"<!DOCTYPE html><html><body>captcha</body></html>", ATOM),
    "an empty body": Answer(b"", ATOM),
    "truncated XML": Answer(feed([entry("2602.00001v1"), entry("2602.00002v1")])[:-200], ATOM),
    "another kind of XML": Answer(b"<rss/>", "application/rss+xml"),
    "a feed without a count": Answer(b'<feed xmlns="http://www.w3.org/2005/Atom"/>', ATOM),
    "an error entry": Answer(error_entry(), ATOM),
    "an old error entry": Answer(error_entry("http"), ATOM),
    "an empty page of many": Answer(feed(total=5), ATOM),
    "fewer results than stated": Answer(feed([entry("2602.00001v1")], total=2), ATOM),
    "no entry with dates": Answer(feed(["<entry><id>http://arxiv.org/abs/2602.00001v1</id></entry>"]), ATOM),
    "no entry that is a paper": Answer(feed([entry("nonsense"), entry("more of it")]), ATOM),
    "an error entry among papers": Answer(error_entry().replace(b"<entry>", entry("2602.1v1").encode() + b"<entry>")),
    "forbidden": Answer(b"<html>", HTML, 403),
    "bad request without a reason": Answer(feed(), ATOM, 400),
    "rate exceeded": Answer(b"Rate exceeded.", "text/plain", 429),
    "no connection": requests.ConnectionError("refused"),
    "too many redirects": Answer(status=302, headers={"Location": URL}),
}


@pytest.mark.parametrize("bad", BAD_ANSWERS.values(), ids=BAD_ANSWERS.keys())
def test_a_bad_answer_is_never_an_empty_day(bad: Answer | Exception) -> None:
    with pytest.raises(ArxivUnavailable) as caught:
        api(FakeNetwork(bad)).published_between(CATEGORIES, WINDOW)

    assert caught.value.url.startswith(URL)


def test_a_bad_page_is_asked_for_again() -> None:
    network = FakeNetwork(Answer(b"<html>", HTML), Answer(feed([entry("2602.00001v1")])))

    assert len(api(network).published_between(CATEGORIES, WINDOW)) == 1


def test_four_bad_pages_are_enough() -> None:
    network = FakeNetwork(Answer(b"<html>", HTML))

    with pytest.raises(ArxivUnavailable) as caught:
        api(network).published_between(CATEGORIES, WINDOW)

    assert len(network.requests) == caught.value.tries == 4
    assert "text/html" in str(caught.value)


def test_when_pages_shift_while_they_are_read_nothing_is_lost_and_nothing_comes_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(arxiv_api, "PAGE_SIZE", 2)
    one, two, three, new = (entry(f"2602.0000{number}v1") for number in (1, 2, 3, 4))
    network = FakeNetwork(
        *(Answer(feed(page, total)) for page, total in (([one, two], 3), ([two, three], 4))),
        *(Answer(feed(page, 4)) for page in ([new, one], [two, three])),
    )

    papers = api(network).published_between(CATEGORIES, WINDOW)

    assert sorted(paper.paper_id for paper in papers) == ["2602.00001", "2602.00002", "2602.00003", "2602.00004"]
    assert len(network.requests) == 4


def test_two_versions_of_one_paper_do_not_hide_that_another_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arxiv_api, "PAGE_SIZE", 1)
    pages = [Answer(feed([entry("2602.00001v1")], 2)), Answer(feed([entry("2602.00001v2")], 2))]
    with pytest.raises(ArxivUnavailable, match="only 1 of 2"):
        api(FakeNetwork(*pages * 3)).published_between(CATEGORIES, WINDOW)


GOOD = entry("2602.00001v1")
UNREADABLE = {
    "no dates": ("2602.00009", "<entry><id>http://arxiv.org/abs/2602.00009v1</id><title>On air</title></entry>"),
    "a date that is none": ("2602.00009", entry("2602.00009v1", "yesterday")),
    "a date before all dates": ("2602.00009", entry("2602.00009v1", "0001-01-01T00:00:00+14:00")),
    "no version": ("2602.00009", entry("2602.00009")),
    "an id that is none": ("http://arxiv.org/abs/nonsense", entry("nonsense")),
    "no id": ("On air", "<entry><title>On air</title></entry>"),
}


def papers_in_errors(caplog: pytest.LogCaptureFixture) -> list[object]:
    return [vars(record)["paper"] for record in caplog.records if record.levelno == logging.ERROR]


@pytest.mark.parametrize("kind", UNREADABLE)
def test_an_entry_that_cannot_be_read_is_named_and_harms_no_other_paper(
    kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    name, bad = UNREADABLE[kind]
    network = FakeNetwork(Answer(feed([GOOD, bad, entry("2602.00002v1")])))

    papers = api(network).published_between(CATEGORIES, WINDOW)

    assert [paper.paper_id for paper in papers] == ["2602.00001", "2602.00002"]
    (unreadable,) = papers_in_errors(caplog)
    assert str(unreadable).startswith(name)
    assert len(network.requests) == 1


def test_where_an_entry_cannot_be_read_the_pages_after_it_are_read_all_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(arxiv_api, "PAGE_SIZE", 2)
    ids = ["2602.00001v1", "2602.00002v1", "2602.00003v1"]
    network = FakeNetwork(
        Answer(feed([entry("nonsense"), entry(ids[0])], 7)),
        Answer(feed([entry(ids[1]), entry("2602.00009")], 7)),
        Answer(feed([entry(ids[2]), entry("2602.00008")], 7)),
        Answer(feed([entry("of nobody")], 7)),
    )

    papers = api(network).published_between(CATEGORIES, WINDOW)

    assert sorted(str(paper.ref) for paper in papers) == ids
    assert len(papers_in_errors(caplog)) == 4
    assert [asked(url)["start"] for url in network.urls] == ["0", "2", "4", "6"]


def test_an_entry_that_cannot_be_read_does_not_hide_that_another_is_missing() -> None:
    network = FakeNetwork(Answer(feed([GOOD, entry("nonsense")], 3)), Answer(feed(total=3)))
    with pytest.raises(ArxivUnavailable):
        api(network).published_between(CATEGORIES, WINDOW)


def test_papers_that_shift_between_unreadable_ones_are_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arxiv_api, "PAGE_SIZE", 2)
    pages = [Answer(feed([GOOD, entry("2602.00009")], 3)), Answer(feed([entry("2602.00009"), GOOD], 3))]
    with pytest.raises(ArxivUnavailable, match="only 2 of 3"):
        api(FakeNetwork(*pages * 3)).published_between(CATEGORIES, WINDOW)


def test_a_paper_whose_other_version_can_be_read_is_not_missing(caplog: pytest.LogCaptureFixture) -> None:
    network = FakeNetwork(Answer(feed([GOOD, entry("2602.00001v2", "soon")], 1)))
    assert [str(paper.ref) for paper in api(network).published_between(CATEGORIES, WINDOW)] == ["2602.00001v1"]
    assert papers_in_errors(caplog) == []


def test_of_papers_asked_for_by_id_those_that_can_be_read_are_given(caplog: pytest.LogCaptureFixture) -> None:
    network = FakeNetwork(Answer(feed([GOOD, entry("2602.00009v1", "soon")])))
    assert [str(paper.ref) for paper in api(network).papers(["2602.00001", "2602.00009"])] == ["2602.00001v1"]
    assert papers_in_errors(caplog) == ["2602.00009"]


def test_papers_of_which_none_can_be_read_are_not_visible_yet(caplog: pytest.LogCaptureFixture) -> None:
    assert api(FakeNetwork(Answer(feed([entry("2602.00009v1", "soon")])))).papers(["2602.00009"]) == []
    assert papers_in_errors(caplog) == ["2602.00009"]


def test_a_paper_asked_for_alone_that_cannot_be_read_is_not_unknown() -> None:
    with pytest.raises(ArxivUnavailable, match="no entry that can be read"):
        api(FakeNetwork(Answer(feed([entry("2602.10934v1", "soon")])))).paper(PaperRef.parse("2602.10934"))


def test_a_total_that_counts_ids_that_are_not_shown_asks_for_no_second_page() -> None:
    network = FakeNetwork(Answer(feed([GOOD, entry("2602.00002v1")], total=3)), requests.ConnectionError("refused"))

    found = api(network).papers(["2602.00001", "2602.00002", "2602.00003"])

    assert [paper.paper_id for paper in found] == ["2602.00001", "2602.00002"]
    assert len(network.requests) == 1


def test_an_empty_page_does_not_mean_that_a_paper_is_unknown() -> None:
    network = FakeNetwork(Answer(feed(total=1)), Answer(feed([entry("2602.10934v1")])))

    assert api(network).paper(PaperRef.parse("2602.10934")).version == 1


def test_many_papers_are_asked_for_by_their_ids_and_those_that_are_not_visible_are_left_out() -> None:
    network = FakeNetwork(Answer(feed([entry("2602.00001v2")])), Answer(feed()))

    found = api(network).papers([f"2602.{number:05}" for number in range(101)])

    assert [str(paper.ref) for paper in found] == ["2602.00001v2"]
    assert [len(asked(url)["id_list"].split(",")) for url in network.urls] == [100, 1]


def test_a_406_with_a_good_page_is_used() -> None:
    network = FakeNetwork(Answer(feed([entry("2602.00001v1")]), status=406))

    assert len(api(network).published_between(CATEGORIES, WINDOW)) == 1


def test_a_406_with_a_page_that_is_cut_is_asked_for_again() -> None:
    page = feed([GOOD])
    network = FakeNetwork(Answer(page[:-20], status=406), Answer(page, status=406))

    assert len(api(network).published_between(CATEGORIES, WINDOW)) == 1


def test_four_406_with_cut_pages_are_enough() -> None:
    network = FakeNetwork(Answer(feed([GOOD])[:-20], status=406))

    with pytest.raises(ArxivUnavailable, match="broken XML") as caught:
        api(network).published_between(CATEGORIES, WINDOW)

    assert len(network.requests) == caught.value.tries == 4


def test_the_version_named_is_the_version_asked() -> None:
    network = FakeNetwork(Answer(feed([entry("2602.10934v2")])))

    assert api(network).paper(PaperRef.parse("2602.10934v2")).version == 2
    assert asked(network.urls[0])["id_list"] == "2602.10934v2"


NOT_FOUND = {
    "nothing": Answer(feed()),
    "the HTTP 400 error entry": Answer(error_entry(), status=400),
    "an error entry with status 200": Answer(error_entry()),
    "its old form": Answer(error_entry("http")),
    "another paper": Answer(feed([entry("2602.00001v1")])),
    "another version": Answer(feed([entry("2602.10934v1")])),
}


@pytest.mark.parametrize("answer", NOT_FOUND.values(), ids=NOT_FOUND.keys())
def test_an_unknown_paper_is_not_found(answer: Answer) -> None:
    with pytest.raises(PaperNotFound, match=r"2602\.10934v9"):
        api(FakeNetwork(answer)).paper(PaperRef.parse("2602.10934v9"))


def test_arxiv_out_of_reach_is_not_an_unknown_paper() -> None:
    with pytest.raises(ArxivUnavailable):
        api(FakeNetwork(Answer(b"<html>", HTML))).paper(PaperRef.parse("2602.10934"))


def recorded() -> list[Path]:
    folders = [shared_data(f"atom/{name}") for name in ("recorded_2026", "recorded_2025-11", "other")]
    return [path for folder in folders for path in sorted(folder.glob("*.xml"))]


def entries_and_total(path: Path) -> tuple[int, int]:
    root = etree.fromstring(path.read_bytes())
    total = root.findtext("{http://a9.com/-/spec/opensearch/1.1/}totalResults")
    return len(root.findall("{http://www.w3.org/2005/Atom}entry")), int(total)


def test_recorded_answers_give_all_their_papers_or_say_that_some_are_missing() -> None:
    for path in recorded():
        client = api(FakeNetwork(Answer(path.read_bytes(), status=400 if "http400" in path.name else 200)))
        entries, total = entries_and_total(path)
        if "http400" in path.name or entries < total:
            with pytest.raises(ArxivUnavailable):
                client.published_between(CATEGORIES, WINDOW)
        else:
            assert len(client.published_between(CATEGORIES, WINDOW)) == entries, path.name


def test_every_recorded_paper_can_be_read() -> None:
    for path in recorded():
        ids = [
            node.text.rpartition("/abs/")[2]
            for node in etree.fromstring(path.read_bytes()).iterfind("{*}entry/{*}id")
            if "/abs/" in node.text
        ]
        whole = path.read_bytes()
        for paper_id in ids:  # the pages of a longer listing state a total beyond their entries
            client = api(FakeNetwork(Answer(_with_total(whole, len(ids)))))
            assert str(client.paper(PaperRef.parse(paper_id)).ref) == paper_id


def _with_total(page: bytes, total: int) -> bytes:
    root = etree.fromstring(page)
    root.find("{http://a9.com/-/spec/opensearch/1.1/}totalResults").text = str(total)
    return bytes(etree.tostring(root))


def test_the_recorded_rejection_is_an_unknown_paper() -> None:
    (path,) = shared_data("atom/recorded_2026").glob("*http400*")

    with pytest.raises(PaperNotFound, match="arXiv knows no paper"):
        api(FakeNetwork(Answer(path.read_bytes(), status=400))).paper(PaperRef.parse("2602.10934"))


@pytest.mark.parametrize("name", ["other/xiv_captcha_page.html", "rss/zotero-arxiv-daily_csAI_20250820.atom.xml"])
def test_a_recorded_answer_of_another_kind_is_refused(name: str) -> None:
    with pytest.raises(ArxivUnavailable):
        api(FakeNetwork(Answer(shared_data(f"atom/{name}").read_bytes()))).published_between(CATEGORIES, WINDOW)


def test_the_seeds_day_has_its_nineteen_papers() -> None:
    page = shared_data("atom/seed_day_2026-02-12.xml").read_bytes()

    papers = api(FakeNetwork(Answer(page))).published_between(CATEGORIES, WINDOW)

    assert len(papers) == 19
    assert sum(paper.published in WINDOW for paper in papers) == 7
    assert papers == sorted(papers, key=lambda paper: paper.published, reverse=True)
