"""A day read by keyboard alone, filtered, and marked."""

from playwright.sync_api import Page, expect

from tests.browser.pages import PAGES
from tests.browser.sixty import LONG_ID, PENDING_ID
from tests.browser.visiting import Visitor

EDITION = PAGES["edition-of-60"]
FOCUSED = "document.activeElement.closest('[data-paper]')?.dataset.paper"
SEEN = "(element) => { const box = element.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }"


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_the_first_stop_of_the_tabulator_skips_to_the_text(visitor: Visitor) -> None:
    page = visitor.open(EDITION)
    press(page, "Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_attribute("href", "#main")
    expect(skip).to_be_in_viewport()
    press(page, "Enter")
    expect(page.locator("#main")).to_be_focused()


def test_the_keyboard_alone_reads_a_day(visitor: Visitor) -> None:
    page = visitor.open(EDITION)
    ids = page.locator(".papers [data-paper]").evaluate_all("all => all.map((one) => one.dataset.paper)")
    press(page, "j")
    assert page.evaluate(FOCUSED) == ids[0] == LONG_ID
    press(page, *"jjjjk")
    assert page.evaluate(FOCUSED) == ids[3]
    assert page.locator(":focus").evaluate(SEEN)
    press(page, "Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.url.endswith(f"/papers/{ids[3]}.html")


def test_keys_walk_over_every_paper_of_the_day_one_after_the_other(visitor: Visitor) -> None:
    page = visitor.open(EDITION)
    ids = page.locator(".papers [data-paper]").evaluate_all("all => all.map((one) => one.dataset.paper)")
    walked = []
    for _ in ids:
        press(page, "j")
        walked.append(page.evaluate(FOCUSED))
    assert walked == ids
    assert PENDING_ID in walked


def test_a_slash_filters_by_words(visitor: Visitor) -> None:
    page = visitor.open(EDITION)
    papers = page.locator(".papers > [data-paper]").filter(visible=True)
    before = papers.count()
    press(page, "/")
    expect(page.locator("#filter")).to_be_focused()
    page.keyboard.type("ultralong")
    expect(papers).to_have_count(1)
    assert papers.get_attribute("data-paper") == LONG_ID
    page.locator("#filter").fill("")
    expect(papers).to_have_count(before)


def test_a_category_filters_too(visitor: Visitor) -> None:
    page = visitor.open(EDITION)
    page.locator("[data-category='cs.CL']").click()
    papers = page.locator(".papers > [data-paper]").filter(visible=True)
    assert 0 < papers.count() < 59
    assert all("cs.CL" in str(paper.get_attribute("data-categories")) for paper in papers.all())


def test_marks_are_kept_in_the_browser(visitor: Visitor) -> None:
    page = visitor.open(EDITION)
    press(page, *"jjsm")
    marked = page.locator(f"[data-paper='{page.evaluate(FOCUSED)}']")
    page.reload()
    expect(marked.locator("[data-mark=starred]")).to_have_attribute("aria-pressed", "true")
    expect(marked.locator("[data-mark=read]")).to_have_attribute("aria-pressed", "true")
    expect(visitor.open("index.html").locator("#starred li")).to_have_count(1)


def test_keys_can_be_switched_off(visitor: Visitor) -> None:
    page = visitor.open(EDITION)
    press(page, "?")
    page.get_by_role("dialog").get_by_role("checkbox").uncheck()
    press(page, "Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.reload()
    press(page, "j")
    assert page.evaluate(FOCUSED) is None


def test_keys_do_nothing_while_somebody_types(visitor: Visitor) -> None:
    page = visitor.open(EDITION)
    press(page, "/")
    page.keyboard.type("jks?/")
    assert page.locator("#filter").input_value() == "jks?/"
    expect(page.get_by_role("dialog")).to_be_hidden()
