"""Console: bodies and populations."""

from __future__ import annotations

import click

from portal.cli.door import Refusing


@click.group(cls=Refusing, name="territory")
def territory() -> None:
    """Import bodies and population figures."""
