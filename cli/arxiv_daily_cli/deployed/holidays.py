"""arXiv's holidays as this release lists them, for operators: until when, and whether that is soon."""

from datetime import date, datetime

from arxiv_daily.editions.window import edition_date
from arxiv_daily.models import Value
from arxiv_daily.sources.calendar import holidays_known_until, holidays_warning


class Holidays(Value):
    """Of the release that the command is of, which is the functions' once that was deployed."""

    until: date
    """The last evening, US Eastern, whose holidays are listed."""
    are_ending: bool
    """Whether that is a month away or less, or over."""


def holidays_at(now: datetime) -> Holidays:
    return Holidays(until=holidays_known_until(), are_ending=holidays_warning(edition_date(now)) is not None)
