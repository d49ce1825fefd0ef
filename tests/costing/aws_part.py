"""Of the page, both sums, and AWS line by line."""

from collections.abc import Sequence

from tests.costing.files import assumed, prices
from tests.costing.month import Line, Month
from tests.costing.reading import Reading
from tests.costing.sizes import SIZES
from tests.costing.tables import amount, money, table


def totals_part(months: Sequence[Month], usual: Reading) -> dict[str, str]:
    claude = [assumed("days_a_month") * month.papers * usual.dollars() for month in months]
    amazon = [sum(line.dollars for line in month.lines()) for month in months]
    dearest, second = sorted(months[-1].lines(), key=lambda line: -line.dollars)[:2]
    return {
        "region": prices().region,
        "totals": _totals(months, claude, amazon),
        "ruled": _ruled(claude, amazon),
        "dearest": _named(dearest),
        "second_dearest": _named(second),
        "waiting": _joined([f"{month.waiting_share:.0%}" for month in months]),
        "free_small": money(_freed(months[0])),
        "free_large": money(_freed(months[-1])),
        "free_lines": str(sum(bool(line.dollars_without_free) and not line.dollars for line in months[0].lines())),
        "lines": str(len(months[0].lines())),
    }


def aws_part(months: Sequence[Month]) -> dict[str, str]:
    return {"amazon": _lines(months), "seconds": _seconds(months)}


def _totals(months: Sequence[Month], claude: Sequence[float], amazon: Sequence[float]) -> str:
    days = assumed("days_a_month")
    both = [sum(pair) for pair in zip(claude, amazon, strict=True)]
    unfree = [paid + _freed(month) for paid, month in zip(amazon, months, strict=True)]
    return table(
        ("", *SIZES),
        [
            ("Claude, a month", *map(money, claude)),
            ("AWS, a month", *map(money, amazon)),
            ("**together, a month**", *(f"**{money(one)}**" for one in both)),
            ("**together, a day**", *(f"**{money(one / days)}**" for one in both)),
            ("of it Claude", *(f"{part / whole:.0%}" for part, whole in zip(claude, both, strict=True))),
            ("AWS, if nothing were free", *map(money, unfree)),
            (
                f"hours of reading, {months[0].fixed.workers} at once",
                *(f"{one.hours_of_reading:.1f}" for one in months),
            ),
        ],
    )


def _ruled(claude: Sequence[float], amazon: Sequence[float]) -> str:
    by_claude = [name for name, paid, other in zip(SIZES, claude, amazon, strict=True) if paid > other]
    return "At every size" if len(by_claude) == len(SIZES) else f"At {' and at '.join(by_claude) or 'no size'}"


def _named(line: Line) -> str:
    return f"{line.price.service}'s {line.price.what} ({money(line.dollars)} a month)"


def _joined(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _freed(month: Month) -> float:
    """Dollars that the free tiers take off."""
    return sum(line.dollars_without_free - line.dollars for line in month.lines())


def _lines(months: Sequence[Month]) -> str:
    head = ["service", "what"]
    for name in SIZES:
        head += [name, "pays"]
    rows = []
    for same in zip(*(month.lines() for month in months), strict=True):
        row = [same[0].price.service, same[0].price.what]
        for line in same:
            row += [amount(line.amount), money(line.dollars)]
        rows.append(row)
    return table(head, rows)


def _seconds(months: Sequence[Month]) -> str:
    rows = []
    for name in months[0].functions:
        shares = (month.gb_seconds(name) / sum(map(month.gb_seconds, month.functions)) for month in months)
        rows.append((name, *(f"{share:.0%}" for share in shares)))
    return table(("function", *SIZES), rows)
