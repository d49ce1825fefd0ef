"""The batching window of the table's stream, which the embedded AWS does not know."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.e2e.conftest import Stack

_OPEN_SECONDS = 0.5
"""Long enough for the engine to look."""


@contextmanager
def windowed(stack: Stack, seconds: float) -> Iterator[None]:
    """Let aggregate have the stream's records every so many seconds within the block, as the template asks.

    Otherwise the engine starts it for every record, and takes no message from the queue while it runs.
    """
    over = threading.Event()

    def hold() -> None:
        while not over.is_set():
            with stack.holding_the_stream():
                over.wait(seconds)
            over.wait(_OPEN_SECONDS)

    holding = threading.Thread(target=hold)
    holding.start()
    try:
        yield
    finally:
        over.set()
        holding.join()
