"""`arxiv-daily deploy`: guided the first time, an update without questions afterwards."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import boto3
import typer

from arxiv_daily_cli.deployed.command import AsJson, StackName, errors, readable_errors
from arxiv_daily_cli.deployed.stack import StackUnusable
from arxiv_daily_cli.deploying import sam, template, times
from arxiv_daily_cli.deploying.account import account
from arxiv_daily_cli.deploying.carrying_out import build, carry_out
from arxiv_daily_cli.deploying.earlier import parameters_before
from arxiv_daily_cli.deploying.following import start, tell
from arxiv_daily_cli.deploying.kept import Kept, bring_back, kept
from arxiv_daily_cli.deploying.key import KeyParameter
from arxiv_daily_cli.deploying.parameters import BadParameter, declared, given
from arxiv_daily_cli.deploying.plan import KEY, Plan, agree, is_asked, new_key, plan, require_key_to_replace
from arxiv_daily_cli.deploying.runbook import runbook_address
from arxiv_daily_cli.deploying.standing import Found, look, mend
from arxiv_daily_cli.deploying.wishes import Wishes, confirm
from arxiv_daily_cli.local.environments import ROOT
from arxiv_daily_cli.local.stack import TEMPLATE


@dataclass(frozen=True)
class _Done:
    stack: Found
    plan: Plan
    is_new: bool
    brought_back: bool


def deploy(
    parameter: Annotated[
        list[str] | None, typer.Option("--parameter", metavar="NAME=VALUE", help="Set a parameter; may be repeated.")
    ] = None,
    *,
    stack_name: StackName = "arxiv-daily",
    guided: Annotated[bool, typer.Option("--guided", help="Ask the questions of a first deployment again.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing: every proposal is taken.")] = False,
    replace_key: Annotated[bool, typer.Option("--replace-key", help="Store another Anthropic API key.")] = False,
    anew: Annotated[
        bool, typer.Option("--anew", help="Begin empty, though an earlier stack of this name left table and bucket.")
    ] = False,
    start_now: Annotated[
        bool | None, typer.Option("--start/--no-start", help="Make an edition at once. Default: asks the first time.")
    ] = None,
    built: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="A template built before. Default: builds one.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Deploy to your AWS account: guided the first time, an update that keeps every value afterwards."""
    wishes = Wishes(_chosen(parameter or []), guided, yes, replace_key)
    with readable_errors():
        session = boto3.Session()
        done = _deployed(session, stack_name, wishes, built, anew=anew)
        if as_json:
            typer.echo(json.dumps({"stack": stack_name, "status": done.stack.status, "outputs": done.stack.outputs}))
        else:
            tell(stack_name, done.stack, done.plan.overrides, is_new=done.is_new, brought_back=done.brought_back)
        if start_now or (start_now is None and done.is_new and not yes and confirm("\nMake today's edition now?")):
            start(session, done.stack.outputs)


def _chosen(assignments: list[str]) -> dict[str, str]:
    """Raises typer.BadParameter."""
    try:
        return given(assignments, declared(template.read(TEMPLATE)), {"ScheduleExpression": times.expression})
    except BadParameter as error:
        raise typer.BadParameter(str(error)) from error


def _deployed(session: boto3.Session, name: str, wishes: Wishes, built: Path | None, *, anew: bool) -> _Done:
    """Check, ask, build, deploy. Raises StackUnusable; nothing was changed before a person said yes."""
    found = _before(session, name, wishes)
    _require_python(built, wishes)
    left = None if anew or found.stack_id else _left(session, name, wishes)
    source = template.read(TEMPLATE)
    before = _values_before(session, name, found, left)
    has = {} if found.is_bare else found.parameters
    decided = plan(name, declared(source), has, before, wishes, runbook=runbook_address(ROOT))
    require_key_to_replace(decided, wishes)
    stored = KeyParameter(session.client("ssm"), decided.values[KEY])
    key = new_key(stored, wishes) if decided.needs_key else None
    asked = is_asked(has, wishes)
    if asked:
        agree(decided)
    ready = build(built)
    if key:
        stored.put(key)
    if left:
        bring_back(session.client("cloudformation"), name, left, source)
    stack = carry_out(session, name, ready, decided.overrides, confirm=not (asked or wishes.yes))
    return _Done(stack, decided, not has, brought_back=found.is_bare or left is not None)


def _before(session: boto3.Session, name: str, wishes: Wishes) -> Found:
    here = account(session)
    errors.print(f"Stack {name} in region {here.region} of account {here.number}, as {here.who}.", markup=False)
    client = session.client("cloudformation")
    return mend(client, look(client, name), name, wishes.may)


def _require_python(built: Path | None, wishes: Wishes) -> None:
    if built is None and not sam.has_python():
        if not wishes.may("Building needs Python 3.13, the functions' version. Install it for you?"):
            raise StackUnusable("without Python 3.13 nothing can be built; `make python` installs it")
        sam.install_python()


def _values_before(session: boto3.Session, name: str, found: Found, left: Kept | None) -> dict[str, str]:
    """The parameters that the stack had before it was deleted, where it comes back or is half-way back."""
    back = left.stack if left else found
    is_back = left is not None or found.is_bare
    return parameters_before(session.client("cloudformation"), name, back) if is_back else {}


def _left(session: boto3.Session, name: str, wishes: Wishes) -> Kept | None:
    """What an earlier stack of this name left, if it is wanted."""
    found = kept(session, name)
    if not found:
        return None
    errors.print(f"An earlier stack {name} left its {found}.", markup=False)
    return found if wishes.may("Bring them back, with their papers and pages?") else None
