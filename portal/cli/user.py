"""Console: people."""

from __future__ import annotations

import click

from portal.cli.door import Refusing


@click.group(cls=Refusing, name="user")
def user() -> None:
    """People, mandates, sign-in links."""
