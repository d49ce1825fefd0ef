"""Python code timed in fresh processes, laid out as in AWS: the function's folder, then the layers."""

import json
import os
import statistics
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from arxiv_daily_cli.local.environments import ROOT, local_dependencies

_TIMED = """
import json, os, sys, time
*sys.path[:0], script = sys.argv[1:]
times = {}
for step, code in json.loads(script).items():
    wall, processor = time.perf_counter(), time.process_time()
    exec(code, globals())
    times[step] = [1000 * (time.process_time() - processor), 1000 * (time.perf_counter() - wall)]
os.write(1, json.dumps(times).encode())
os._exit(0)
"""
_ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "none",  # as in Lambda, where they stand in the environment too
    "AWS_SECRET_ACCESS_KEY": "none",
    "AWS_DEFAULT_REGION": "us-east-1",
    "POWERTOOLS_METRICS_NAMESPACE": "bench",
    "POWERTOOLS_SERVICE_NAME": "bench",
}


@dataclass(frozen=True)
class Script:
    """Steps of code, each with its name, that run one after the other; in a function's folder if one is named."""

    steps: Mapping[str, str]
    function: str = ""


@dataclass(frozen=True)
class Time:
    """Milliseconds."""

    processor: float
    wall: float


class Interpreter:
    """A Python with the functions' dependencies for it, pruned and compiled as for AWS."""

    def __init__(self, python: Path) -> None:
        self.python = python
        self.layers = [ROOT / "layers" / "common", local_dependencies(python)]

    def timed(self, script: Script) -> dict[str, Time]:
        """Each step's time in a process of its own."""
        done = self.run(["-c", _TIMED], script.function, json.dumps(script.steps))
        return {step: Time(*times) for step, times in json.loads(done.stdout).items()}

    def run(self, options: list[str], function: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Options, then the folders and the arguments; without site-packages, which AWS has none of."""
        folders = [ROOT / "functions" / function, *self.layers] if function else self.layers
        command = [str(self.python), "-I", "-S", *options, *map(str, folders), *arguments]
        environment = {**_ENVIRONMENT, "PATH": os.environ["PATH"]}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True)


def medians(interpreter: Interpreter, scripts: Mapping[str, Script], rounds: int) -> dict[str, dict[str, Time]]:
    """Of each script's steps, over rounds in which every script has a turn, after one that warms the page cache."""
    found = [{name: interpreter.timed(script) for name, script in scripts.items()} for _ in range(rounds + 1)][1:]
    return {
        name: {step: _median([one[name][step] for one in found]) for step in script.steps}
        for name, script in scripts.items()
    }


def _median(times: list[Time]) -> Time:
    return Time(
        statistics.median(time.processor for time in times),
        statistics.median(time.wall for time in times),
    )
