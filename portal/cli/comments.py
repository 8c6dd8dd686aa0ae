"""Console: remarks."""

from __future__ import annotations

import click

from portal.cli.door import Refusing


@click.group(cls=Refusing, name="comments")
def comments() -> None:
    """Export remarks."""
