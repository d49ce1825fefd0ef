"""What a function imports before its first event, in a process of its own; seconds are `make bench`'s subject."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OTHER_EVENTS = "aws_lambda_powertools.utilities.data_classes"
NEEDLESS = {
    "fetch": {
        "anthropic",
        "arxiv_daily.digests.checks",
        "arxiv_daily.publishing",
        "asyncio",
        "jinja2",
        "pypdfium2",
        OTHER_EVENTS,
    },
    "summarize": {"anthropic", "arxiv", "arxiv_daily.publishing", "jinja2", "lxml", "pypdfium2", "selectolax"},
    "on_demand": {"anthropic", "asyncio", "jinja2", "pypdfium2", "selectolax", OTHER_EVENTS},
    "aggregate": {"anthropic", "arxiv", "asyncio", "lxml", "pypdfium2", "requests", "selectolax", OTHER_EVENTS},
    "notify": {"anthropic", "arxiv", "arxiv_daily.publishing", "jinja2", "lxml", "pypdfium2", "selectolax"},
}
NEEDLESS_EVERYWHERE = {"httpx2", "latex2mathml"}


def said_by(code: str, *folders: Path) -> list[str]:
    """What a script prints as JSON, run with the folders on its path."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders)), "AWS_DEFAULT_REGION": "us-east-1"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    found: list[str] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", NEEDLESS)
def test_a_function_imports_nothing_heavy_that_its_first_event_may_not_need(name: str) -> None:
    loaded = said_by("import json, sys, app; print(json.dumps(list(sys.modules)))", ROOT / "functions" / name)
    assert "arxiv_daily.settings" in loaded
    assert (NEEDLESS[name] | NEEDLESS_EVERYWHERE).intersection(loaded) == set()


def test_claudes_client_is_loaded_while_the_first_text_is_on_its_way() -> None:
    code = """
import json, sys
from arxiv_daily.flow.claude import load_meanwhile
from arxiv_daily.flow.reader import LoadingClaude

class SlowTexts:
    def read(self, paper):
        load_meanwhile().join()
        return [name for name in sys.modules if name == "anthropic"]

before = [name for name in sys.modules if name == "anthropic"]
print(json.dumps([*before, "then", *LoadingClaude(SlowTexts()).read(None)]))
"""
    assert said_by(code, ROOT / "layers" / "common") == ["then", "anthropic"]
