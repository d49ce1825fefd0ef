"""What of a stack's condition needs a person, and what that person does next."""

from collections.abc import Iterator
from datetime import date, timedelta

from arxiv_daily.editions.status import EditionStatus
from arxiv_daily.editions.window import edition_date, window_of
from arxiv_daily.models import Value
from arxiv_daily_cli.deployed.command import papers
from arxiv_daily_cli.deployed.status.condition import Condition
from arxiv_daily_cli.deployed.status.editions import PendingPaper
from arxiv_daily_cli.deploying.times import last_probe

OVERDUE_AFTER = timedelta(days=1)
"""How long after its edition's anchor a paper may be pending."""
_SOUND = {"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE"}
_REDRIVE = {
    "papers": "arxiv-daily redrive shows them, and queues those that name a paper",
    "changes": "arxiv-daily redrive publishes their editions again",
    "notices": "arxiv-daily redrive sends them again",
}


class Problem(Value):
    what: str
    next: str
    """What to do."""


def problems(found: Condition) -> tuple[Problem, ...]:
    """Empty when all is well. A paused schedule is somebody's will, and holidays that are not listed lose no paper."""
    kinds = (_of_stack, _of_claude, _of_budget, _of_editions, _of_papers, _of_letters, _of_alarms, _of_unknown)
    return tuple(problem for kind in kinds for problem in kind(found))


def _of_stack(found: Condition) -> Iterator[Problem]:
    if found.stack_status not in _SOUND and not found.stack_status.endswith("_IN_PROGRESS"):
        yield Problem(
            what=f"the stack is {found.stack_status}", next="arxiv-daily doctor tells what failed; then make deploy"
        )


def _of_claude(found: Condition) -> Iterator[Problem]:
    if found.claude and found.claude.closed:
        yield Problem(
            what=f"Claude is closed to all papers: {found.claude.closed}",
            next="mend the key or the credit (arxiv-daily doctor tells which); a worker tries again by itself",
        )


def _of_budget(found: Condition) -> Iterator[Problem]:
    if found.budget and found.budget.is_used_up:
        yield Problem(
            what="today's budget is used up: papers are read from their abstracts, or wait",
            next="wait: they are read better tomorrow; or raise DailyBudget with make deploy",
        )


def _of_editions(found: Condition) -> Iterator[Problem]:
    newest = found.editions[0] if found.editions else None
    if newest and newest.status in {EditionStatus.FAILED, EditionStatus.STALLED}:
        yield Problem(
            what=f"the edition of {newest.date} is {newest.status}",
            next=f"arxiv-daily logs {newest.date} tells why; the next probe tries again",
        )
    due = _due(found)
    is_late = due is not None and found.editions is not None and (newest is None or newest.date < due)
    if due and is_late and _was_there(found, due):
        yield Problem(
            what=f"there is no edition of {due}, although the schedule is on",
            next="arxiv-daily doctor tells what keeps fetch from running",
        )


def _due(found: Condition) -> date | None:
    """The last edition that the schedule's probes should have made, and whose day is over; None where none should."""
    if found.schedule is None or not found.schedule.is_on:
        return None
    probe = last_probe(found.schedule.expression, window_of(edition_date(found.at)).end)
    return edition_date(probe) if probe else None


def _was_there(found: Condition, day: date) -> bool:
    """Whether the stack was as it is now when the first probe of that edition was due."""
    return found.changed_at is None or found.changed_at < window_of(day).end


def _of_papers(found: Condition) -> Iterator[Problem]:
    """One that joined an old edition today, by a back-fill or as a late one, is on its way like any other."""
    late = [
        (one.waiting_since, one)
        for one in found.pending or ()
        if one.waiting_since and one.since + OVERDUE_AFTER <= found.at
    ]
    if late:
        day, first = min(late, key=lambda one: one[0])
        are = "is" if len(late) == 1 else "are"
        yield Problem(
            what=f"{papers(len(late))} {are} pending, the first since {day}, of the edition of {first.edition_date}",
            next=_for_paper(first),
        )


def _for_paper(late: PendingPaper) -> str:
    if not late.has_metadata:
        return (
            f"arxiv-daily backfill {late.edition_date} asks arXiv for it once more; it joins by itself when it is shown"
        )
    return f"arxiv-daily logs {late.paper} tells why; arxiv-daily redrive {late.paper} queues it again"


def _of_letters(found: Condition) -> Iterator[Problem]:
    for queue in found.dead_letters or ():
        if queue.messages:
            yield Problem(what=f"in the dead letters: {queue.messages} {queue.what}", next=_REDRIVE[queue.name])


def _of_alarms(found: Condition) -> Iterator[Problem]:
    for alarm in found.alarms.on if found.alarms else ():
        yield Problem(what=f"{alarm.name} is on: {alarm.first_sentence}", next=f"see {alarm.name} in docs/operating.md")


def _of_unknown(found: Condition) -> Iterator[Problem]:
    for name, why in found.unknown.items():
        yield Problem(what=f"{name}: not known", next=why)
