"""The `arxiv-daily` command."""

from collections.abc import Callable

import typer

from arxiv_daily_cli.deployed.backfill import backfill
from arxiv_daily_cli.deployed.costs import costs
from arxiv_daily_cli.deployed.doctor.command import doctor
from arxiv_daily_cli.deployed.edition import edition
from arxiv_daily_cli.deployed.hide import hide
from arxiv_daily_cli.deployed.logs.command import logs
from arxiv_daily_cli.deployed.paper import paper
from arxiv_daily_cli.deployed.pausing import pause, resume
from arxiv_daily_cli.deployed.rebuild import rebuild
from arxiv_daily_cli.deployed.redrive.command import redrive
from arxiv_daily_cli.deployed.restore import restore
from arxiv_daily_cli.deployed.status.command import status
from arxiv_daily_cli.deploying.command import deploy
from arxiv_daily_cli.deploying.leaving import leave
from arxiv_daily_cli.local.app import app as local

_LOOK, _ACT, _LOCAL = "Look at a deployed stack", "Act on a deployed stack", "Without an AWS account"

_HELP = """A daily edition of new arXiv papers, translated and read in full.

For your shell to complete commands and options, run arxiv-daily --install-completion once (bash, zsh, fish)."""

app = typer.Typer(no_args_is_help=True, help=_HELP)
looking: Callable[..., None]
for looking in (status, doctor, edition, costs, logs):
    app.command(rich_help_panel=_LOOK)(looking)
acting: Callable[..., None]
for acting in (deploy, paper, backfill, hide, pause, rebuild, redrive, resume, restore, leave):
    app.command(rich_help_panel=_ACT)(acting)
app.add_typer(local, name="local", rich_help_panel=_LOCAL)


@app.callback()
def main() -> None:
    """Commands are grouped; `local` needs no AWS account."""
