"""The Nu HTML checker, which the W3C's validator runs: over any number of pages at once."""

import json
import os
import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path

from tests.needs import needed

VERSION = "26.9.27"
_BUILD = Path(__file__).parents[2] / "build"
_JAR = _BUILD / f"vnu-{VERSION}.jar"


def errors(folder: Path, pages: Mapping[str, str]) -> list[str]:
    """What is wrong with these pages (HTML by key), a line each. They are written below the folder.

    Skips the test where there is no Java, or no npm to fetch the checker with.
    """
    for key, html in pages.items():
        path = folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, encoding="utf-8", newline="")
    found = json.loads(_checked(folder))["messages"]
    return [_line(message, folder) for message in found if message["type"] != "info"]


def _checked(folder: Path) -> str:
    command = (
        needed("java", "default-jre-headless"),
        "-Xss8m",
        "-jar",
        _jar(),
        "--format",
        "json",
        "--exit-zero-always",
        "--skip-non-html",
        folder,
    )
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=200)
    return done.stderr


def _line(message: dict[str, str], folder: Path) -> str:
    page = message.get("url", "").removeprefix(f"file:{folder}/")
    return f"{page}:{message.get('lastLine')}: {message['message']} {message.get('extract', '')!r}"


def _jar() -> Path:
    """Fetched once. npm's package of it is the newest there is."""
    if not _JAR.exists():
        npm = needed("npm", "npm")
        _BUILD.mkdir(exist_ok=True)
        command = (npm, "pack", "--silent", "--pack-destination", _BUILD, f"vnu-jar@{VERSION}")
        subprocess.run(command, check=True, capture_output=True, timeout=200)
        _unpack(_BUILD / f"vnu-jar-{VERSION}.tgz")
    return _JAR


def _unpack(package: Path) -> None:
    """Two runs at once may do this: each puts a whole jar in its place."""
    part = _JAR.with_suffix(f".{os.getpid()}")
    with tarfile.open(package) as files:
        content = files.extractfile("package/build/dist/vnu.jar")
        assert content
        part.write_bytes(content.read())
    part.replace(_JAR)
