"""What each subject makes of its figures; measuring them is `make bench`'s own work."""

from collections import Counter
from datetime import date

from arxiv_daily.sources.latexml import text_of_latexml
from tests.bench import adding, cost, extraction, makespan, reading, rendering, requests
from tests.bench.days import Day
from tests.bench.extraction import File, Found
from tests.bench.lines import Part
from tests.bench.long_pages import lengthened
from tests.bench.publishing import Published
from tests.costing.copied_days import SAMPLE
from tests.costing.reading import Reading
from tests.simulation import Endpoint

PAGE = SAMPLE / "html" / "2699.00001v1.html"


def missed(part: Part) -> list[str]:
    return [line.what for line in part.lines if not line.holds]


def a_day(papers: int, seconds: float, calls: int | None = None) -> Day:
    """Its first worker began after a second."""
    return Day(papers, calls or papers, first_taken=1, last_digest=1 + seconds, page=2 + seconds)


def makespan_of_fifty(seconds: float, calls: int = 50) -> Part:
    days = {papers: a_day(papers, papers / 2) for papers in makespan.SIZES}
    return makespan.part(days, {**days, 50: a_day(50, seconds, calls)}, dict.fromkeys(makespan.SIZES, 3.0))


def test_fifty_papers_may_be_read_in_a_quarter_more_than_claudes_own_time() -> None:
    assert missed(makespan_of_fifty(6.25)) == []
    assert missed(makespan_of_fifty(6.3)) == ["50 papers read, workers warm"]


def test_claudes_own_time_is_that_of_the_calls_that_were_really_made() -> None:
    assert missed(makespan_of_fifty(6.3, calls=55)) == []


def test_the_page_of_a_makespan_tells_warm_and_cold_days_from_the_event_on() -> None:
    text = makespan_of_fifty(6).text
    assert "| 50 | warm | 50 | 1.00 | 7.00 | 6.00 | 8.00 |" in text
    assert "| 50 | cold | 50 | 1.00 | 26.00 | 25.00 | 27.00 |" in text


def test_a_paper_may_take_150_milliseconds_of_processor() -> None:
    assert missed(reading.part(150, calls=20)) == []
    assert missed(reading.part(151, calls=20)) == ["a paper of 200 kB in summarize"]


def test_real_files_count_together_and_apart_from_what_is_made_up() -> None:
    files = [File(name, PAGE, kind) for kind in ("html", "pdf") for name in (f"a.{kind}", f"b.{kind}", f"c.{kind}")]
    figures = {"a.html": 16.0, "b.html": 10.0, "c.html": 23.0, "a.pdf": 13.0, "b.pdf": 12.0, "c.pdf": 12.0}
    part = extraction.part([Found(file, figures[file.name], 1.0) for file in files])
    assert [line.measured for line in part.lines] == [16.0, 16.5, 13.0, 12.0]
    assert missed(part) == ["text of a page, 2 real HTML"]


def test_absent_real_papers_are_named_on_the_page() -> None:
    part = extraction.part([Found(File(kind, PAGE, kind), 5.0, 1.0) for kind in ("html", "pdf")])
    assert len(part.lines) == 2
    assert "real papers are absent" in part.text


def rendered(seconds: float, megabytes: float, tenth: float = 1.0) -> Part:
    found = {
        20: Published(0.1, 70, {}),
        200: Published(tenth, 90, {}),
        2000: Published(seconds, megabytes, {"s3:PUT": 7}),
    }
    return rendering.part(found)


def test_two_thousand_papers_may_take_ten_seconds_and_512_megabytes_and_grow_with_their_number() -> None:
    assert missed(rendered(10, 512)) == []
    assert missed(rendered(10.1, 512)) == ["2,000 papers rendered and published"]
    assert missed(rendered(10, 513)) == ["2,000 papers rendered and published: memory"]
    assert missed(rendered(10, 512, tenth=0.5)) == ["2,000 papers rendered and published"]


def added(seconds: float, puts: int, looks: int) -> Part:
    def rounds(seconds: float, puts: int, looks: int) -> list[Published]:
        requests = {"s3:PUT": puts, "s3:HEAD": looks, "listed keys": 5, "dynamodb:GetItem": 9}
        return [Published(one, 80, requests) for one in (seconds, 9 * seconds, seconds)]

    usual = rounds(1.0, 50, 80)
    return adding.part({1: usual, 365: usual, 3650: rounds(seconds, puts, looks)})


def test_a_day_costs_the_same_in_an_old_archive_up_to_a_tenth_more_or_less() -> None:
    assert missed(added(1.1, 55, 72)) == []
    assert missed(added(1.11, 50, 80)) == ["a day added to 3,650 editions: processor"]
    assert missed(added(1, 56, 80)) == ["a day added to 3,650 editions: objects written"]
    assert missed(added(1, 50, 71)) == ["a day added to 3,650 editions: objects looked at, read or listed"]


def test_a_paper_is_held_to_what_the_budget_plans_with() -> None:
    usual = Reading("usual", 18_750, 3_000, 0.1, 0.02)
    assert missed(cost.part(usual, usual, budget=3)) == []
    larger = Reading("measured", 18_751, 3_000, 0.1, 0.02)
    assert missed(cost.part(larger, usual, budget=3)) == ["tokens sent for a paper", "Claude for a paper"]
    assert missed(cost.part(usual, usual, budget=1.5)) == ["Claude for 300 usual papers"]


def asked(quiet: int, texts: int) -> Part:
    full, empty = date(2026, 11, 25), date(2026, 11, 26)
    counted = {full: Counter({Endpoint.API: 9, Endpoint.HTML: texts}), empty: Counter({Endpoint.FEED: quiet})}
    return requests.part(counted, {full: 20, empty: 0})


def test_a_quiet_day_may_ask_arxiv_eight_times_and_a_paper_for_its_html_once() -> None:
    assert missed(asked(quiet=8, texts=20)) == []
    assert missed(asked(quiet=9, texts=20)) == ["requests to arXiv on a day without papers"]
    assert missed(asked(quiet=8, texts=21)) == ["HTML asked for on a day of 20 papers"]


def test_a_page_is_lengthened_by_text_that_is_read_and_the_same_every_time() -> None:
    page = PAGE.read_text(encoding="utf-8")
    longer = lengthened(page, 100_000)
    assert 100_000 <= len(longer.encode()) < 120_000
    assert longer == lengthened(page, 100_000)
    short, long = text_of_latexml(page.encode()), text_of_latexml(longer.encode())
    assert len(long.text) > len(short.text) + 20_000
    assert long.hidden == short.hidden
