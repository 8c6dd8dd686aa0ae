"""Console: opinions of the Conferenza and of the Forum. What is told here is what everybody reads."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

import click
from flask_babel import force_locale, gettext

from portal.cli.door import Refusing, now
from portal.conferences.rules import Organ
from portal.forms.labels import words
from portal.kernel.canonical import encode
from portal.kernel.clock import local_day
from portal.kernel.errors import NotFound
from portal.opinions import queries as mayors
from portal.opinions.requests import queries
from portal.opinions.requests.standing import standing
from portal.opinions.standing import standing as of_mayors
from portal.records import forum_opinion

EXAMPLES = """

\b
Examples:
  parere opinion list
  parere opinion export 4 -o parere-4.json
  parere opinion document 4 1 -o parere-4-1.json
  sha256sum parere-4-1.json
"""


@click.group(cls=Refusing, name="opinion", epilog=EXAMPLES)
def opinion() -> None:
    """Opinions: where they are, their documents as data."""


@opinion.command("list")
def list_opinions() -> None:
    """List every request with where it is, latest first."""
    at = now()
    lines: dict[int, tuple[Organ, Enum, str]] = {
        row.number: (row.organ, of_mayors(row.number, at).stage, row.subject) for row in mayors.requests()
    }
    for row in queries.requests():
        stands = standing(row.id, at)
        lines[row.id] = (row.organ, stands.shown, row.subject)
        if stands.is_running and stands.due_at and not stands.expired:
            lines[row.id] = (row.organ, stands.shown, f"{row.subject} (due {local_day(stands.due_at)})")
    with force_locale("en"):
        for number, (organ, stage, subject) in sorted(lines.items(), reverse=True):
            click.echo(f"{number}  {organ.value}  {gettext(words(stage))}  {subject}")
    if not lines:
        click.echo("No opinion has been asked for yet.")


@opinion.command("export")
@click.argument("number", type=int)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
def export(number: int, output: Path | None) -> None:
    """Everything public about a request as JSON: its term, documents as they were frozen, answers of the Council."""
    try:
        found = forum_opinion.export(number)
    except NotFound:
        documents = [{"number": one.number, "content": one.content} for one in mayors.documents(number)]
        found = {"format": "parere-opinion-request/1", "number": mayors.request(number).number, "documents": documents}
    _write(encode(found), output)


@opinion.command("document")
@click.argument("number", type=int)
@click.argument("which", type=int)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
def document(number: int, which: int, output: Path | None) -> None:
    """One document: the very bytes whose SHA-256 stands on it."""
    try:
        content = queries.document(number, which).content
    except NotFound:
        content = mayors.document(number, which).content
    _write(encode(content), output)


def _write(content: bytes, output: Path | None) -> None:
    if output is None:
        click.echo(content, nl=False)
        return
    output.write_bytes(content)
    click.echo(f"Written: {output}, {len(content)} bytes.")
