"""What commands print, as documents that people read: docs/transcripts/.

ARXIV_DAILY_WRITE_TRANSCRIPTS=1 writes them anew.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import boto3
from typer.testing import CliRunner

from arxiv_daily_cli.deployed import holidays
from arxiv_daily_cli.main import app

FOLDER = Path(__file__).parents[2] / "docs" / "transcripts"
WRITE = bool(os.environ.get("ARXIV_DAILY_WRITE_TRANSCRIPTS"))

_NORMAL = (
    (
        r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d\d:\d\d",
        "Thu 05 Mar 09:12",
    ),
    (r"\b20(?!26-0[23]|99)\d\d-\d\d-\d\d", "2026-03-05"),
    (r"\b\d\d-\d\d \d\d:\d\d:\d\d", "03-05 09:12:00"),
    (r"\b\d\d:\d\d(:\d\d)?\b(?! Asia)", "09:12"),
    (r"http://[a-z0-9]+\.cloudfront\.localhost:\d+", "https://d111111abcdef8.cloudfront.net"),
    (r"http://127\.0\.0\.1:\d+/api/query", "https://export.arxiv.org/api/query"),
    (r"http://127\.0\.0\.1:\d+", "http://127.0.0.1:4566"),
    (r"arxiv-daily \d+\.\d+\.\d+, Python [\d.]+, boto3 [\d.]+", "arxiv-daily 0.1.0, Python 3.13.1, boto3 1.44.8"),
    (r"\d+ objects are as the table says; \d+ had", "70 objects are as the table says; 0 had"),
    (r"\d+ functions may run at once; \d+ papers", "1000 functions may run at once; 5 papers"),
    (r"prompt [\w.-]+,", "prompt 2026-11-2,"),
    (r"(?m) +$", ""),
)
"""What differs from run to run, and what stands for it; the lines keep about their lengths."""


@dataclass
class Transcript:
    """A situation, and the commands that were run in it."""

    name: str
    title: str
    about: str
    environment: Mapping[str, str | None]
    """None: such a variable is taken away."""
    runs: list[str] = field(default_factory=list)
    codes: list[tuple[str, int]] = field(default_factory=list)
    """Each command with its exit code."""

    def run(self, line: str, *, wide: bool = False) -> int:
        """Run a command as it would be typed, on a terminal of 80 columns or a wide one; its exit code."""
        boto3.DEFAULT_SESSION = None  # of another situation's credentials
        columns = {"COLUMNS": "160" if wide else "80"}
        with patch.object(holidays, "holidays_warning", return_value=None):  # which is said in some months only
            done = CliRunner(env={**self.environment, **columns}).invoke(app, _words(line), prog_name="arxiv-daily")
        assert "Traceback" not in done.output
        said = normal(done.output).strip("\n")
        code = f"\n[exit code {done.exit_code}]" if done.exit_code else ""
        self.runs.append(f"```console\n$ arxiv-daily {line}\n{said}{code}\n```\n")
        self.codes.append((line, done.exit_code))
        return done.exit_code

    def check(self) -> None:
        """That the document says the same, or write it."""
        path, text = FOLDER / f"{self.name}.md", "\n".join([f"# {self.title}\n\n{self.about}\n", *self.runs])
        if WRITE:
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8").splitlines() == text.splitlines()


def normal(text: str) -> str:
    for pattern, standing in _NORMAL:
        text = re.sub(pattern, standing, text)
    return text


def _words(line: str) -> list[str]:
    """Words between spaces, or between quotes."""
    return [quoted or word for quoted, word in re.findall(r"'([^']*)'|(\S+)", line)]
