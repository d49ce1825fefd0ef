"""`make build` and `sam deploy`, with their output shown."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import yaml

from arxiv_daily_cli.deployed.stack import StackUnusable
from arxiv_daily_cli.local.environments import ROOT

BUILT = ROOT / ".aws-sam" / "build" / "template.yaml"
SAM = ROOT / ".sam-cli" / "bin" / "sam"
CONFIG = ROOT / "samconfig.toml"


class SamFailed(StackUnusable):
    """A step ended with an error, which it has shown."""


def has_python() -> bool:
    """Whether a Python of the functions' version is here, which building needs."""
    found = subprocess.run(_make("where-python"), capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603
    return bool(found.stdout.strip())


def install_python() -> None:
    """Raises SamFailed."""
    _run(_make("python"), "installing Python 3.13")


def build() -> None:
    """Raises SamFailed."""
    _run(_make("build"), "building")


def deploy(built: Path, stack: str, region: str, parameters: Mapping[str, str], *, confirm: bool) -> None:
    """Create or update the stack; parameters that are not named keep their values. Raises SamFailed.

    What never changes between deployments stands in samconfig.toml. Parameters go through a file, since SAM takes
    arguments apart at spaces and quotes.
    """
    if not SAM.exists():
        raise StackUnusable("SAM is not installed here: run `make build` first")
    with tempfile.TemporaryDirectory() as folder:
        command = [str(SAM), "deploy", "--config-file", str(CONFIG), "--template-file", str(built)]
        command += ["--stack-name", stack, "--region", region]
        command += ["--confirm-changeset" if confirm else "--no-confirm-changeset"]
        if parameters:
            command += ["--parameter-overrides", f"file://{_written(parameters, Path(folder))}"]
        _run(command, "deploying")


def _written(parameters: Mapping[str, str], folder: Path) -> Path:
    path = folder / "parameters.yaml"
    quoted = {name: _quoted(value) for name, value in parameters.items()}
    path.write_text(yaml.safe_dump(quoted, allow_unicode=True), encoding="utf-8")
    return path


def _quoted(value: str) -> str:
    """As SAM unquotes it: without the outer quotes, and without a backslash before a space or a quote."""
    escaped = re.sub(r"""\\(?=[ "'])""", r"\\\\", value)
    return f'"{escaped}"'


def _make(target: str) -> list[str]:
    return ["make", "--silent", "--no-print-directory", "-C", str(ROOT), target]


def _run(command: list[str], what: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "ANTHROPIC_API_KEY"}
    environment["SAM_CLI_TELEMETRY"] = "0"
    # Its output is progress: the command's own stdout is for its result.
    code = subprocess.run(command, env=environment, stdout=sys.stderr.fileno(), check=False).returncode  # noqa: S603
    if code:
        raise SamFailed(f"{what} ended with code {code}; the reason stands above")
