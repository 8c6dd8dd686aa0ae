"""Console: plans."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import BinaryIO

import click

from portal.cli.door import Refusing, now, operator
from portal.comments import consultation_queries
from portal.kernel.errors import NotFound
from portal.kernel.words import N_
from portal.plan import import_plan, publish
from portal.plan.rules import VersionState

EXAMPLES = """

\b
Examples:
  parere plan import piano.json --dry-run
  parere plan import piano.json
  parere plan publish piano-strategico-2027-2029
  parere plan list --json
"""


@click.group(cls=Refusing, name="plan", epilog=EXAMPLES)
def plan() -> None:
    """Import, publish and list plans."""


@plan.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--dry-run", is_flag=True, help="Read the file and say what would happen; write nothing.")
def import_file(file: BinaryIO, dry_run: bool) -> None:
    """Import FILE (format parere-plan/1) as a draft version.

    All that is wrong in the file is told together, and nothing of it is imported.
    """
    data = file.read()
    seen = import_plan.preview(operator(), data)
    click.echo(f"{seen.title} ({seen.slug}), version {seen.number}")
    click.echo(f"  {seen.sections} sections, {seen.actions} actions, {seen.paragraphs} paragraphs of actions")
    click.echo(f"  {seen.other_texts} other texts, {seen.characters} characters in all")
    click.echo(f"  paragraphs as before {seen.same}, changed {seen.changed}, new {seen.added}, gone {seen.gone}")
    for item in seen.unplaced:
        unknown = item.get("reason") == "unknown_comune"
        why = f"no Comune is registered as {', '.join(item['value'])}" if unknown else "this program has no such field"
        click.echo(f"  {item['path']}: {why}; kept beside the text")
    if dry_run:
        click.echo("Nothing was written.")
        return
    version = import_plan.import_plan(operator(), data, now=now())
    click.echo(f"Imported as draft version {version.number}. Next: parere plan publish {seen.slug}")


@plan.command("publish")
@click.argument("slug")
@click.option("--number", type=int, help="Which version; otherwise the newest draft.")
def publish_version(slug: str, number: int | None) -> None:
    """Publish a draft version of the plan SLUG: its text never changes again."""
    versions = [v for v in consultation_queries.version_counts() if v.slug == slug]
    if number is None:
        drafts = [v for v in versions if v.state is VersionState.DRAFT]
        chosen = drafts[-1] if drafts else None
    else:
        chosen = next((v for v in versions if v.number == number), None)
    if chosen is None:
        raise NotFound(N_("The plan “%(slug)s” has no such version. See: parere plan list"), slug=slug)
    publish.publish(operator(), chosen.version_id, now=now())
    click.echo(f"Published: {chosen.title}, version {chosen.number}.")


@plan.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def list_versions(as_json: bool) -> None:
    """List every version with its axes, actions, paragraphs of actions, and remarks received."""
    versions = consultation_queries.version_counts()
    if as_json:
        click.echo(json.dumps([_plain(v) for v in versions], ensure_ascii=False, indent=2))
        return
    for v in versions:
        click.echo(
            f"{v.slug} v{v.number} {v.state.value}: {v.axes} axes, {v.actions} actions, "
            f"{v.paragraphs} paragraphs, {v.comments} comments"
        )
    if not versions:
        click.echo("No plan yet. Next: parere plan import FILE")


def _plain(version: consultation_queries.VersionCounts) -> dict[str, object]:
    found = asdict(version)
    found["plan"] = found.pop("slug")
    found["state"] = version.state.value
    found["published_at"] = version.published_at.isoformat() if version.published_at else None
    return found
