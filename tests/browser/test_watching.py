"""The eyes of these tests: they see what they are to complain of."""

import pytest
from playwright.sync_api import Browser, Route

from tests.browser.inventory import RECORDER, look, strangers
from tests.browser.test_pages import too_wide, violations
from tests.browser.visiting import NARROW, visiting

ORIGIN = "http://site.localhost"
POLICY = {"Content-Security-Policy": "default-src 'self' http://elsewhere.localhost"}
GOOD = "<!doctype html><html lang=en><title>x</title><main><h1>x</h1>{}</main>"


def visit(browser: Browser, html: str) -> None:
    def answer(route: Route) -> None:
        is_page = route.request.url == f"{ORIGIN}/page.html"
        route.fulfill(status=200 if is_page else 404, body=html, content_type="text/html", headers=POLICY)

    with visiting(browser, ORIGIN) as visitor:
        visitor.context.route("**/*", answer)
        visitor.open("page.html")


def test_a_page_that_keeps_to_itself_is_not_complained_of(chromium: Browser) -> None:
    visit(chromium, GOOD.format("<p>x</p>"))


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<img src=http://elsewhere.localhost/x.png>", "left the site for http://elsewhere.localhost/x.png"),
        ("<img src=http://evil.localhost/x.png>", "refused by the policy: img-src"),
        ("<script>1</script>", "refused by the policy: script-src"),
        ("<b onclick='1'>x</b>", "refused by the policy: script-src-attr"),
        ("<img src=/gone.png>", "gone.png: status 404"),
    ],
)
def test_what_a_page_asks_for_is_seen(chromium: Browser, html: str, said: str) -> None:
    with pytest.raises(AssertionError, match=said):
        visit(chromium, GOOD.format(html))


@pytest.mark.parametrize(
    "html",
    [
        "<iframe></iframe>",
        "<img src=x>",
        "<a href='javascript:1'>x</a>",
        "<a href='//evil.example'>x</a>",
        "<form action='https://evil.example'></form>",
        "<b onclick='1'>x</b>",
        "<p style='color: red'>x</p>",
        "<script>1</script>",
        "<meta http-equiv=refresh content=9>",
        "<math><mtext><svg></svg></mtext></math>",
        "<x-mark></x-mark>",
    ],
)
def test_what_templates_never_write_is_a_stranger(chromium: Browser, html: str) -> None:
    page = chromium.new_page()
    page.set_content(GOOD.format(html))
    assert len(strangers(look(page), ORIGIN)) == 1
    page.close()


def test_a_script_that_runs_is_noticed(chromium: Browser) -> None:
    page = chromium.new_page()
    page.add_init_script(RECORDER)
    page.goto("about:blank")
    page.set_content(GOOD.format("<details><summary>x</summary>MARK</details><script>alert('MARK')</script>"))
    seen = look(page)
    assert seen.ran == [["alert", "MARK"]]
    assert seen.text.endswith("MARK")
    page.close()


def test_what_is_too_wide_or_hard_to_read_is_noticed(chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": NARROW, "height": 100})
    page.set_content(GOOD.format(f"<pre>{'x' * 100}</pre><p style='color: #ccc'>some words</p>"))
    assert too_wide(page)
    assert violations(page)[0].startswith("color-contrast")
    page.close()
