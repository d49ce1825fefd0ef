"""What people read first: both READMEs say the same, and every command in the documents is one that exists."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from arxiv_daily_cli.main import app

ROOT = Path(__file__).parents[2]
ENGLISH, CHINESE = ROOT / "README.md", ROOT / "README.zh-CN.md"
DOCUMENTS = [ENGLISH, CHINESE, *sorted((ROOT / "docs").glob("*.md"))]
COMMENT = re.compile(r"\s+#\s.*$")
PLACEHOLDER = {"DATE": "2026-02-12", "ID": "2602.10934", "TABLE": "papers", "<TableName>": "papers"}


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def blocks(path: Path, language: str) -> list[list[str]]:
    """The code blocks of a language, line by line, without comments."""
    found = re.findall(rf"^```{language}\n(.*?)^```", text(path), flags=re.DOTALL | re.MULTILINE)
    return [[COMMENT.sub("", line) for line in block.splitlines()] for block in found]


def headings(path: Path) -> list[int]:
    """The level of each heading, in order."""
    return [
        len(found[1])
        for found in re.finditer(r"^(#+) ", re.sub(r"```.*?```", "", text(path), flags=re.DOTALL), re.MULTILINE)
    ]


def targets(path: Path) -> set[str]:
    """Where links lead, those between the two READMEs aside."""
    return set(re.findall(r"\]\(([^)]+)\)", text(path))) - {ENGLISH.name, CHINESE.name}


@pytest.mark.parametrize("language", ["sh", "mermaid"])
def test_the_chinese_readme_has_the_commands_and_the_picture_of_the_english_one(language: str) -> None:
    assert blocks(CHINESE, language) == blocks(ENGLISH, language) != []


def test_the_chinese_readme_has_the_headings_tables_and_links_of_the_english_one() -> None:
    assert headings(CHINESE) == headings(ENGLISH)
    assert targets(CHINESE) == targets(ENGLISH)
    rows = [
        [line.count("|") for line in text(path).splitlines() if line.startswith("|")] for path in (CHINESE, ENGLISH)
    ]
    assert rows[0] == rows[1]


def test_both_name_the_same_parameters_files_and_targets() -> None:
    named = [sorted(set(re.findall(r"`([^`\n]+)`", text(path)))) for path in (CHINESE, ENGLISH)]
    assert named[0] == named[1]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_is_linked_to_exists(path: Path) -> None:
    local = {target.partition("#")[0] for target in targets(path) if "://" not in target} - {""}
    assert not [target for target in local if not (path.parent / target).exists()]


def commands() -> list[str]:
    """Every `arxiv-daily …` of the documents, in a block or in a line."""
    found = set()
    for path in DOCUMENTS:
        lines = [line for block in blocks(path, "sh") for line in block]
        quoted = re.findall(r"`(?:\.venv/bin/)?(arxiv-daily [^`\n]+)`", text(path))
        found |= {match[1].strip() for line in [*lines, *quoted] if (match := re.search(r"(arxiv-daily .*)$", line))}
    return sorted(one for one in found if "…" not in one)


@pytest.mark.parametrize("command", commands())
def test_every_command_that_is_written_down_is_one(command: str) -> None:
    words = [PLACEHOLDER.get(word, word) for word in shlex.split(command)][1:]
    result = CliRunner().invoke(app, [*words, "--help"])  # what is no option, or no command, is refused before
    assert result.exit_code == 0, result.stderr


def test_commands_were_found() -> None:
    assert {"arxiv-daily status", "arxiv-daily rebuild --all"} <= set(commands())


def test_every_make_target_that_is_written_down_is_one() -> None:
    known = set(re.findall(r"^([a-z-]+):", text(ROOT / "Makefile"), flags=re.MULTILINE))
    lines = [line for path in DOCUMENTS for block in blocks(path, "sh") for line in block]
    quoted = [words for path in DOCUMENTS for words in re.findall(r"`([^`\n]+)`", text(path))]
    named = {name for line in [*lines, *quoted] for name in re.findall(r"(?:^|&& )make ([a-z-]+)", line)}
    assert named
    assert named <= known
