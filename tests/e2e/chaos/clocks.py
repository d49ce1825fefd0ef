"""Machines whose clocks disagree: in a function's process time_machine moves every clock but the monotonic one."""

from pathlib import Path

import time_machine

_HOOK = Path(__file__).with_name("skewed")
_LIBRARIES = Path(time_machine.__file__).parents[1]


def environment(seconds: int) -> dict[str, str]:
    """What lets a function's process see a clock that is off by so much."""
    if not seconds:
        return {}
    return {"PYTHONPATH": str(_HOOK), "CLOCK_LIBRARIES": str(_LIBRARIES), "CLOCK_OFF_BY": str(seconds)}
