"""Folders of installed packages, made once and then kept under a name that says what is in them."""

import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from arxiv_daily_cli.packaging import unneeded
from arxiv_daily_cli.packaging.runtime import compile_all
from arxiv_daily_cli.packaging.unneeded import prune

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

    return _made_once(ROOT / ".engine", [requirements], fill) / "bin" / "python"


def local_dependencies(python: Path = Path(sys.executable)) -> Path:
    """What the layer of dependencies holds, for this interpreter or another, under build/; the first call installs it.

    Pruned as for AWS, so that what is missing there is missing here.
    """
    requirements = ROOT / "layers" / "dependencies" / "requirements.txt"

    def fill(folder: Path) -> None:
        _uv("pip", "install", "--python", python, "--target", folder, "-r", requirements)
        prune(folder)
        compile_all(folder, python)

    return _made_once(ROOT / "build" / "local-dependencies", [requirements, Path(unneeded.__file__)], fill, python)


def _made_once(
    parent: Path, made_from: list[Path], fill: Callable[[Path], None], python: Path = Path(sys.executable)
) -> Path:
    """The folder in parent that is named after this Python and what it is made from, filled if it was not there.

    It appears whole or not at all, and never changes: others may be running from it.
    """
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in made_from)).hexdigest()[:12]
    folder = parent / f"{_cache_tag(python)}-{digest}"
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


def _cache_tag(python: Path) -> str:
    """Such as cpython-313."""
    if python == Path(sys.executable):
        return str(sys.implementation.cache_tag)
    code = "import sys; print(sys.implementation.cache_tag)"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603


def _uv(*arguments: str | Path) -> None:
    """Raises InstallError."""
    command = [sys.executable, "-m", "uv", "--no-config", "--quiet", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise InstallError(f"uv {arguments[0]} failed:\n{done.stderr.strip()}")
