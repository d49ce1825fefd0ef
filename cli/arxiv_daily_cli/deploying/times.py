"""The times of the day's probes as people say them, and as EventBridge Scheduler reads them; clock of Asia/Shanghai."""

import re
from datetime import datetime, time

from cronsim import CronSim, CronSimError

from arxiv_daily.editions.window import ANCHOR, EDITION_ZONE
from arxiv_daily_cli.deploying.parameters import BadParameter

ANNOUNCED_IN_WINTER = time(9, 0)
"""20:00 in New York, while no summer time shifts it to 08:00 in Shanghai."""

_DAYS_WITHOUT = (
    "The alarm NoRunAlarm looks back one day: it goes off on every day without a probe, and ends with the next one."
)
_EVERY_DAY = re.compile(r"cron\((?P<minutes>[0-9,]+) (?P<hours>[0-9,]+) (\* \* \?|\? \* \*) \*\)")
_CRON = re.compile(
    r"cron\((?P<minutes>\S+) (?P<hours>\S+) (?P<day>\S+) (?P<month>\S+) (?P<weekday>\S+) (?P<year>\S+)\)"
)
_WEEKDAY_NUMBER = re.compile(r"(?<![#/0-9])[0-9]")


def expression(text: str) -> str:
    """The cron expression for times such as `08:50, 14:50`; one that is given as such is checked.

    Raises BadParameter.
    """
    if text.strip().startswith("cron("):
        return _checked(text.strip())
    times = sorted({_clock(part) for part in re.split(r"[,\s]+", text.strip()) if part})
    hours, minutes = sorted({one.hour for one in times}), sorted({one.minute for one in times})
    if len(hours) * len(minutes) != len(times) or not times:
        raise BadParameter("the probes of a day share their minute: write times such as 08:50, 10:50, 14:50")
    return f"cron({_listed(minutes)} {_listed(hours)} * * ? *)"


def clock_times(cron: str) -> tuple[time, ...]:
    """The times of day of an expression that says the same every day; none for any other."""
    found = _EVERY_DAY.fullmatch(cron)
    if not found:
        return ()
    hours, minutes = (sorted(map(int, found[name].split(","))) for name in ("hours", "minutes"))
    return tuple(time(hour, minute) for hour in hours for minute in minutes)


def said(cron: str) -> str:
    """The times as people say them, else the expression itself."""
    return ", ".join(f"{one:%H:%M}" for one in clock_times(cron)) or cron


def next_probe(cron: str, now: datetime) -> datetime | None:
    """The first probe after `now`; None where the expression is not understood."""
    return _probe(cron, now, reverse=False)


def last_probe(cron: str, before: datetime) -> datetime | None:
    """The last probe before a moment; None where the expression is not understood."""
    return _probe(cron, before, reverse=True)


def _probe(cron: str, at: datetime, *, reverse: bool) -> datetime | None:
    """Years, and weekdays nearest to a day, are not understood."""
    found = _CRON.fullmatch(cron)
    if not found or found["year"] != "*":
        return None
    weekday = _WEEKDAY_NUMBER.sub(lambda number: str(int(number[0]) - 1), found["weekday"])  # Sunday is 1 for AWS
    fields = (found["minutes"], found["hours"], found["day"], found["month"], weekday)
    try:
        return next(CronSim(" ".join(fields).replace("?", "*"), at.astimezone(EDITION_ZONE), reverse=reverse), None)
    except CronSimError:
        return None


def remarks(cron: str) -> list[str]:
    """What these times mean for editions and alarms, where it is not what one would expect; nothing for no times."""
    if not cron:
        return []
    times = clock_times(cron)
    if not times:
        return [] if _is_daily(cron) else [_DAYS_WITHOUT]
    found = []
    if times[0] < ANCHOR:
        found.append(
            f"An edition's date begins at {ANCHOR:%H:%M} in Shanghai, whenever the probes are: "
            f"a probe before then completes the edition of the day before."
        )
    if times[-1] < ANCHOR:
        found.append(f"No probe is at {ANCHOR:%H:%M} or later, so each edition is made on the morning after its date.")
    elif times[-1] <= ANNOUNCED_IN_WINTER:
        found.append(
            f"From November to March arXiv announces at {ANNOUNCED_IN_WINTER:%H:%M} in Shanghai: without a later "
            "probe, the papers of a winter's day join it on the next day, marked as late."
        )
    elif len([one for one in times if one > ANNOUNCED_IN_WINTER]) == 1:
        found.append("arXiv's index fills through the morning: what is not visible at the day's last probe joins late.")
    return found


def _is_daily(cron: str) -> bool:
    found = _CRON.fullmatch(cron)
    return found is not None and all(found[name] in {"*", "?"} for name in ("day", "month", "weekday", "year"))


def _checked(cron: str) -> str:
    found = _CRON.fullmatch(cron)
    if not found:
        raise BadParameter(f"{cron} is no cron(minutes hours day-of-month month day-of-week year)")
    if (found["day"], found["weekday"]).count("?") != 1:
        raise BadParameter(f"{cron}: exactly one of day-of-month and day-of-week is ?, as in cron(50 8,10 * * ? *)")
    for name, most in (("minutes", 59), ("hours", 23)):
        if any(int(number) > most for number in re.findall(r"[0-9]+", found[name])):
            raise BadParameter(f"{cron}: {name} go from 0 to {most}")
    return cron


def _clock(text: str) -> time:
    found = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})", text)
    if not found:
        raise BadParameter(f"{text} is no time of day: write times such as 08:50, 10:50, 14:50")
    try:
        return time(int(found[1]), int(found[2]))
    except ValueError as error:
        raise BadParameter(f"{text} is no time of day: they go from 00:00 to 23:59") from error


def _listed(numbers: list[int]) -> str:
    return ",".join(map(str, numbers))
