"""What the runtime's own Python does to a package: compile it, and make the AWS clients once to see that they load."""

import subprocess
from pathlib import Path

from arxiv_daily_cli.packaging.unneeded import AWS_SERVICES

_CLIENTS = """
import sys, boto3
for service in sys.argv[1:]:
    boto3.client(service, "us-east-1", aws_access_key_id="none", aws_secret_access_key="none")
boto3.resource("dynamodb", "us-east-1")
"""


class PackageUnusable(RuntimeError):
    """A package would not run in AWS; the message ends with what Python said."""


def compile_all(folder: Path, python: Path) -> None:
    """Write bytecode that is believed whatever the files' times are, since AWS changes those. Raises PackageUnusable.

    It is the same on every processor, and different for every minor version of Python.
    """
    _run(python, "-m", "compileall", "-q", "-j", "0", "--invalidation-mode", "unchecked-hash", str(folder))


def check_clients(packages: Path, python: Path) -> None:
    """Raises PackageUnusable when the SDK in this folder cannot make a client of a service that functions ask."""
    code = f"import sys; sys.path.insert(0, {str(packages)!r}){_CLIENTS}"
    _run(python, "-I", "-c", code, *sorted(AWS_SERVICES))


def _run(python: Path, *arguments: str) -> None:
    done = subprocess.run([python, *arguments], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise PackageUnusable(f"{python} failed:\n{(done.stdout + done.stderr).strip()}")
