"""Console: the index of the search."""

from __future__ import annotations

import click

from portal.cli.door import Refusing
from portal.search import reindex


@click.group(cls=Refusing, name="search")
def search() -> None:
    """Bring the index of the search in step with the texts."""


@search.command("reindex")
def reindex_all() -> None:
    """Read every public text, remark and answer again, and index what is missing or different.

    The index follows what happens by itself; this is for after a restore, or to make sure. People can go on working.

    \b
    Example:
      parere search reindex
    """
    report = reindex.reindex()
    if report.was_complete:
        click.echo(f"The index was complete: {report.documents} documents.")
        return
    click.echo(
        f"The index is complete: {report.documents} documents, {report.written} written, {report.removed} removed."
    )
