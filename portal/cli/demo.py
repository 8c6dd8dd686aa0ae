"""Console: the demonstration city."""

from __future__ import annotations

import time
from itertools import groupby

import click
from flask import current_app
from flask_babel import force_locale, gettext

from portal.cli import door
from portal.cli.door import RefusingCommand
from portal.config import Settings
from portal.demo import load
from portal.demo.load import Guest
from portal.demo.returned import come_back
from portal.forms import labels
from portal.jobs.worker import Worker
from portal.kernel.offices import Office


@click.command(cls=RefusingCommand, short_help="Load an invented city and print whom to sign in as.")
@click.option("--reset", is_flag=True, help="Take the demonstration city away and load it anew.")
def demo(reset: bool) -> None:
    """Load an invented city with a plan in consultation, and print whom to sign in as.

    Doing it again changes nothing, but prints fresh sign-in addresses, good for seven days. Only where DEMO=1, and only
    in a database that holds nothing else.

    \b
    Examples:
      DEMO=1 parere demo
      DEMO=1 parere demo --reset
    """
    settings: Settings = current_app.extensions["settings"]
    if not settings.demo or settings.production:
        raise click.ClickException(
            "The demonstration is loaded only where DEMO=1: whoever reads its output can sign in."
        )
    began = time.monotonic()
    if load.load(store=current_app.extensions["store"], now=door.now(), reset=reset):
        worker: Worker = current_app.extensions["worker"]
        worker.drain()
        if come_back(now=door.now()):
            worker.drain()
        click.echo(f"The demonstration city is loaded ({time.monotonic() - began:.0f} s).")
    else:
        click.echo("The demonstration city is there already.")
    _print(load.guests(now=door.now()), settings)


def _print(guests: list[Guest], settings: Settings) -> None:
    click.echo("\nPeople to sign in as. Each address works once, for seven days; `parere demo` prints new ones.")
    with current_app.app_context(), force_locale("it"):
        for office, holders in groupby(sorted(guests, key=_rank), key=lambda guest: guest.office):
            click.echo(f"\n{gettext(labels.words(office))}")
            for guest in holders:
                click.echo(f"  {guest.name}\n    {settings.public_url}{_path(guest.token)}")
    click.echo(f"\nMessages that would have been sent by mail: {settings.public_url}/posta")


def _rank(guest: Guest) -> int:
    return list(Office).index(guest.office)


def _path(token: str) -> str:
    return current_app.url_map.bind("").build("accounts.use_link", {"token": token})
