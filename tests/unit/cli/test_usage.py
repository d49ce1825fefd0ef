import pytest
from typer.testing import CliRunner

from arxiv_daily_cli.main import app


@pytest.mark.parametrize(
    ("command", "arguments"), [("redrive", "[ID]..."), ("rebuild", "[DATE]..."), ("backfill", "{DATE} [LAST]")]
)
def test_arguments_that_may_be_left_out_stand_in_one_pair_of_brackets(command: str, arguments: str) -> None:
    usage = next(line for line in CliRunner().invoke(app, [command, "--help"]).stdout.splitlines() if "Usage" in line)
    assert usage.strip().endswith(f" {command} [OPTIONS] {arguments}")
