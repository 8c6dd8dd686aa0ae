"""Console: the database, its migrations, backup and restore."""

from __future__ import annotations

import click
from flask_migrate import upgrade as migrate_upgrade

from portal.cli.door import Refusing
from portal.search import reindex


@click.group(cls=Refusing, name="db")
def db_group() -> None:
    """Create or upgrade the tables."""


@db_group.command("upgrade")
def db_upgrade() -> None:
    """Bring the tables to the state this program expects.

    \b
    Example:
      parere db upgrade
    """
    migrate_upgrade()
    if reindex.is_empty():
        reindex.reindex()
    click.echo("The database is up to date.")
