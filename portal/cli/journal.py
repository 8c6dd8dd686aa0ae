"""Console: the journal."""

from __future__ import annotations

import click

from portal.cli.door import Refusing


@click.group(cls=Refusing, name="journal")
def journal() -> None:
    """Check the record and export its heads."""
