"""Imported by every Python that has this folder on its path: its clock is off by CLOCK_OFF_BY seconds.

The monotonic clock stays as it is, as on a machine that was set wrongly.
"""

import os
import sys
from datetime import UTC, datetime, timedelta

if "CLOCK_OFF_BY" in os.environ:
    sys.path.append(os.environ["CLOCK_LIBRARIES"])
    import time_machine

    sys.path.remove(os.environ["CLOCK_LIBRARIES"])
    wrong = datetime.now(UTC) + timedelta(seconds=float(os.environ["CLOCK_OFF_BY"]))
    time_machine.travel(wrong, tick=True).start()
