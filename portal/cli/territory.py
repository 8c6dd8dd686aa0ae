"""Console: bodies and populations."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from portal.cli.door import Refusing, now, operator
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.offices import BodyKind, ForumCategory
from portal.kernel.words import N_, Words
from portal.territory import import_bodies, queries, register_body, rules
from portal.territory.compare import Preview
from portal.territory.facts import BodyFacts

MOST_SHOWN = 20


@click.group(cls=Refusing, name="territory")
def territory() -> None:
    """Import bodies and population figures, add bodies, list them."""


def _mapping(_ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in given]
    if any(not field or not column for field, _, column in pairs):
        raise click.BadParameter("write FIELD=COLUMN, such as population=pop_census_2011")
    return {field: column for field, _, column in pairs}


@territory.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", required=True, help="Where the figures come from, such as «ISTAT, census 2011».")
@click.option("--date", "day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day they were true.")
@click.option("--map", "mapping", multiple=True, callback=_mapping, help="FIELD=COLUMN, as often as needed.")
@click.option(
    "--kind",
    type=click.Choice(sorted(kind.value for kind in rules.IMPORTED)),
    default=BodyKind.MUNICIPALITY.value,
    show_default=True,
    help="What the rows are.",
)
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
def import_file(file: Path, source: str, day: datetime, mapping: dict[str, str], kind: str, dry_run: bool) -> None:
    """Read a CSV of Comuni: all of it, or nothing.

    The file is UTF-8, separated by commas or semicolons, with a head. Columns: istat_code, name, and as they are
    present catastale, ipa_code, lat, lon, area_km2, a population, unione, membership_as_of. With a column unione the
    ipa_code is that of the Unione, and rows without one are Comuni outside of any.

    \b
    Examples:
      parere territory import comuni.csv --source "ISTAT, census 2011" --date 2011-10-09 \\
        --map population=pop_census_2011
      parere territory import unioni.csv --source ISTAT --date 2024-12-31 --map population=pop_recent --dry-run
    """
    batch = import_bodies.Batch(file.read_bytes(), source, day.date(), mapping, BodyKind(kind))
    verb = import_bodies.preview_import if dry_run else import_bodies.import_bodies
    try:
        preview = verb(operator(), batch, now=now())
    except Invalid as error:
        if error.code == "population" and not mapping:
            error.problems.append(_HINT)
        raise
    _tell(preview)
    click.echo("Nothing was changed (--dry-run)." if dry_run else "Done.")


_HINT = Words(N_("Choose one: --map population=COLUMN"))


def _tell(preview: Preview) -> None:
    click.echo(f"{preview.rows} rows, {preview.figures} population figures, {preview.residents} residents.")
    _list("new bodies", [f"{x.istat} {x.name}" for x in preview.new])
    _list("new Unioni", [f"{key} {name}" for key, name, _ in preview.unions])
    _list("changed values", [f"{c.istat} {c.name}: {c.field} {c.old or '-'} -> {c.new}" for c in preview.changed])
    _list("changed memberships", [_join(j.member, j.union, j.starts_on, j.ends_on) for j in preview.joins])
    _list("missing from the file, kept as they are", [f"{m.istat} {m.name}" for m in preview.missing])


def _join(member: str, union: str, starts_on: object, ends_on: object) -> str:
    return f"{member} joins {union} on {starts_on}" if starts_on else f"{member} leaves {union} after {ends_on}"


def _list(title: str, lines: list[str]) -> None:
    click.echo(f"{len(lines)} {title}")
    for line in lines[:MOST_SHOWN]:
        click.echo(f"  {line}")
    if len(lines) > MOST_SHOWN:
        click.echo(f"  and {len(lines) - MOST_SHOWN} more")


@territory.command("add")
@click.argument("name")
@click.option("--kind", required=True, type=click.Choice([kind.value for kind in BodyKind]), help="What it is.")
@click.option("--key", default="", help="Its address, such as cm-napoli; made from the name if not given.")
@click.option("--istat", help="ISTAT code; a Comune cannot be without.")
@click.option("--ipa", help="IPA code.")
@click.option("--family", type=click.Choice([family.value for family in ForumCategory]), help="Of the Forum, art. 6.")
@click.option("--part-of", help="The address of the Comune that a Municipalità is part of.")
def add(
    name: str, kind: str, key: str, istat: str | None, ipa: str | None, family: str | None, part_of: str | None
) -> None:
    """Add one body by hand.

    \b
    Examples:
      parere territory add "Città metropolitana di Napoli" --kind metropolitan_city --key cm-napoli
      parere territory add "Camera di commercio" --kind forum_organisation --family functional_autonomy
    """
    facts = BodyFacts(
        kind=BodyKind(kind),
        name=name,
        key=key,
        istat_code=istat,
        ipa_code=ipa,
        forum_category=ForumCategory(family) if family else None,
        parent_id=_comune(part_of) if part_of else None,
    )
    body = register_body.register_body(operator(), facts, now=now())
    click.echo(f"{body.key} {body.name}")


def _comune(key: str) -> int:
    try:
        return queries.body(key).id
    except NotFound as error:
        raise click.BadParameter(f"there is no body {key!r}; see: parere territory list") from error


@territory.command("list")
def list_bodies() -> None:
    """List the bodies: address, kind, name, and residents in the latest snapshot.

    \b
    Example:
      parere territory list
    """
    rows = queries.bodies()
    latest = queries.latest_snapshot()
    residents = queries.population_of(latest.id, [row.id for row in rows]) if latest else {}
    for row in rows:
        click.echo(f"{row.key:<24} {row.kind.value:<24} {row.name} {residents.get(row.id, '')}".rstrip())
    if latest:
        comuni, total = queries.total_population(latest.id)
        click.echo(f"{comuni} Comuni, {total} residents ({latest.source}, {latest.reference_date})")
