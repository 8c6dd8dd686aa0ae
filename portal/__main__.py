"""`parere` on the command line: Flask's console around the application."""

from __future__ import annotations

import sys

import click
from flask.cli import FlaskGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from portal.app import create_app
from portal.config import UnsafeSettings
from portal.kernel.errors import DomainError

HELP = "Parere: the participatory consultation portal of a metropolitan city."


def main() -> None:
    """Run a command; exit status 0 only on success."""
    group = FlaskGroup(
        name="parere", create_app=create_app, add_default_commands=False, add_version_option=False, help=HELP
    )
    try:
        group.main(prog_name="parere", standalone_mode=True)
    except UnsafeSettings as error:
        click.echo(f"parere: {error}", err=True)
        sys.exit(2)
    except (OperationalError, ProgrammingError) as error:
        click.echo(f"parere: the database cannot be used: {str(error.orig).splitlines()[0]}", err=True)
        click.echo("Is DATABASE_URL right, does the server run, and has `parere db upgrade` been run?", err=True)
        sys.exit(1)
    except DomainError as error:
        click.echo(f"parere: {error.words}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
