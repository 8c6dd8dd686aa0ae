"""Console: attachments."""

from __future__ import annotations

import click
from flask import current_app

from portal.cli import door
from portal.cli.door import Refusing
from portal.files import collect as collector
from portal.files import queries
from portal.files.rules import MEBIBYTE
from portal.files.store import Store


@click.group(cls=Refusing, name="files")
def files() -> None:
    """Check attachments and remove what nothing refers to."""


@files.command("verify")
def verify() -> None:
    """Read every attachment and say which is missing or was changed.

    Exit status 1 if any is.

    \b
    Examples:
      parere files verify
    """
    wrong = list(queries.wrong(_store()))
    for one in wrong:
        click.echo(f"{one.sha256}: {'missing' if one.is_missing else 'changed'}")
    if wrong:
        raise click.ClickException(f"{len(wrong)} attachments are not what they were. Restore them from a backup.")
    found = queries.totals()
    click.echo(f"All attachments are there and unchanged: {found.count}, {found.size / MEBIBYTE:.1f} MB.")


@files.command("collect")
def collect() -> None:
    """Remove uploads given up and files that nothing has referred to for a day; the worker does it every hour.

    \b
    Examples:
      parere files collect
    """
    click.echo(f"{collector.collect(_store(), now=door.now())} files removed.")


def _store() -> Store:
    found: Store = current_app.extensions["store"]
    return found
