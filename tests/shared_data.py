"""Where recorded answers, real papers and the seed post are found; they are not part of the project."""

import os
from pathlib import Path

import pytest

_DEFAULT = Path(__file__).resolve().parents[2] / "shared"


def shared(name: str) -> Path:
    """A file or folder of ../shared (or of ARXIV_DAILY_SHARED); skips the test where it is absent."""
    path = Path(os.environ.get("ARXIV_DAILY_SHARED") or _DEFAULT) / name
    if not path.exists():
        pytest.skip(f"real data is absent here: {path} (set ARXIV_DAILY_SHARED to where it is)")
    return path


def shared_data(name: str) -> Path:
    """A file or folder of its data/."""
    return shared(f"data/{name}")
