"""The step after `sam build`: `python -m arxiv_daily_cli.packaging .aws-sam/build --python /usr/bin/python3.13`."""

from pathlib import Path
from typing import Annotated

import typer

from arxiv_daily_cli.packaging.runtime import PackageUnusable, check_clients, compile_all
from arxiv_daily_cli.packaging.sizes import LIMIT, report, total, weighed
from arxiv_daily_cli.packaging.unneeded import prune


def finish(
    build: Annotated[Path, typer.Argument(help="The folder that `sam build` made.", exists=True, file_okay=False)],
    python: Annotated[Path, typer.Option(help="The runtime's Python.")],
) -> None:
    """Leave out what does not run, add bytecode, and say how large each layer and function is."""
    folders = sorted(path for path in build.iterdir() if path.is_dir())
    try:
        for folder in folders:
            prune(folder / "python" if (folder / "python").is_dir() else folder)
            compile_all(folder, python)
        check_clients(build / "DependenciesLayer" / "python", python)
    except PackageUnusable as unusable:
        typer.echo(unusable, err=True)
        raise typer.Exit(1) from unusable
    built = [weighed(folder) for folder in folders]
    typer.echo(report(built))
    if total(built) > LIMIT:
        typer.echo(f"Too large: {total(built):,} bytes, and {LIMIT:,} are allowed.", err=True)
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(finish)
