"""What `sam build` and `sam package` do, for the local stack: folders become zips in a bucket."""

import hashlib
import io
import re
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from arxiv_daily_cli.local.environments import local_dependencies

_FOLDER = re.compile(r"^(?P<name> *(?P<kind>CodeUri|ContentUri): )(?P<folder>\S+)$", re.MULTILINE)

Upload = Callable[[str, bytes], str]
"""Stores a body under a key and returns its s3:// address."""


def package(template: Path, upload: Upload) -> str:
    """The template's text with every CodeUri and ContentUri replaced by the address of its zip.

    A key is its contents' hash: what did not change keeps its address.
    """

    def address(match: re.Match[str]) -> str:
        folder = template.parent / match["folder"]
        body = zipped(_layer(folder) if match["kind"] == "ContentUri" else _files(folder))
        return match["name"] + upload(f"{hashlib.sha256(body).hexdigest()}.zip", body)

    return _FOLDER.sub(address, template.read_text(encoding="utf-8"))


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The same files always give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return buffer.getvalue()


def _layer(folder: Path) -> dict[str, bytes]:
    """A layer as its BuildMethod makes it: requirements installed, else the folder itself, under python/."""
    if (folder / "requirements.txt").exists():
        return _installed_elsewhere(local_dependencies())
    return {f"python/{name}": body for name, body in _files(folder).items()}


def _installed_elsewhere(packages: Path) -> dict[str, bytes]:
    """A layer that points at a folder, since every worker unpacks its layers and 100 MB take seconds.

    The line inserts, because a bare path would come after the engine's own packages.
    """
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    line = f"import sys; sys.path.insert(0, {str(packages)!r})\n"
    return {f"python/lib/{version}/site-packages/dependencies.pth": line.encode()}


def _files(folder: Path) -> dict[str, bytes]:
    """Every file below the folder, by its path in it, save what Python left there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
