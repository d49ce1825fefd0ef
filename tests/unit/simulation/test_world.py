"""A generated world holds what real mailings hold, and obeys the schedule."""

from collections import Counter
from datetime import date, timedelta
from statistics import median

from tests.simulation import Kind, World, generate, literal_window

FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)


def test_the_same_seed_makes_the_same_world(world: World) -> None:
    again = generate(seed=7, first=FIRST, last=LAST)
    assert again.papers == world.papers
    assert generate(seed=8, first=FIRST, last=LAST).papers != world.papers


def test_mailings_are_as_large_as_real_ones(world: World) -> None:
    sizes = Counter(line.listing_date for line in world.expected(FIRST, LAST).values())
    counts = [sizes[day] for day in world.mailings]
    assert 12 <= median(counts) <= 18
    assert 30 <= max(counts) <= 70
    assert counts.count(0) >= 2
    assert any(0 < count < 5 for count in counts)


def test_nothing_is_public_before_its_schedule_allows(world: World) -> None:
    for paper in world.papers.values():
        first = paper.events[0]
        assert first.announced_at - paper.published >= timedelta(hours=6)
        for event in paper.events:
            assert paper.version(event.version).submitted < event.announced_at
            assert timedelta(0) <= event.visible_at - event.announced_at <= timedelta(hours=20)


def test_events_and_versions_are_in_order(world: World) -> None:
    for paper in world.papers.values():
        listings = [event.listing_date for event in paper.events]
        assert listings == sorted(set(listings))
        assert [version.number for version in paper.versions] == list(range(1, len(paper.versions) + 1))
        moments = [version.submitted for version in paper.versions]
        assert moments == sorted(moments)


def test_some_papers_were_held(world: World) -> None:
    new = [line for line in world.expected(FIRST, LAST).values() if line.kind is Kind.NEW]
    held = [line for line in new if world.schedule.mailing_for(line.published) != line.listing_date]
    assert 0.01 < len(held) / len(new) < 0.1


def test_old_papers_are_cross_listed_late(world: World) -> None:
    late = [
        line
        for line in world.announced
        if line.kind is Kind.CROSS and line.announced_at - line.published > timedelta(days=60)
    ]
    assert late
    for line in late:
        paper = world.papers[line.paper_id]
        before = paper.visible(line.announced_at - timedelta(seconds=1))
        assert before is not None
        assert not set(before.categories) & set(world.categories)


def test_an_id_is_expected_once_though_it_is_announced_twice(world: World) -> None:
    lines = Counter(line.paper_id for line in world.announced if line.kind is not Kind.REPLACE)
    twice = {paper_id for paper_id, times in lines.items() if times > 1}
    assert twice
    expected = world.expected(world.schedule.dates[0], LAST)
    assert set(expected) == set(lines)
    first = min(line.listing_date for line in world.announced if line.paper_id in twice)
    assert first in {expected[paper_id].listing_date for paper_id in twice}


def test_ids_rise_with_the_time_of_submission(world: World) -> None:
    in_order = sorted(world.papers.values(), key=lambda paper: paper.published)
    assert [paper.paper_id for paper in in_order] == sorted(world.papers)


def test_papers_are_withdrawn_and_some_only_sound_like_it(world: World) -> None:
    assert len(world.withdrawn) >= 2
    decoys = [
        paper
        for paper in world.papers.values()
        if any("withdrawn" in (version.comment or "") and not version.withdrawn for version in paper.versions)
    ]
    assert decoys


def test_other_categories_can_be_followed() -> None:
    world = generate(seed=1, first=date(2026, 3, 2), last=date(2026, 3, 20), categories=("cs.CL", "cs.IR"))
    for line in world.announced:
        assert {"cs.CL", "cs.IR"} & set(line.categories)


def test_the_literal_window_misses_most(world: World) -> None:
    expected = set(world.expected(FIRST, LAST))
    at_once = set[str]().union(*literal_window(world, FIRST, LAST).values())
    later = set[str]().union(*literal_window(world, FIRST, LAST, delay=timedelta(hours=12)).values())
    assert len(at_once) < len(later) < 0.7 * len(expected)
