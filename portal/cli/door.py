"""The door of the console: who acts, how a refusal is told, and an exit status that is 0 only on success."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from portal.kernel import clock
from portal.kernel.actor import Actor
from portal.kernel.errors import DomainError, Invalid


def told(error: DomainError) -> click.ClickException:
    """A refusal in words; every problem on a line of its own."""
    lines = [str(error.words)]
    if isinstance(error, Invalid):
        lines += [f"  {words}" for words in error.problems]
    return click.ClickException("\n".join(lines))


class Refusing(click.Group):
    """A group whose commands tell a domain refusal in words and exit with status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except DomainError as error:
            raise told(error) from error


class RefusingCommand(click.Command):
    """A command outside any group that tells a domain refusal in words and exits with status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except DomainError as error:
            raise told(error) from error


def operator() -> Actor:
    """Whoever holds the console acts for the system."""
    return Actor.system()


def now() -> datetime:
    """The instant at which a command is given."""
    return clock.now()
