"""Where recorded answers and real papers are found; they are not part of the project."""

import os
from pathlib import Path

import pytest

_DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data"


def shared_data(name: str) -> Path:
    """A file or folder of ../shared/data (or of ARXIV_DAILY_DATA); skips the test where it is absent."""
    path = Path(os.environ.get("ARXIV_DAILY_DATA") or _DEFAULT) / name
    if not path.exists():
        pytest.skip(f"real data is absent here: {path} (set ARXIV_DAILY_DATA to where it is)")
    return path
