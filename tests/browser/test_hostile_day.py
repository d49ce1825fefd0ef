"""On the hostile day nothing that arXiv or a model wrote becomes more than text in a reader's browser."""

import json
import os
from collections.abc import Iterator

import pytest
from jsonschema import Draft202012Validator
from lxml import etree
from playwright.sync_api import Browser, Page

from tests.browser.days import Day
from tests.browser.inventory import RECORDER, Seen, look, strangers
from tests.browser.site import Site, published
from tests.browser.visiting import Visitor, answered, visiting
from tests.e2e.conftest import SAMPLE, stack_over
from tests.examples import DAY
from tests.hostile import ATTACKS, Attack, hostile_seen, hostile_versions

EACH = 1 if os.environ.get("ARXIV_DAILY_SIMULATE_ALL") else 8
"""Of the papers that failed, each of which shows the attack as its error, one in so many is there."""
PAGES = {
    "home": "index.html",
    "edition": f"editions/{DAY}.html",
    "category": "categories/cs.SD.html",
    "archive": "archive.html",
    "failed": "papers/2602.10001.html",
}
IN_EDITION, IN_PAPER = 35, 46
"""How often an attack stands there: in all fields of a paper, with a point of each kind in each part of its reading."""
OF_FAILED = 7


@pytest.fixture(scope="module")
def hostile_site(chromium: Browser) -> Iterator[Site]:
    """A site with that day alone, so that home, categories and feeds show it."""
    pairs = hostile_versions()
    with stack_over(SAMPLE) as stack:
        yield published(stack, [Day(DAY, [*pairs[::2], *pairs[1 :: 2 * EACH]], hostile_seen())])


@pytest.fixture(scope="module")
def visitor(chromium: Browser, hostile_site: Site) -> Iterator[Visitor]:
    with visiting(chromium, hostile_site.origin) as visitor:
        visitor.context.add_init_script(RECORDER)
        yield visitor


@pytest.fixture(scope="module")
def pages(visitor: Visitor) -> dict[str, Seen]:
    """Those that show more than one paper, and one of a paper that failed."""
    return {name: look(visitor.open(key)) for name, key in PAGES.items()}


@pytest.fixture(scope="module")
def tab(visitor: Visitor) -> Page:
    """For the pages of papers, one after the other."""
    return visitor.context.new_page()


@pytest.fixture(scope="module")
def results(visitor: Visitor) -> Seen:
    """All that a search can find."""
    page = visitor.open("search.html?q=cat:cs.SD")
    older = page.locator("#search-older")
    while older.is_visible():
        older.click()
        answered(page)
    return look(page)


def shown(seen: Seen, attack: Attack) -> float:
    """How often the attack's text can be seen."""
    return seen.text.count(attack.marker) / attack.text.count(attack.marker)


def assert_inert(seen: Seen, visitor: Visitor) -> None:
    assert seen.ran == []
    assert strangers(seen, visitor.origin) == []
    assert visitor.complaints == []
    assert "arXiv Daily" in seen.title


@pytest.mark.parametrize("name", PAGES)
def test_nothing_runs_and_nothing_stands_in_a_page_but_what_templates_write(
    pages: dict[str, Seen], visitor: Visitor, name: str
) -> None:
    assert_inert(pages[name], visitor)


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_the_page_of_a_paper_shows_the_text_in_all_of_its_fields(tab: Page, visitor: Visitor, attack: Attack) -> None:
    tab.goto(f"{visitor.origin}/papers/2602.1{2 * attack.number:04}.html")
    seen = look(tab)
    assert_inert(seen, visitor)
    assert shown(seen, attack) == IN_PAPER


def test_the_edition_shows_every_text_in_all_of_its_fields(pages: dict[str, Seen]) -> None:
    found = {attack.kind: shown(pages["edition"], attack) for attack in ATTACKS}
    assert found == {attack.kind: IN_EDITION + OF_FAILED * (attack.number % EACH == 0) for attack in ATTACKS}


@pytest.mark.parametrize("name", ["home", "category"])
def test_a_list_of_papers_shows_every_title(pages: dict[str, Seen], name: str) -> None:
    assert [attack.kind for attack in ATTACKS if shown(pages[name], attack) < 1] == []


def test_a_search_shows_titles_as_text(results: Seen, visitor: Visitor) -> None:
    assert_inert(results, visitor)
    assert [attack.kind for attack in ATTACKS if shown(results, attack) < 1] == []


def test_every_json_is_what_the_schemas_of_the_site_say(hostile_site: Site) -> None:
    documents = {key: json.loads(text) for key, text in hostile_site.texts(".json").items()}
    for kind in ("paper", "edition"):
        validator = Draft202012Validator(documents[f"schemas/{kind}.v1.json"])
        of_kind = {key: document for key, document in documents.items() if key.startswith(f"{kind}s/")}
        assert of_kind
        for key, document in of_kind.items():
            assert [error.message for error in validator.iter_errors(document)] == [], key


def test_every_xml_is_well_formed_and_holds_every_paper_that_a_feed_has_room_for(hostile_site: Site) -> None:
    for key, text in hostile_site.texts(".xml").items():
        assert len(etree.fromstring(text.encode())), key
    entries = etree.fromstring(hostile_site.text("feed.xml").encode()).findall("{*}entry")
    assert len(entries) == len(json.loads(hostile_site.text("feed.json"))["items"]) > 100
