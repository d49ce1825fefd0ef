"""Folders of installed packages, made once and then kept under a name that says what is in them."""

import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[3]
"""The repository."""


class InstallError(RuntimeError):
    """Packages could not be installed; the message ends with what uv said."""


def engine_python() -> Path:
    """The interpreter of the engine's own environment, under .engine/; the first call installs it.

    An environment of its own, because MiniStack pins a boto3 that is older than ours.
    """
    requirements = Path(__file__).with_name("engine-requirements.txt")

    def fill(folder: Path) -> None:
        _uv("venv", "--relocatable", "--python", sys.executable, folder)
        _uv("pip", "install", "--python", folder, "--compile-bytecode", "-r", requirements)

    return _made_once(ROOT / ".engine", requirements, fill) / "bin" / "python"


def local_dependencies() -> Path:
    """The functions' dependencies for this interpreter, under build/; the first call installs them."""
    requirements = ROOT / "layers" / "dependencies" / "requirements.txt"

    def fill(folder: Path) -> None:
        into = ("--python", sys.executable, "--target", folder)
        _uv("pip", "install", *into, "--compile-bytecode", "-r", requirements)

    return _made_once(ROOT / "build" / "local-dependencies", requirements, fill)


def _made_once(parent: Path, requirements: Path, fill: Callable[[Path], None]) -> Path:
    """The folder in parent that is named after this Python and the requirements, filled if it was not there.

    It appears whole or not at all, and never changes: others may be running from it.
    """
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()[:12]
    folder = parent / f"{sys.implementation.cache_tag}-{digest}"
    if folder.is_dir():
        return folder
    parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=parent, ignore_cleanup_errors=True) as scratch:
        fill(Path(scratch) / "new")
        try:
            (Path(scratch) / "new").rename(folder)
        except OSError:
            if not folder.is_dir():  # else another process was quicker, with the same contents
                raise
    return folder


def _uv(*arguments: str | Path) -> None:
    """Raises InstallError."""
    command = [sys.executable, "-m", "uv", "--no-config", "--quiet", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise InstallError(f"uv {arguments[0]} failed:\n{done.stderr.strip()}")
