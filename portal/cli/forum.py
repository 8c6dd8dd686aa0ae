"""Console: the register of the Forum."""

from __future__ import annotations

import json
from pathlib import Path

import click

from portal.cli.door import Refusing, now, operator
from portal.forum import import_members, install, queries, register_queries
from portal.forum.rules import ForumKey
from portal.kernel.clock import local_day

EXAMPLES = """
\b
Examples:
  parere forum install
  parere forum import organisations.csv --act "Determination n. 41 of 12 February 2027"
  parere forum list --json
  parere forum list --forum youth
"""
_FORUM = click.option(
    "--forum",
    "key",
    type=click.Choice([one.value for one in ForumKey]),
    default=ForumKey.METROPOLITAN.value,
    show_default=True,
    help="Which of the two Forums.",
)


@click.group(cls=Refusing, name="forum", epilog=EXAMPLES)
def forum() -> None:
    """Open the register of the Forum, fill it, list who is in it."""


@forum.command("install")
def begin() -> None:
    """Set up both Forums with the rules that come with the program; one already there stays as it is."""
    found = install.install(operator(), now=now())
    click.echo(f"Set up: {', '.join(key.value for key in found)}." if found else "Both were set up already.")


@forum.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--act", default="Import from the console", show_default=True, help="For rows that name no act.")
@_FORUM
def import_file(file: Path, act: str, key: str) -> None:
    """Admit the organisations of a CSV with their delegates and substitutes: all of them, or none.

    The file is UTF-8, separated by commas or semicolons, with a head. Columns: name, category (productive_category,
    trade_union, professional_order, functional_autonomy, association, third_sector), and as they are known key,
    legal_form, tax_code, registered_in, registered_as, seat, website, contact_email, admitted_on, act, delegate,
    delegate_email, substitute, substitute_email. Organisations known by tax code or name stay as they are.
    """
    wanted = queries.by_key(ForumKey(key))
    done = import_members.import_members(operator(), wanted.id, file.read_bytes(), act, now=now())
    click.echo(f"{done.admitted} admitted, {done.known} known already, {done.people} people named.")


@forum.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@_FORUM
def list_members(as_json: bool, key: str) -> None:
    """List the members of today by family."""
    rows = register_queries.members(queries.by_key(ForumKey(key)).id, local_day(now()))
    if as_json:
        facts = [
            {
                "key": row.key,
                "name": row.name,
                "category": row.category.value,
                "admitted_on": row.admitted_on.isoformat(),
                "act": row.act,
                "suspended": row.suspended,
            }
            for row in rows
        ]
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    for category, number in register_queries.by_category(rows).items():
        click.echo(f"{category.value}: {number} of {len(rows)}")
    for row in rows:
        click.echo(f"{row.key} {row.name} ({row.category.value}){', suspended' if row.suspended else ''}")
    if not rows:
        click.echo("No organisation yet. Next: parere forum import FILE.csv")
