from datetime import date

import pytest

from arxiv_daily.flow.aggregate import Changes, changed_keys, changes
from arxiv_daily.models import PaperRef
from tests.examples import DAY

NOTHING = Changes(editions=frozenset(), versions=frozenset())


def a_key(group: str, sort: str) -> dict[str, str]:
    return {"PK": group, "SK": sort}


def test_the_streams_event_names_the_keys_of_its_records() -> None:
    keys = {"PK": {"S": "EDITION#2026-02-12"}, "SK": {"S": "FACTS"}}
    event = {"Records": [{"eventName": "MODIFY", "dynamodb": {"Keys": keys, "NewImage": {**keys, "rev": {"N": "3"}}}}]}
    assert changed_keys(event) == [a_key("EDITION#2026-02-12", "FACTS")]


def test_an_editions_facts_name_its_date() -> None:
    found = changes([a_key("EDITION#2026-02-12", "FACTS")])
    assert found == NOTHING.model_copy(update={"editions": frozenset({DAY})})


@pytest.mark.parametrize("paper_id", ["2602.10934", "hep-th/9901001"])
def test_an_entry_names_its_date(paper_id: str) -> None:
    found = changes([a_key("EDITION#2026-02-12", f"ENTRY#{paper_id}")])
    assert found == NOTHING.model_copy(update={"editions": frozenset({DAY})})


@pytest.mark.parametrize("paper_id", ["2602.10934", "hep-th/9901001"])
def test_a_version_names_itself(paper_id: str) -> None:
    found = changes([a_key(f"PAPER#{paper_id}", "V#12")])
    assert found == NOTHING.model_copy(update={"versions": frozenset({PaperRef(paper_id=paper_id, version=12)})})


def test_what_many_records_name_is_named_once() -> None:
    found = changes([a_key(f"EDITION#2026-02-{day}", "FACTS") for day in (12, 11, 12)])
    assert found.editions == {DAY, date(2026, 2, 11)}


@pytest.mark.parametrize(
    "key",
    [
        a_key("PAPER#2602.10934", "PAPER"),
        a_key("PAPER#2602.10934", "CALL#5f5f"),
        a_key("SITE", "EDITION#2026-02-12"),
        a_key("GATE", "ARXIV"),
    ],
    ids=str,
)
def test_what_no_page_shows_is_passed_over(key: dict[str, str]) -> None:
    assert changes([key]) == NOTHING
