"""`arxiv-daily local`: the whole product on this machine, over the embedded AWS."""

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console
from rich.progress import Progress

from arxiv_daily_cli import reading
from arxiv_daily_cli.functions import FunctionFailed
from arxiv_daily_cli.local.engine import EngineError
from arxiv_daily_cli.local.environments import InstallError
from arxiv_daily_cli.local.running import LocalStack, local_stack
from arxiv_daily_cli.local.services import ServiceError
from arxiv_daily_cli.local.stack import StackError
from arxiv_daily_cli.local.waiting import Edition, NothingHappens, filling, published
from arxiv_daily_cli.standins.process import StandInError

app = typer.Typer(no_args_is_help=True, help="Run the whole product on this machine, over an embedded AWS.")
errors = Console(stderr=True, highlight=False, soft_wrap=True)

_INTERRUPTED = 130
_EXPECTED = (
    *(EngineError, FunctionFailed, InstallError, NothingHappens, ServiceError, StackError, StandInError),
    *(BotoCoreError, ClientError),
)

Live = Annotated[
    bool | None,
    typer.Option(
        "--live/--sample",
        help="Ask the real arXiv and Claude, or stand-ins with the sample day. "
        "Default: live where ANTHROPIC_API_KEY is set.",
    ),
]
State = Annotated[Path | None, typer.Option(help="Folder that keeps table, queue and bucket for the next run.")]
Out = Annotated[Path, typer.Option(help="Folder that the site is written to, over older files.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


def aware_time(text: str) -> datetime:
    """A time with a zone, as ISO 8601. Raises typer.BadParameter."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text} is no time: write it like 2026-02-12T00:50:00Z") from error
    if moment.tzinfo is None:
        raise typer.BadParameter(f"{text} has no time zone: add Z for UTC, or +08:00 for Shanghai")
    return moment


@app.command()
def run(
    now: Annotated[
        datetime | None,
        typer.Option(
            parser=aware_time, metavar="ISO8601", help="The time of the run. Default: now; the sample's own day."
        ),
    ] = None,
    live: Live = None,
    state: State = None,
    out: Out = Path("build/site"),
    as_json: AsJson = False,
) -> None:
    """Make the edition of one day and write the site to a folder."""
    with _readable_errors(), _local_stack(live=live, state=state) as stack:
        report = stack.fetch(now or stack.services.now)
        day = report["edition_date"]
        errors.print(f"Edition {day}: {report['seen']} papers, {report['messages']} to read.")
        edition = _watched(filling(stack, day))
        written = stack.write_site(out)
    post = out / "_posts" / f"{day}-arxiv.md"
    page = out / "editions" / f"{day}.html"
    if as_json:
        typer.echo(json.dumps({"edition": edition, "post": str(post), "page": str(page), "files": written}))
        return
    typer.echo(edition["status_text"])
    typer.echo(f"Post:  {post}\nPage:  {page}\nSite:  {out / 'index.html'} ({written} files)")
    if failed := edition["counts"]["failed"]:
        errors.print(f"Papers that could not be read: {failed}. The reasons stand on the page.")
    if stack.services.notice:
        typer.echo(
            "This was the sample: its papers or readings are invented. Set ANTHROPIC_API_KEY for the real thing."
        )


@app.command()
def up(
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port of the embedded AWS. Default: a free one.")
    ] = None,
    live: Live = None,
    state: State = None,
) -> None:
    """Keep the stack running until interrupted; the first line says where everything is, as JSON."""
    with _readable_errors(), _local_stack(live=live, state=state, port=port) as stack:
        found = {"endpoint": stack.engine.endpoint, "site_url": stack.site_url, "outputs": stack.outputs}
        typer.echo(json.dumps({**found, "services": stack.services.parameters}, ensure_ascii=False))
        sys.stdout.flush()
        errors.print(f"The site: {stack.site_url}\nStop with Ctrl-C.")
        signal.pause()


@app.command()
def paper(
    paper_id: Annotated[
        str, typer.Argument(metavar="ID", help="2602.10934, arXiv:2602.10934v1, or an arxiv.org address.")
    ],
    live: Live = None,
    state: State = None,
    out: Out = Path("build/site"),
    as_json: AsJson = False,
) -> None:
    """Read one paper by its id."""
    with _readable_errors(), _local_stack(live=live, state=state) as stack:
        document = reading.read(lambda: stack.invoke("OnDemandFunctionName", {"paper_id": paper_id}), errors.print)
        page = f"papers/{document['paper_id']}.html"
        has_page = published(stack, document)
        stack.write_site(out)
    if as_json:
        typer.echo(json.dumps(document, ensure_ascii=False))
    else:
        reading.show(document, f"Page:  {out / page}" if has_page else "A newer version has the page.")
    if document["state"] != "ready":
        raise typer.Exit(1)


def _watched(editions: Iterator[Edition]) -> Edition:
    """Show each paper once it is settled, with a bar on a terminal; the last state."""
    told: set[str] = set()
    edition: Edition = {}
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
        bar = progress.add_task("Reading", total=None)
        for edition in editions:
            for one in edition["papers"]:
                if one["state"] in {"ready", "failed"} and one["paper_id"] not in told:
                    told.add(one["paper_id"])
                    source = f" ({one['source']})" if one["state"] == "ready" else ""
                    errors.print(
                        f"  {one['paper_id']}v{one['version']} {one['state']}{source}  {one['title']}", markup=False
                    )
            progress.update(bar, total=edition["counts"]["shown"], completed=len(told))
    return edition


@contextmanager
def _local_stack(*, live: bool | None, state: Path | None, port: int | None = None) -> Iterator[LocalStack]:
    errors.print("Starting the embedded AWS (the first time, its packages are installed) …")
    with local_stack(live=live, state=state, port=port) as stack:
        if stack.services.notice:
            errors.print(stack.services.notice)
        yield stack


@contextmanager
def _readable_errors() -> Iterator[None]:
    """What a person can mend is told in a sentence; interrupting ends cleanly."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        yield
    except _EXPECTED as error:
        errors.print(f"Error: {error}", style="red", markup=False)
        raise typer.Exit(1) from error
    except KeyboardInterrupt:
        errors.print("Interrupted.")
        raise typer.Exit(_INTERRUPTED) from None
