"""`arxiv-daily leave`: deleting the stack, and on demand what it leaves behind."""

from dataclasses import dataclass
from typing import Annotated

import boto3
import typer

from arxiv_daily_cli.deployed.command import StackName, errors, readable_errors
from arxiv_daily_cli.deployed.stack import StackUnusable
from arxiv_daily_cli.deploying.account import account
from arxiv_daily_cli.deploying.belongings import other_readers, own_key, staying
from arxiv_daily_cli.deploying.earlier import parameters_before
from arxiv_daily_cli.deploying.kept import Kept, kept, left_by
from arxiv_daily_cli.deploying.key import KeyParameter
from arxiv_daily_cli.deploying.standing import Found, Standing, delete, look
from arxiv_daily_cli.deploying.wishes import Wishes


@dataclass(frozen=True)
class _Leaving:
    session: boto3.Session
    name: str
    stack: Found
    """As it is, or as it was when it was deleted before."""
    parameters: dict[str, str]
    """Those that it has, or had before it came back half-way."""

    @property
    def is_there(self) -> bool:
        return self.stack.standing is not Standing.ABSENT

    def delete_stack(self) -> None:
        errors.print(f"Deleting {self.name}; its distribution alone takes some minutes …", markup=False)
        delete(self.session.client("cloudformation"), self.stack)

    def left(self) -> Kept:
        return left_by(self.session, self.stack)

    def key(self) -> KeyParameter | None:
        return own_key(self.session, self.name, self.parameters)


def leave(
    *,
    stack_name: StackName = "arxiv-daily",
    everything: Annotated[
        bool, typer.Option("--everything", help="Delete table, bucket and key too: all papers, readings and pages.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Delete the stack without asking; not with --everything.")] = False,
) -> None:
    """Delete the stack; table, bucket and key stay, unless you want everything gone."""
    with readable_errors():
        leaving = _found(boto3.Session(), stack_name, everything=everything)
        if everything:
            _require_name(leaving)
        elif not Wishes(yes=yes).may(f"Delete stack {stack_name}, and its site's address with it?"):
            raise typer.Exit(1)
        if leaving.is_there:
            leaving.delete_stack()
        left, key = leaving.left(), leaving.key()
        if everything:
            _delete_all(leaving.session, left, key)
        _tell(stack_name, left, key, everything=everything)
        if everything:
            for sentence in staying(leaving.session, stack_name, leaving.parameters):
                typer.echo(sentence)


def _found(session: boto3.Session, name: str, *, everything: bool) -> _Leaving:
    """Raises StackUnusable where there is nothing to leave."""
    here = account(session)
    found = look(session.client("cloudformation"), name)
    if found.standing is Standing.BUSY:
        raise StackUnusable(f"stack {name} is {found.status}: somebody changes it now. Wait, then leave again")
    if found.standing is Standing.ABSENT:
        left = kept(session, name)
        if not (everything and left):
            hint = f"; it left {left}, which --everything deletes" if left else ""
            raise StackUnusable(f"there is no stack {name} in region {here.region} of account {here.number}{hint}")
        found = left.stack
    before = {} if found.outputs else parameters_before(session.client("cloudformation"), name, found)
    parameters = before or found.parameters
    return _Leaving(session, name, found, parameters)


def _require_name(leaving: _Leaving) -> None:
    """Raises StackUnusable unless a person types the stack's name."""
    doomed = [
        one for one in (leaving.stack.outputs.get("TableName"), leaving.stack.outputs.get("SiteBucketName")) if one
    ]
    key = leaving.key()
    names = ", ".join([*doomed, *([key.name] if key else [])]) or "nothing else"
    errors.print(f"This deletes stack {leaving.name} for good, and with it {names}.", style="red", markup=False)
    if key:
        _warn_of_readers(leaving, key.name)
    if typer.prompt("Type the stack's name to go on", err=True) != leaving.name:
        raise StackUnusable("that is another name; nothing was deleted")


def _warn_of_readers(leaving: _Leaving, key: str) -> None:
    for other in other_readers(leaving.session.client("cloudformation"), leaving.name, key):
        errors.print(f"Stack {other} uses {key} too, and reads no paper without it.", style="red", markup=False)


def _delete_all(session: boto3.Session, left: Kept, key: KeyParameter | None) -> None:
    if left.bucket:
        bucket = session.resource("s3").Bucket(left.bucket)
        bucket.object_versions.delete()  # of a bucket without versions these are its objects
        bucket.delete()
    if left.table:
        session.client("dynamodb").delete_table(TableName=left.table)
    if key:
        key.delete()


def _tell(name: str, left: Kept, key: KeyParameter | None, *, everything: bool) -> None:
    names = [*([str(left)] if left else []), *([f"key {key.name}"] if key else [])]
    if everything:
        typer.echo(f"{name} is gone" + (f", with {', '.join(names)}." if names else "."))
        return
    typer.echo(f"Stack {name} is gone." + (f" Kept: {', '.join(names)}." if names else ""))
    if left:
        typer.echo("`arxiv-daily deploy` within 90 days offers to bring table and bucket back;")
        typer.echo("`arxiv-daily leave --everything` deletes them.")
