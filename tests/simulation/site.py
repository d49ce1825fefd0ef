"""The whole of the simulated arXiv without a network: a request and a moment in, a reply out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from tests.simulation.api import answer_query
from tests.simulation.catchup import answer_catchup
from tests.simulation.faults import Fault, FaultKind, Faults
from tests.simulation.feed import answer_feed
from tests.simulation.fulltext import answer_full_text
from tests.simulation.trouble import changed, instead
from tests.simulation.wire import Endpoint, Reply, Request, WireFormat
from tests.simulation.world import World


class Site:
    """Answers for a world, with the faults that were ordered.

    The switches: the API's wire format, whether robots.txt lets programs read the catch-up pages, and whether those
    write their totals in the newer wording.
    """

    def __init__(
        self,
        world: World,
        *,
        wire: WireFormat = WireFormat.OF_2026,
        robots_allow_catchup: bool = True,
        dated_totals: bool = False,
    ) -> None:
        self.world = world
        self.wire = wire
        self.robots_allow_catchup = robots_allow_catchup
        self.dated_totals = dated_totals
        self.faults = Faults()

    def answer(self, path: str, query: str, headers: Mapping[str, str], now: datetime) -> Reply:
        """The reply to a GET at the moment `now` (aware); header names in any case."""
        lower = {name.lower(): value for name, value in headers.items()}
        request = Request(path, query, lower, now)
        fault = self.faults.meet(request)
        if fault is None:
            return self._answer(request, None)
        reply = instead(fault, request) or changed(fault, self._answer(request, fault))
        return replace(reply, seconds=fault.seconds)

    def _answer(self, request: Request, fault: Fault | None) -> Reply:
        kind = fault.kind if fault else None
        match request.endpoint:
            case Endpoint.API:
                return answer_query(
                    self.world,
                    request,
                    self.wire,
                    without_entries=kind is FaultKind.EMPTY_PAGE,
                    newest_missing=kind is FaultKind.LATE_ENTRY and request.parameter("start", "0") == "0",
                )
            case Endpoint.FEED:
                stale = fault.stale if fault and kind is FaultKind.STALE_FEED else None
                return answer_feed(self.world, request, stale, empty=kind is FaultKind.EMPTY_PAGE)
            case Endpoint.CATCHUP:
                return answer_catchup(self.world, request, dated_total=self.dated_totals)
            case Endpoint.HTML | Endpoint.PDF:
                return answer_full_text(self.world, request)
            case Endpoint.ROBOTS:
                return Reply(200, self._robots().encode())
            case None:
                return Reply(404, b"Not found")

    def _robots(self) -> str:
        rule = "Allow" if self.robots_allow_catchup else "Disallow"
        return f"User-agent: *\n{rule}: /catchup\nDisallow: /user\nDisallow: /search\n"
