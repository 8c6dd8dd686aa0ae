"""`parere` on the command line: Flask's console around the application."""

from __future__ import annotations

import sys
from importlib.metadata import version

import click
from flask.cli import FlaskGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from portal.app import create_app
from portal.cli.commands import COMMANDS
from portal.config import UnsafeSettings
from portal.kernel.errors import DomainError

HELP = """Parere: the participatory consultation portal of a metropolitan city.

Settings are read from the environment (docs/settings.md). Exit status 0 means that everything was done.

\b
The first steps:
  parere db upgrade
  parere territory import comuni.csv --source ISTAT --date 2024-12-31 --map population=residenti
  parere user add segreteria@citta.example --name "Segreteria generale"
  parere plan import piano.json
  parere serve --port 8000

`parere COMMAND --help` explains each command, with examples.
"""


class Console(FlaskGroup):
    """Flask's console with our commands and nothing else: no options of Flask's own, no commands of its plugins."""

    def __init__(self) -> None:
        super().__init__(
            name="parere",
            create_app=create_app,
            add_default_commands=False,
            add_version_option=False,
            load_dotenv=False,
            set_debug_flag=False,
            help=HELP,
        )
        self.params = [_version_option()]

    def list_commands(self, ctx: click.Context) -> list[str]:
        """By name; also where the settings do not let the application start."""
        return sorted(command.name for command in COMMANDS if command.name)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Ours alone; without an application a command can still explain itself."""
        known = {command.name: command for command in COMMANDS}
        return known.get(name) if ctx.resilient_parsing or name not in known else super().get_command(ctx, name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in the help."""
        rows = [(command.name or "", command.get_short_help_str(88)) for command in COMMANDS]
        with formatter.section("Commands"):
            formatter.write_dl(sorted(rows))


def _version_option() -> click.Option:
    def tell(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
        if wanted and not ctx.resilient_parsing:
            click.echo(f"parere {version('parere')}")
            ctx.exit()

    return click.Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=tell, help="Show the version and exit."
    )


def main() -> None:
    """Run a command; exit status 0 only on success."""
    group = Console()
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
