"""Console: mail that came back, and how the queue stands."""

from __future__ import annotations

from typing import BinaryIO

import click

from portal.cli import door
from portal.cli.door import Refusing
from portal.jobs import queries
from portal.jobs.bounce import take_in
from portal.jobs.delivery_report import LARGEST
from portal.kernel.errors import DomainError


@click.group(cls=Refusing, name="mail")
def mail() -> None:
    """Look at the dispatch of mail and take in what came back."""


@mail.command("bounce")
@click.argument("files", type=click.File("rb"), nargs=-1, required=True)
def bounce(files: tuple[BinaryIO, ...]) -> None:
    """Take in delivery reports (RFC 3464), as the mail server sent them back.

    Messages are found by their Message-ID and marked as come back; addresses that fail for good are marked, and the
    secretariat is told. The same report taken in twice counts once. Exit status 1 if a file is no such report.

    \b
    Examples:
      parere mail bounce undelivered.eml
      parere mail bounce - < undelivered.eml      (from an alias of the mail server)
    """
    refused = 0
    for file in files:
        try:
            taken = take_in(door.operator(), file.read(LARGEST + 1), now=door.now())
        except DomainError as error:
            refused += 1
            click.echo(f"{file.name}: {error.words}", err=True)
            continue
        click.echo(f"{file.name}: {len(taken.bounced)} came back, {len(taken.marked)} addresses marked.")
        for address in taken.ignored:
            click.echo(f"  nothing to do for {address}")
    if refused:
        raise click.ClickException(f"{refused} of {len(files)} files were not taken in.")


@mail.command("status")
def status() -> None:
    """Say how many messages wait, failed, left and came back, and which addresses do not take mail.

    \b
    Examples:
      parere mail status
    """
    for state, number in queries.counts().items():
        click.echo(f"{state.value:8} {number}")
    for one in queries.marked():
        click.echo(f"does not take mail: {one.address} {one.status} {one.text}".rstrip())
