"""Console: sittings. What is planned and not convened is told to the operator alone."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask import current_app

from portal.cli.door import Refusing, now, operator
from portal.conferences import dispatch_log, install_rules, queries, rule_queries
from portal.conferences.hall import attendance as in_hall
from portal.conferences.minutes import queries as written
from portal.conferences.minutes.queries import MinutesPage
from portal.kernel.clock import local, local_day
from portal.kernel.errors import NotFound
from portal.records import attendance as attended
from portal.records.minutes import draw
from portal.records.minutes.document import as_json, as_text, document
from portal.records.minutes.docx import docx

EXAMPLES = """

\b
Examples:
  parere sitting rules install
  parere sitting rules list
  parere sitting list
  parere sitting dispatches 7 1
  parere sitting attendance 7 --format csv
  parere sitting minutes 7 --format docx -o verbale.docx
"""


@click.group(cls=Refusing, name="sitting", epilog=EXAMPLES)
def sitting() -> None:
    """Rule sets, sittings, their notices and minutes."""


@sitting.group(cls=Refusing, name="rules")
def rule_sets() -> None:
    """The rule sets: how each body is convened."""


@rule_sets.command("install")
def install() -> None:
    """Install the rule sets that come with the program; those already there stay as they are."""
    organs = install_rules.install_rules(operator(), now=now())
    names = ", ".join(organ.value for organ in organs)
    click.echo(f"Installed: {names}." if organs else "All rule sets were there already.")


@rule_sets.command("list")
def list_rules() -> None:
    """List the rule sets in force today with their legal basis."""
    found = rule_queries.in_force(local_day(now()))
    for organ, row in found.items():
        rule = row.rule_set
        click.echo(f"{organ.value} v{row.number}: {rule.notice_days} days of notice. {row.legal_basis}")
    if not found:
        click.echo("No rule set yet. Next: parere sitting rules install")


@sitting.command("list")
def list_sittings() -> None:
    """List the latest sittings with their first call."""
    found = queries.sittings(operator(), announced=False)
    for row in found:
        when = f"{local(row.starts_at):%d/%m/%Y %H:%M}"
        click.echo(f"{row.number} {row.state.value} {when} {row.organ.value}: {row.title}")
    if not found:
        click.echo("No sitting yet: the secretariat plans them on /segreteria/sedute.")


@sitting.command("dispatches")
@click.argument("number", type=int)
@click.argument("notice", type=int)
def dispatches(number: int, notice: int) -> None:
    """Say what became of each letter of a notice, and which receipts of certified mail were filed."""
    actor = operator()
    for line in dispatch_log.dispatches(actor, number, notice):
        click.echo(f"{line.state.value} {line.body_name} <{line.recipient}> {line.error}".rstrip())
    for receipt in dispatch_log.receipts(actor, number, notice):
        click.echo(f"receipt: {receipt.kind.value} {receipt.body_name} <{receipt.address}>")


@sitting.command("attendance")
@click.argument("number", type=int)
@click.option("--call", type=int, help="Which call; without it the one that was held last.")
@click.option(
    "--format", "kind", type=click.Choice(["table", "csv"]), default="table", show_default=True, help="How to print it."
)
def attendance(number: int, call: int | None, kind: str) -> None:
    """Say who was there for each seat, from when until when."""
    lines = in_hall.attendance(operator(), number, call, now=now())
    if kind == "csv":
        sys.stdout.buffer.write(attended.written(lines).encode())
        return
    for line in lines:
        click.echo(f"{line.number:>3} {line.name} ({line.population})")
        for stay in line.stays:
            until = f"{local(stay.until_at):%H:%M:%S}" if stay.until_at else "still there"
            click.echo(
                f"      {local(stay.from_at):%H:%M:%S} - {until} {stay.way.value} {stay.office.value} {stay.person}"
            )
    there = [line for line in lines if line.stays]
    people = sum(line.population for line in there)
    click.echo(f"{len(there)} of {len(lines)} seats, {people} of {sum(line.population for line in lines)} residents.")


@sitting.command("minutes")
@click.argument("number", type=int)
@click.option("--call", type=int, help="Which call; without it the last one that has minutes.")
@click.option(
    "--format",
    "kind",
    type=click.Choice(["txt", "html", "docx", "json"]),
    default="txt",
    show_default=True,
    help="In which form to write them.",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; else the screen.")
def minutes(number: int, call: int | None, kind: str, output: Path | None) -> None:
    """Write the minutes of a sitting; those of a call that nobody has drawn up are drawn up now."""
    actor = operator()
    try:
        page = written.minutes(actor, number, call)
    except NotFound:
        draw.write(actor, number, call or 1, now=now())
        page = written.minutes(actor, number, call)
    content = _rendered(page, kind)
    if output is not None:
        output.write_bytes(content)
        click.echo(f"Minutes n. {page.number}: {output}, SHA-256 of the signed text {page.fingerprint}")
    else:
        sys.stdout.buffer.write(content)


def _rendered(page: MinutesPage, kind: str) -> bytes:
    found = document(page)
    match kind:
        case "json":
            return as_json(page)
        case "docx":
            return docx(found)
        case "html":
            return (
                current_app.jinja_env.get_template("minutes/standalone.html").render(doc=found, language="it").encode()
            )
    return as_text(found).encode()
