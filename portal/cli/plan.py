"""Console: plans."""

from __future__ import annotations

import click

from portal.cli.door import Refusing


@click.group(cls=Refusing, name="plan")
def plan() -> None:
    """Import and list plans."""
