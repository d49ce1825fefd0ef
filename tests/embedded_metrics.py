"""CloudWatch's embedded metric format, as functions write it to their logs."""

import json
from collections.abc import Iterable
from typing import Any

import pytest

from arxiv_daily.observability import Figure


def documents(lines: Iterable[str]) -> list[dict[str, Any]]:
    """Those of the lines that hold figures."""
    return [json.loads(line) for line in lines if line.startswith('{"_aws"')]


def figures(capsys: pytest.CaptureFixture[str], figure: Figure) -> list[float]:
    """Every value of a figure that was written since the last look, in order."""
    written = documents(capsys.readouterr().out.splitlines())
    return [value for document in written for value in document.get(figure, [])]
