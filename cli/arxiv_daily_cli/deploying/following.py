"""What is told after a deployment: where things are, and what happens next."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

import boto3
import typer

from arxiv_daily_cli.deploying.standing import Found
from arxiv_daily_cli.deploying.times import next_probe, remarks, said

_MAILS = {"AlarmsAddress": "alarms", "NoticesAddress": "the day's notice"}
_USUAL_NAME = "arxiv-daily"
_KNOW = ("status", "doctor", "costs", "deploy", "leave")


def tell(name: str, found: Found, told: Mapping[str, str], *, is_new: bool, brought_back: bool) -> None:
    """On stdout, in a few lines; `told` are the parameters that this deployment set."""
    typer.echo(f"\nStack {name} is {found.status}.")
    typer.echo(
        f"Site:   {found.outputs['SiteUrl']}"
        + (" (empty until the first edition)" if is_new and not brought_back else "")
    )
    typer.echo(f"Table:  {found.outputs['TableName']}\nBucket: {found.outputs['SiteBucketName']}")
    typer.echo(_next_edition(found.parameters, datetime.now(UTC)))
    for remark in remarks(told.get("ScheduleExpression", "")):
        typer.echo(remark)
    for parameter, what in _MAILS.items():
        if address := told.get(parameter):
            typer.echo(f"AWS sends a mail to {address}: click the link in it, or {what} will not come.")
    option = "" if name == _USUAL_NAME else f" --stack-name {name}"
    if brought_back:
        typer.echo(f"Pages still name the former address: arxiv-daily rebuild --all{option} makes them again.")
    typer.echo(f"Commands to know (in .venv/bin): {', '.join(f'arxiv-daily {one}{option}' for one in _KNOW)}")


def start(session: boto3.Session, outputs: Mapping[str, str]) -> None:
    """Let fetch make the edition of now, without waiting for it."""
    event = {"time": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")}
    session.client("lambda").invoke(
        FunctionName=outputs["FetchFunctionName"], InvocationType="Event", Payload=json.dumps(event)
    )
    typer.echo("The edition is being made; its page fills within minutes. Where arXiv announced nothing, it says so.")


def _next_edition(parameters: Mapping[str, str], now: datetime) -> str:
    cron = parameters["ScheduleExpression"]
    if parameters["ScheduleState"] != "ENABLED":
        return "The schedule is paused: no edition comes by itself."
    if probe := next_probe(cron, now):
        here = f"{probe.astimezone():%H:%M %Z}"
        return f"arXiv is asked next at {probe:%H:%M} on {probe:%Y-%m-%d} in Shanghai ({here} on this machine)."
    return f"arXiv is asked by {said(cron)}, in Shanghai's time."
