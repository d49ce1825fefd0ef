"""Of the page, what was measured, what is assumption, and the price list."""

from collections.abc import Callable

from tests.costing.files import DayUse, FunctionUse, Usage, assumptions, prices
from tests.costing.tables import table

_COLUMNS: dict[str, Callable[[FunctionUse], float]] = {
    "runs": lambda use: use.invocations,
    "seconds of processor": lambda use: use.processor_seconds,
    "written units": lambda use: use.calls.get("write_units", 0),
    "read units": lambda use: use.calls.get("read_units", 0),
    "objects put": lambda use: use.calls.get("s3:PutObject", 0),
    "kB of logs": lambda use: use.log_bytes / 1000,
}


def measured_part(usage: Usage) -> dict[str, str]:
    small, large = usage.days

    def both(count: Callable[[DayUse], float]) -> str:
        return f"{count(small):,.0f} / {count(large):,.0f}"

    return {
        "measured": str(usage.measured),
        "machine": usage.machine,
        "small": str(small.papers),
        "large": str(large.papers),
        "functions": _functions(usage),
        "table": both(lambda day: day.table_bytes / 1000),
        "objects": both(lambda day: day.site_objects),
        "site": both(lambda day: day.site_bytes / 1000),
        "page": both(lambda day: day.page_bytes / 1000),
    }


def assumed_part() -> dict[str, str]:
    rows = [(name.replace("_", " "), f"{one.value:g}", one.why) for name, one in assumptions().items()]
    return {"assumptions": table(("assumption", "value", "why"), rows)}


def prices_part() -> dict[str, str]:
    rows = [
        (
            price.service,
            price.what,
            _figure(price.dollars),
            price.per,
            price.free,
            price.page,
            str(price.seen or "in none"),
        )
        for price in prices().prices.values()
    ]
    head = ("service", "what", "dollars", "for", "free a month", "page", "seen")
    return {"aws_date": str(prices().date), "prices": table(head, rows)}


def _functions(usage: Usage) -> str:
    small, large = usage.days
    rows = [
        (name, *(f"{count(use):,.0f} / {count(large.functions[name]):,.0f}" for count in _COLUMNS.values()))
        for name, use in small.functions.items()
    ]
    return table(("function", *_COLUMNS), rows)


def _figure(dollars: float) -> str:
    return f"{dollars:.10f}".rstrip("0").rstrip(".")
