"""The machine that was measured on, in a line."""

import os
import platform
import subprocess
from pathlib import Path

_SPEED = (
    "import timeit; print(round(1000 * min(timeit.repeat('{i: str(i) for i in range(10**6)}', number=1, repeat=5))))"
)
"""Milliseconds; a machine that others use too may take half as long again an hour later."""


def described(python: Path) -> str:
    """Processor, cores, memory, system, Python and how fast that is now."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    speed = f"a dict of a million texts in {_told(python, '-c', _SPEED)} ms"
    system = f"{platform.system()} {platform.machine()}"
    return f"{_processor()}, {cores} cores, {memory:.0f} GiB, {system}, {version(python)}, {speed}"


def version(python: Path) -> str:
    """As `Python 3.13.0`."""
    return _told(python, "--version")


def _told(python: Path, *arguments: str) -> str:
    return subprocess.run([python, *arguments], capture_output=True, text=True, check=True).stdout.strip()


def _processor() -> str:
    """As Linux names it; elsewhere what Python knows of it."""
    info = Path("/proc/cpuinfo")
    names = [line for line in info.read_text().splitlines() if line.startswith("model name")] if info.exists() else []
    return names[0].partition(":")[2].strip() if names else platform.processor()
