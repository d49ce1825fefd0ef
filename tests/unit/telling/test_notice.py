import json

import pytest

from arxiv_daily.editions.words import LANGUAGES
from arxiv_daily.telling.event import UnreadableEvent, read_event
from arxiv_daily.telling.mail import mail_of
from arxiv_daily.telling.notice import one_line
from tests.unit.telling.notices import SITE, a_long_notice, a_notice, an_event

LARGEST_MAIL = 256 * 1024


def test_a_mail_tells_the_day_its_counts_and_each_title_with_its_link() -> None:
    mail = mail_of(a_notice("First", "Second", language="en", status_text="Complete: all 2 papers are read."))
    assert mail.subject == "arXiv Daily 2026-02-12 (2)"
    assert mail.body == (
        "arXiv Daily 2026-02-12: 2 papers\n\n"
        "Complete: all 2 papers are read.\n"
        "Announced: 3 papers (2 new, 1 cross-listed) | Shown: 2 | 2 read, 0 waiting, 0 failed\n\n"
        f"1. First\n   {SITE}/papers/2602.00000.html\n\n"
        f"2. Second\n   {SITE}/papers/2602.00001.html\n\n"
        f"Read this edition: {SITE}/editions/2026-02-12.html\n"
        f"Data (JSON): {SITE}/editions/2026-02-12.json\n"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_subject_is_what_sns_takes(language: str) -> None:
    subject = mail_of(a_notice("听" * 300, language=language)).subject
    assert subject.isascii()
    assert subject.isprintable()
    assert len(subject) <= 100


def test_the_longest_mail_is_within_what_sns_takes_and_says_how_many_more_there_are() -> None:
    body = mail_of(a_long_notice()).body
    assert len(body.encode()) < LARGEST_MAIL
    assert "另有 7 篇" in body


def test_a_site_in_another_language_is_told_in_english() -> None:
    assert a_notice("x", language="ja").title == "arXiv Daily 2026-02-12: 1 paper"


@pytest.mark.parametrize(
    ("text", "line"),
    [("a\n b\t c", "a b c"), ("a\u202eb\u200bc\x07", "abc"), ("声 𝄞 é", "声 𝄞 é"), ("a\u2028b", "a b")],
)
def test_a_text_becomes_one_visible_line(text: str, line: str) -> None:
    assert one_line(text) == line


def test_an_event_is_read_out_of_eventbridge_s_envelope_and_later_fields_are_passed_over() -> None:
    detail = an_event("First").model_dump(mode="json") | {"added_later": [1]}
    body = json.dumps({"source": "arxiv-daily", "detail-type": "EditionPublished", "detail": detail})
    assert read_event(body) == an_event("First")


@pytest.mark.parametrize(
    ("body", "named"), [("no JSON", "Invalid JSON"), ("{}", "detail"), ('{"detail": {"date": "today"}}', "detail.date")]
)
def test_a_message_without_an_event_says_what_is_wrong(body: str, named: str) -> None:
    with pytest.raises(UnreadableEvent, match=named):
        read_event(body)
