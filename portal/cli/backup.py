"""Console: one archive of everything, and back."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import click
from flask import current_app

from portal.backup import restore as archive_restore
from portal.backup import write as archive_write
from portal.cli import door
from portal.cli.door import RefusingCommand
from portal.config import Settings

FILE = click.Path(dir_okay=False, path_type=Path)


def _files() -> Path:
    settings: Settings = current_app.extensions["settings"]
    return settings.data_dir / "files"


@click.command(cls=RefusingCommand, short_help="Write the whole installation into one archive.")
@click.argument("file", type=FILE)
@click.option("--replace", is_flag=True, help="Write over a file that is there already.")
def backup(file: Path, replace: bool) -> None:
    """Write the whole installation into one archive: tables, attachments, heads of the journal.

    The archive holds personal data: only its owner can read the file. It can be restored on SQLite and on PostgreSQL,
    whichever it came from. The portal may go on working meanwhile.

    \b
    Examples:
      parere backup /var/backups/parere-2027-03-15.zip
      parere backup --replace latest.zip
    """
    if file.exists() and not replace:
        raise click.ClickException(f"{file} is there already. Choose another name, or add --replace.")
    try:
        manifest = archive_write.write(file, files=_files(), program=version("parere"), now=door.now())
    except OSError as error:
        raise click.ClickException(f"Cannot write {file}: {error.strerror or error}.") from error
    rows = sum(member.rows or 0 for member in manifest.members)
    attached = sum(member.rows is None for member in manifest.members)
    click.echo(f"{file}: {rows} rows, {attached} attachments, {len(manifest.heads)} journal streams.")
    if manifest.faults:
        raise click.ClickException(
            "The archive is written, but the journal in it does not hold together: run `parere journal verify`."
        )


@click.command(cls=RefusingCommand, short_help="Put an archive back, checked.")
@click.argument("file", type=FILE)
@click.option("--force", is_flag=True, help="Replace everything that the database holds now.")
def restore(file: Path, force: bool) -> None:
    """Put an archive back into an empty database, checked: counts, hashes, journal.

    Run `parere db upgrade` on the new database first. If anything does not agree nothing is changed.

    \b
    Examples:
      parere restore /var/backups/parere-2027-03-15.zip
      parere restore --force latest.zip      (what is there now is lost)
    """
    manifest = archive_restore.restore(file, files=_files(), force=force)
    rows = sum(member.rows or 0 for member in manifest.members)
    click.echo(f"Restored {rows} rows as they were at {manifest.made_at}; the journal holds together.")
