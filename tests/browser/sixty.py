"""A day of sixty papers in every state that there is."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from arxiv_daily.editions.window import window_of
from arxiv_daily.models import Checks, Entry, Kind, Paper, PaperVersion, Seen, TakeDown, TextSource
from tests.browser import sentences
from tests.browser.days import Day, Stood
from tests.browser.papers import Inventor
from tests.examples import an_entry

LONG_ID, DOUBTED_ID, FAILED_ID, WITHDRAWN_ID, TAKEN_DOWN_ID = (f"2603.0700{number}" for number in range(5))
PENDING_ID = "2603.07007"
DOUBTS = Checks(
    claimed=5,
    verified=2,
    dropped=("一项结果的引文不在论文原文中。", "一项结果的数字与引文不符。"),
    doubts=("译文缺少原文中的数字 17.3。",),
)
NOTICE = "论文中有一段写给语言模型的指令（“ignore all previous instructions”），解读时未予理会。"


def sixty() -> Day:
    day = date(2026, 3, 6)
    unseen = [
        Seen(paper_id="2603.07998", kind=Kind.NEW, title="Not Visible Yet", witness="feed", since=window_of(day).end),
        Seen(paper_id="2603.07999", kind=Kind.CROSS, witness="feed", since=window_of(day).end, overdue=True),
    ]
    return Day(day, list(_sixty(day)), unseen)


def _sixty(day: date) -> Iterator[tuple[PaperVersion, Entry]]:
    odd = _odd_ones(day)
    yield from odd
    for number in range(len(odd), 60):
        inventor = Inventor(number)
        paper = inventor.paper(f"2603.07{number:03}", _published(day, number))
        yield inventor.read(paper), an_entry(paper, kind=Kind.CROSS if number % 7 == 0 else Kind.NEW)


def _odd_ones(day: date) -> Stood:
    """A long one, a doubted one, and one in each of the states that are not "read and good"."""
    inventors = [Inventor(number) for number in range(11)]
    papers = [one.paper(f"2603.07{number:03}", _published(day, number)) for number, one in enumerate(inventors)]
    papers[0] = _lengthened(papers[0], inventors[0])
    return [
        (inventors[0].read(papers[0], formula=sentences.LONG_FORMULA), an_entry(papers[0])),
        (inventors[1].read(papers[1], DOUBTS, truncated=True, notices=(NOTICE,)), an_entry(papers[1])),
        (inventors[2].failed(papers[2], "模型拒绝解读这篇论文"), an_entry(papers[2])),
        (inventors[3].read(papers[3]), an_entry(papers[3], withdrawn="Withdrawn: Eq. (7) does not hold")),
        (inventors[4].read(papers[4]).model_copy(update=_taken_down(papers[4].published)), an_entry(papers[4])),
        (
            inventors[5].read(papers[5], source=TextSource.ABSTRACT, source_note="全文尚未公开"),
            an_entry(papers[5], late=True),
        ),
        (inventors[6].read(papers[6], source=TextSource.PDF), an_entry(papers[6], kind=Kind.CROSS)),
        (PaperVersion(paper=papers[7]), an_entry(papers[7])),
        (PaperVersion(paper=papers[8]), an_entry(papers[8], late=True)),
        (inventors[9].read(papers[9]), an_entry(papers[9], hidden_by="keywords_out")),
        (inventors[10].read(papers[10]), an_entry(papers[10], kind=Kind.REPLACE)),
    ]


def _lengthened(paper: Paper, inventor: Inventor) -> Paper:
    return paper.model_copy(
        update={
            "title": sentences.LONG_TITLE,
            "authors": ("The $g-2$ Collaboration of Listeners", *inventor.authors(39)),
            "abstract": f"{paper.abstract} The bound is {sentences.LONG_FORMULA}, which holds for every $K$.",
            "comment": "41 pages, 17 figures; submitted to INTERSPEECH 2026; code: https://github.com/example/multitalker",
            "categories": ("cs.SD", "eess.AS", "cs.CL", "cs.LG", "cs.AI", "cs.HC", "stat.ML"),
        }
    )


def _published(day: date, number: int) -> datetime:
    return window_of(day).end - timedelta(minutes=10 * number + 5)


def _taken_down(at: datetime) -> dict[str, TakeDown]:
    return {"taken_down": TakeDown(reason="译文把作者的结论说反了，更正后会恢复。", at=at)}
