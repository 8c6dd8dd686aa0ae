"""Console: remarks."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
from flask import current_app

from portal.cli.door import Refusing, now, operator
from portal.records.columns import Format, Profile
from portal.records.export import export


@click.group(cls=Refusing, name="comments")
def comments() -> None:
    """Export remarks."""


@comments.command("export")
@click.option(
    "--format", "form", required=True, type=click.Choice([f.value for f in Format]), help="How it is written."
)
@click.option(
    "--profile",
    default=Profile.PUBLIC.value,
    show_default=True,
    type=click.Choice([p.value for p in Profile]),
    help="public: what anybody may read. reserved: everything submitted, with decisions and names.",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; else the screen.")
def export_command(form: str, profile: str, output: Path | None) -> None:
    """Write all remarks to a file or to the screen.

    \b
    parere comments export --format csv -o remarks.csv
    parere comments export --format json --profile reserved -o reserved.json
    """
    demo = bool(current_app.extensions["settings"].demo)
    pieces = export(operator(), Format(form), Profile(profile), demonstration=demo, now=now())
    if output is None:
        for piece in pieces:
            sys.stdout.write(piece)
        return
    try:
        _write(output, pieces, 0o600 if profile == Profile.RESERVED else 0o644)
    except OSError as error:
        why = error.strerror or str(error)
        raise click.ClickException(f"{output} cannot be written: {why}. Choose another file with -o.") from error
    click.echo(f"Written: {output}", err=True)


def _write(output: Path, pieces: Iterator[str], mode: int) -> None:
    """All of the file or nothing: it takes its name when it is complete."""
    handle, name = tempfile.mkstemp(prefix=f".{output.name}.", dir=output.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
        part.chmod(mode)
        part.replace(output)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
