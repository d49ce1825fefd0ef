"""What is made of one paper for several pages, or for the same page again and again while an edition fills."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from arxiv_daily.editions.view import PaperView

Made = TypeVar("Made")


def once(seen: PaperView, key: Hashable, make: Callable[[], Made]) -> Made:
    """What `make` makes of the paper, from the first time on; `key` names everything else that it depends on."""
    if key not in seen.made:
        seen.made[key] = make()
    made: Made = seen.made[key]
    return made
