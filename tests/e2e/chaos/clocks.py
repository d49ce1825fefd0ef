"""Machines whose clocks disagree: libfaketime (Debian's package faketime), loaded before everything else."""

from pathlib import Path

LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
"""None where it is not installed."""


def environment(seconds: int) -> dict[str, str]:
    """What lets a process see a clock that is off by so much; its monotonic clock stays as it is."""
    if not seconds or LIBRARY is None:
        return {}
    return {
        "LD_PRELOAD": str(LIBRARY),
        "FAKETIME": f"{seconds:+}",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "DONT_FAKE_MONOTONIC": "1",
    }
