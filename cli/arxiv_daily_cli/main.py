"""The `arxiv-daily` command."""

import typer

from arxiv_daily_cli.deployed.backfill import backfill
from arxiv_daily_cli.deployed.costs import costs
from arxiv_daily_cli.deployed.edition import edition
from arxiv_daily_cli.deployed.hide import hide
from arxiv_daily_cli.deployed.rebuild import rebuild
from arxiv_daily_cli.deployed.restore import restore
from arxiv_daily_cli.deploying.command import deploy
from arxiv_daily_cli.deploying.leaving import leave
from arxiv_daily_cli.local.app import app as local

app = typer.Typer(no_args_is_help=True, help="A daily edition of new arXiv papers, translated and read in full.")
app.add_typer(local, name="local")
app.command()(deploy)
app.command()(leave)
app.command()(edition)
app.command()(backfill)
app.command()(costs)
app.command()(rebuild)
app.command()(hide)
app.command()(restore)


@app.callback()
def main() -> None:
    """Commands are grouped; `local` needs no AWS account."""
