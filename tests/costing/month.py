"""What AWS asks for a month of days of one size."""

from collections.abc import Callable
from dataclasses import dataclass

from arxiv_daily.observability import Figure
from tests.costing.files import DayUse, FunctionUse, Price, Usage, assumed, prices
from tests.infra.translation import Json

_GB = 1024**3
_POLL_SECONDS, _DAY_SECONDS = 20, 86_400
READER, PUBLISHER = "Summarize", "Aggregate"


@dataclass(frozen=True)
class Line:
    """An amount that a month takes of what a price is for."""

    price: Price
    amount: float

    @property
    def dollars(self) -> float:
        return self.price.cost(self.amount)

    @property
    def dollars_without_free(self) -> float:
        return self.price.cost_without_free(self.amount)


@dataclass(frozen=True)
class Fixed:
    """What the template has, whatever the days are like."""

    alarms: int
    dashboards: int
    polled_queues: int
    probes: int
    workers: int


def fixed(translated: Json) -> Fixed:
    def count(kind: str) -> int:
        return sum(resource["Type"] == kind for resource in translated["Resources"].values())

    mappings = [r for r in translated["Resources"].values() if r["Type"] == "AWS::Lambda::EventSourceMapping"]
    return Fixed(
        alarms=count("AWS::CloudWatch::Alarm"),
        dashboards=count("AWS::CloudWatch::Dashboard"),
        polled_queues=sum("StreamArn" not in str(mapping["Properties"]["EventSourceArn"]) for mapping in mappings),
        probes=len(probe_hours(translated)),
        workers=int(translated["Parameters"]["MaximumConcurrency"]["Default"]),
    )


def probe_hours(translated: Json) -> list[int]:
    """Of the default schedule, cron(minutes hours …), in Asia/Shanghai."""
    return [int(hour) for hour in translated["Parameters"]["ScheduleExpression"]["Default"].split()[1].split(",")]


def _calls_of_aws(use: FunctionUse) -> int:
    return sum(count for name, count in use.calls.items() if ":" in name)


@dataclass(frozen=True)
class Month:
    """Days of `papers` papers each, by what was measured of two other sizes."""

    papers: int
    usage: Usage
    fixed: Fixed

    def lines(self) -> list[Line]:
        days = assumed("days_a_month")
        known = prices().prices
        by_day = {name: Line(known[name], days * amount) for name, amount in self._a_day().items()}
        by_month = {name: Line(known[name], amount) for name, amount in self._a_month().items()}
        return [line for name in known for line in [(by_day | by_month)[name]]]

    def _a_day(self) -> dict[str, float]:
        views = assumed("readers") * assumed("pages_a_reader")
        return {
            "lambda_requests": sum(self.invocations(name) for name in self.functions),
            "lambda_gb_seconds": sum(self.gb_seconds(name) for name in self.functions),
            "dynamodb_writes": self._calls("write_units"),
            "dynamodb_reads": self._calls("read_units"),
            "sqs_requests": self._calls("sqs:") + 2 * self.papers + self._polls(),
            "s3_writes": self._calls("s3:Put") + self._calls("s3:GetBucket"),
            "s3_reads": self._calls("s3:GetObject") + self._calls("s3:Head") + views,
            "cloudfront_gb": views * self._line(lambda day: day.page_bytes) / _GB,
            "cloudfront_requests": views,
            "logs_ingested": self._log_bytes() / _GB,
            "logs_stored": self._log_bytes() / _GB,
            "traces": sum(self.invocations(name) for name in self.functions),
            "events": 1,
            "schedules": self.fixed.probes,
            "mails": assumed("mails_a_day"),
            "key_requests": self._calls("ssm:") + assumed("key_requests_a_day"),
        }

    def _a_month(self) -> dict[str, float]:
        """What does not come by the day."""
        days = assumed("months_of_storage") * assumed("days_a_month")
        table = days * self._growth(lambda day: day.table_bytes) / _GB
        return {
            "dynamodb_storage": table,
            "dynamodb_recovery": table,
            "s3_storage": days * self._growth(lambda day: day.site_bytes) / _GB,
            "metrics": len(Figure),
            "alarms": self.fixed.alarms,
            "dashboards": self.fixed.dashboards,
        }

    @property
    def waiting_share(self) -> float:
        """Of Lambda's GB-seconds, what is the reader's waiting."""
        waiting = self._gigabytes(READER) * self.waiting(READER)
        return waiting / sum(map(self.gb_seconds, self.functions))

    @property
    def hours_of_reading(self) -> float:
        """From a day's first paper to its last, with as many workers as the template has by default."""
        return self.waiting(READER) / self.fixed.workers / 3600

    def invocations(self, function: str) -> float:
        """A day's."""
        if function == PUBLISHER:
            return self.papers * assumed("aggregate_runs_a_paper") + self.fixed.probes
        return self._of(function, lambda use: use.invocations)

    def gb_seconds(self, function: str) -> float:
        """A day's: what was computed, stretched to the share of a processor that the memory brings, and all waiting."""
        stretch = assumed("vcpu_megabytes") / self._small.functions[function].memory_mb
        busy = stretch * self._of(function, lambda use: use.processor_seconds, grows=True)
        busy += assumed("call_seconds") * self._of(function, _calls_of_aws)
        return self._gigabytes(function) * (
            busy + self.waiting(function) + self.invocations(function) * assumed("cold_start_seconds")
        )

    def _gigabytes(self, function: str) -> float:
        return self._small.functions[function].memory_mb / 1024

    def waiting(self, function: str) -> float:
        """Seconds of a day for Claude and arXiv, which the stand-ins do not take."""
        answers = 1 + assumed("corrected_by_first") + assumed("corrected_by_second")
        a_paper = answers * assumed("claude_seconds") + assumed("arxiv_seconds")
        return self.papers * a_paper if function == READER else 0.0

    @property
    def functions(self) -> tuple[str, ...]:
        return tuple(self._small.functions)

    @property
    def _small(self) -> DayUse:
        return self.usage.days[0]

    def _calls(self, beginning: str) -> float:
        """A day's calls, or units, whose names begin so, over all functions."""

        def counted(use: FunctionUse) -> float:
            return sum(count for name, count in use.calls.items() if name.startswith(beginning))

        grows = beginning == "read_units"
        return sum(self._of(function, counted, grows=grows) for function in self.functions)

    def _log_bytes(self) -> float:
        return sum(self._of(function, lambda use: use.log_bytes) for function in self.functions)

    def _polls(self) -> float:
        return self.fixed.polled_queues * assumed("pollers") * _DAY_SECONDS / _POLL_SECONDS

    def _of(self, function: str, count: Callable[[FunctionUse], float], *, grows: bool = False) -> float:
        """A day's. Of the publisher's runs we say how many there are; what each takes may grow with the edition."""

        def a_run(day: DayUse) -> float:
            return count(day.functions[function]) / day.functions[function].invocations

        if function == PUBLISHER:
            return self.invocations(function) * (self._line(a_run) if grows else max(map(a_run, self.usage.days)))
        return self._line(lambda day: count(day.functions[function]))

    def _line(self, count: Callable[[DayUse], float]) -> float:
        """On the straight line through both measured days."""
        return max(0.0, count(self._small) + (self.papers - self._small.papers) * self._slope(count))

    def _growth(self, count: Callable[[DayUse], float]) -> float:
        """A day's, without what is there once only."""
        return self.papers * self._slope(count)

    def _slope(self, count: Callable[[DayUse], float]) -> float:
        small, large = self.usage.days
        return (count(large) - count(small)) / (large.papers - small.papers)
