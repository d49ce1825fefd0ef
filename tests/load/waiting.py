"""Waiting for a load to be carried, with what is left of it on standard error."""

import sys
import threading
import time

from tests.e2e.conftest import Stack

_TOLD_EVERY_SECONDS = 15.0


class TooLong(Exception):
    """It is not over after many times the time that it should take."""


def wait_until_idle(stack: Stack, patience: float) -> None:
    """Until no message is in the papers queue. Raises TooLong after so many seconds."""
    pause, began, told = threading.Event(), time.monotonic(), 0.0
    while left := stack.messages("", "NotVisible", "Delayed"):
        took = time.monotonic() - began
        if took > patience:
            raise TooLong(f"{left} papers are left after {took:.0f} s")
        if took >= told:
            say(f"{took:5.0f} s: {left} papers are left")
            told += _TOLD_EVERY_SECONDS
        pause.wait(0.5)


def say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
