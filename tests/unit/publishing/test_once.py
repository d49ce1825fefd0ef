from collections.abc import Callable

from arxiv_daily.editions.view import PaperView, version_view
from arxiv_daily.publishing.once import once
from arxiv_daily.publishing.site import Site
from tests.examples import a_paper, a_ready


def counting(made: list[str], text: str) -> Callable[[], str]:
    def make() -> str:
        made.append(text)
        return text

    return make


def a_seen() -> PaperView:
    return version_view(a_ready(a_paper()))


def test_the_same_is_made_once_and_something_else_for_itself() -> None:
    made: list[str] = []
    seen = a_seen()
    found = [once(seen, key, counting(made, key)) for key in ("card", "card", "post")]
    assert found == ["card", "card", "post"]
    assert made == ["card", "post"]


def test_a_copy_that_was_changed_has_nothing_made_of_it() -> None:
    seen = a_seen()
    once(seen, "card", lambda: "as it was")
    changed = seen.model_copy(update={"late": True})
    assert once(changed, "card", lambda: "late") == "late"
    assert once(seen, "card", lambda: "never") == "as it was"


def test_what_was_made_makes_no_difference() -> None:
    seen = a_seen()
    once(seen, "card", lambda: "x")
    assert seen == a_seen()


def test_a_part_is_another_one_for_another_site_and_with_other_values() -> None:
    seen = a_seen()
    chinese, english = Site(("cs.SD",)), Site(("cs.SD",), language="en")
    parts = {
        site.part(seen, "glance_paper.html.j2", page="a.html", level=level)
        for site in (chinese, english)
        for level in (2, 3)
    }
    assert len(parts) == 4
