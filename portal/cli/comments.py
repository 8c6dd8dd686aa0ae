"""Console: remarks."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import click
from flask import current_app

from portal.cli.door import Refusing, now, operator
from portal.drafting import compare, twins
from portal.records import take_export
from portal.records.columns import TEXTS, Format, Profile
from portal.records.export import PIECE, export, sheet


@click.group(cls=Refusing, name="comments")
def comments() -> None:
    """Export remarks, compare them."""


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
    parere comments export --format xlsx --profile reserved -o reserved.xlsx
    """
    if profile == Profile.RESERVED:
        take_export.take_export(operator(), Format(form), now=now())
    pieces = _pieces(Format(form), Profile(profile))
    if output is None:
        if Format(form) not in TEXTS:
            raise click.ClickException("A spreadsheet is not for the screen: name a file with -o.")
        for piece in pieces:
            sys.stdout.write(piece.decode())
        return
    try:
        _write(output, pieces, 0o600 if profile == Profile.RESERVED else 0o644)
    except OSError as error:
        why = error.strerror or str(error)
        raise click.ClickException(f"{output} cannot be written: {why}. Choose another file with -o.") from error
    click.echo(f"Written: {output}", err=True)


def _pieces(form: Format, profile: Profile) -> Iterator[bytes]:
    options: dict[str, Any] = {"demonstration": bool(current_app.extensions["settings"].demo), "now": now()}
    if form in TEXTS:
        yield from (piece.encode() for piece in export(operator(), form, profile, **options))
        return
    with sheet(operator(), form, profile, **options) as file:
        yield from iter(partial(file.read, PIECE), b"")


@comments.command("compare")
def compare_command() -> None:
    """Compare the remarks that have come in with those before them, as the worker does.

    \b
    parere comments compare
    """
    total = 0
    while done := compare.compare(now=now()):
        total += done
    click.echo(f"Compared: {total}. Pairs that wait for somebody: {twins.how_many_wait()}.")


def _write(output: Path, pieces: Iterator[bytes], mode: int) -> None:
    """All of the file or nothing: it takes its name when it is complete."""
    handle, name = tempfile.mkstemp(prefix=f".{output.name}.", dir=output.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
        part.chmod(mode)
        part.replace(output)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
