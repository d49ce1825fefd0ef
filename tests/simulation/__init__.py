"""A simulated arXiv: the wind tunnel in which the digest is tried for months at a time, in minutes.

`generate` makes up a world from a seed, `from_announcements` makes one of real announcements; `SimulatedArxiv`
serves it over HTTP at a clock that the test moves, with the faults that the test orders. Nothing here is taken from
the product, its calendar least of all: the world's log of announcements is the only oracle.
"""

from tests.simulation.faults import Fault, FaultKind, Faults, FaultsByChance
from tests.simulation.feed import Stale
from tests.simulation.generation import generate
from tests.simulation.literal_window import literal_window
from tests.simulation.log import Exchange, RequestLog
from tests.simulation.papers import Kind, Paper
from tests.simulation.recorded import from_announcements
from tests.simulation.server import SimulatedArxiv
from tests.simulation.site import Site
from tests.simulation.wire import Endpoint, Reply, WireFormat
from tests.simulation.world import Announced, World

__all__ = [
    "Announced",
    "Endpoint",
    "Exchange",
    "Fault",
    "FaultKind",
    "Faults",
    "FaultsByChance",
    "Kind",
    "Paper",
    "Reply",
    "RequestLog",
    "SimulatedArxiv",
    "Site",
    "Stale",
    "WireFormat",
    "World",
    "from_announcements",
    "generate",
    "literal_window",
]
