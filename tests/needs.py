"""Programs that tests need and that no Python package brings."""

import os
import shutil

import pytest


def needed(program: str, package: str) -> str:
    """Where a program is. Where it is absent the test is skipped, saying so; in CI, which installs it, it fails."""
    found = shutil.which(program)
    if found is None:
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say(f"{program} is not installed here (Debian: apt-get install {package})")
    return found
