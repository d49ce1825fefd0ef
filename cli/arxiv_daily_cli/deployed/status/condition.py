"""How a stack is: everything that `status` shows, gathered part by part, so that one missing permission hides one."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeVar

from botocore.exceptions import BotoCoreError, ClientError

from arxiv_daily.digests.cost import USUAL_CHARACTERS, USUAL_OUTPUT_TOKENS, expected
from arxiv_daily.editions.window import budget_day
from arxiv_daily.models import ModelGate, Value
from arxiv_daily.store.budget import BudgetStore
from arxiv_daily.store.model_gate import ModelGateStore
from arxiv_daily.store.site import SiteStore
from arxiv_daily_cli.deployed.dead_letters import DeadLetters, dead_letters
from arxiv_daily_cli.deployed.explaining import explain
from arxiv_daily_cli.deployed.holidays import Holidays, holidays_at
from arxiv_daily_cli.deployed.schedule import Schedule, schedule_of
from arxiv_daily_cli.deployed.stack import DeployedStack, StackUnusable
from arxiv_daily_cli.deployed.status.alarms import Alarms, alarms_of
from arxiv_daily_cli.deployed.status.editions import EditionLine, FailedPaper, PendingPaper, editions

Part = TypeVar("Part")
Other = TypeVar("Other")


class Budget(Value):
    """Of today in Asia/Shanghai, in micro-dollars."""

    date: date
    limit: int
    committed: int
    spent: int
    papers: int
    unpaid: int | None
    """Papers of all editions that are to be read better once a day's budget allows it; None where that is not known."""
    is_used_up: bool
    """Whether no usual full paper fits any more."""


class Condition(Value):
    """A part that could not be asked for is None, and `unknown` says why."""

    at: datetime
    stack: str
    stack_status: str
    changed_at: datetime | None
    """When the stack was created or last updated."""
    site_url: str
    schedule: Schedule | None
    claude: ModelGate | None
    budget: Budget | None
    editions: tuple[EditionLine, ...] | None
    pending: tuple[PendingPaper, ...] | None
    failed: tuple[FailedPaper, ...] | None
    dead_letters: tuple[DeadLetters, ...] | None
    alarms: Alarms | None
    holidays: Holidays
    unknown: dict[str, str]


def condition_of(stack: DeployedStack, last: int) -> Condition:
    """With so many of the newest editions."""
    now, unknown = datetime.now(UTC), dict[str, str]()

    def part(name: str, ask: Callable[[], Part]) -> Part | None:
        try:
            return ask()
        except (BotoCoreError, ClientError) as error:
            unknown[name] = explain(error)
        except StackUnusable as error:
            unknown[name] = str(error)
        return None

    gate = part("claude", lambda: ModelGateStore(stack.table).state())
    rows = part("editions", lambda: SiteStore(stack.table).rows())
    found = _with(
        rows,
        lambda known: part(
            "editions", lambda: editions(stack.table, known, gate or ModelGate(), last, today=budget_day(now))
        ),
    )
    unpaid = _with(rows, lambda known: sum(row.unpaid for row in known))
    return Condition(
        at=now,
        stack=stack.name,
        stack_status=stack.status,
        changed_at=stack.changed_at,
        site_url=stack.outputs.get("SiteUrl", ""),
        schedule=part("schedule", lambda: schedule_of(stack, now)),
        claude=gate,
        budget=part("budget", lambda: _budget(stack, budget_day(now), unpaid)),
        editions=found and found.lines,
        pending=found and found.pending,
        failed=found and found.failed,
        dead_letters=part("dead letters", lambda: dead_letters(stack)),
        alarms=part("alarms", lambda: alarms_of(stack)),
        holidays=holidays_at(now),
        unknown=unknown,
    )


def _with(known: Part | None, ask: Callable[[Part], Other | None]) -> Other | None:
    """What follows from a part; None where that is not known."""
    return None if known is None else ask(known)


def _budget(stack: DeployedStack, day: date, unpaid: int | None) -> Budget:
    limit = int(Decimal(stack.parameters["DailyBudget"]) * 1_000_000)
    state = BudgetStore(stack.table).state(day)
    usual = expected(stack.model, USUAL_CHARACTERS, USUAL_OUTPUT_TOKENS)
    return Budget(
        date=day,
        limit=limit,
        committed=state.committed,
        spent=state.spent,
        papers=state.papers,
        unpaid=unpaid,
        is_used_up=state.committed + usual > limit,
    )
