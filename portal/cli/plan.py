"""Console: plans."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

import click

from portal.cli.door import Refusing, now, operator
from portal.comments import consultation_queries
from portal.forms.labels import words
from portal.kernel.errors import NotFound
from portal.kernel.words import N_
from portal.plan import export_plan, import_plan, publish
from portal.plan.blocks import Why
from portal.plan.documents import FileKind
from portal.plan.import_plan import Preview
from portal.plan.outline import Choices, Lists, Tables
from portal.plan.rules import VersionState

EXAMPLES = """

\b
Examples:
  parere plan import piano.json --dry-run
  parere plan import piano.docx
  parere plan import piano.md --plan piano-strategico-2027-2029 --action-level 2
  parere plan export piano-strategico-2027-2029 --format docx -o piano.docx
  parere plan publish piano-strategico-2027-2029
  parere plan list --json
"""


@click.group(cls=Refusing, name="plan", epilog=EXAMPLES)
def plan() -> None:
    """Import, export, publish and list plans."""


@plan.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--dry-run", is_flag=True, help="Read the file and say what would happen; write nothing.")
@click.option("--plan", "slug", default="", help="The plan of which a document is the next version.")
@click.option("--title", default="", help="The title of the plan, where the document gives none.")
@click.option("--body", default="", help="Whose plan it is, where the document does not say.")
@click.option("--action-level", type=click.IntRange(1, 9), help="The level of the headings that are actions.")
@click.option(
    "--lists",
    type=click.Choice([kind.value for kind in Lists]),
    default=Lists.TOGETHER.value,
    help="The items of a list: one paragraph together, or one each.",
)
@click.option(
    "--tables",
    type=click.Choice([kind.value for kind in Tables]),
    default=Tables.TEXT.value,
    help="Tables: kept as text, or listed as what has no place.",
)
@click.option("--without-facts", is_flag=True, help="Take no data of actions over from the version before.")
def import_file(
    file: BinaryIO,
    dry_run: bool,
    slug: str,
    title: str,
    body: str,
    action_level: int | None,
    lists: str,
    tables: str,
    without_facts: bool,
) -> None:
    """Import FILE (a Word document, Markdown, or JSON in the format parere-plan/1) as a draft version.

    All that is wrong in the file is told together, and nothing of it is imported. The options say how a document is
    to be read, where it does not say so itself.
    """
    data, name = file.read(), Path(getattr(file, "name", "") or "").name
    choices = Choices(slug, title, body, action_level or 0, Lists(lists), Tables(tables), not without_facts)
    seen = import_plan.preview(operator(), data, name if name != "<stdin>" else "", choices)
    _tell(seen)
    if dry_run:
        click.echo("Nothing was written.")
        return
    version = import_plan.import_plan(operator(), data, name if name != "<stdin>" else "", choices, now=now())
    click.echo(f"Imported as draft version {version.number}. Next: parere plan publish {seen.slug}")


def _tell(seen: Preview) -> None:
    click.echo(f"{seen.title} ({seen.slug}), version {seen.number}")
    click.echo(f"  {seen.sections} sections, {seen.actions} actions, {seen.paragraphs} paragraphs of actions")
    click.echo(f"  {seen.other_texts} other texts, {seen.characters} characters in all")
    click.echo(f"  paragraphs as before {seen.same}, changed {seen.changed}, new {seen.added}, gone {seen.gone}")
    if seen.action_level:
        click.echo(f"  headings of level {seen.action_level} were taken for actions")
    for note, times in seen.notes.items():
        click.echo(f"  {words(note)}: {times}")
    for item in seen.unplaced:
        click.echo(f"  {_left(item)}; kept beside the text")


def _left(item: dict[str, Any]) -> str:
    if item.get("reason") == "unknown_comune":
        return f"{item['path']}: no Comune is registered as {', '.join(item['value'])}"
    if "unit" in item and item.get("reason") in set(Why):
        return f"{item['unit']} {item['path']}: {words(Why(item['reason']))}: {str(item['value'])[:80]}"
    return f"{item['path']}: this program has no such field"


@plan.command("export")
@click.argument("which")
@click.option("--number", type=int, help="Which version; otherwise the newest that is published.")
@click.option(
    "--format",
    "kind",
    type=click.Choice([kind.value for kind in FileKind]),
    default=FileKind.JSON.value,
    help="The kind of file.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
def export_file(which: str, number: int | None, kind: str, output: Path | None) -> None:
    """Write a version of the plan WHICH as a file that an import reads back with the same texts and keys.

    WHICH is the name of a plan; where there is one plan only, the number of a version will do.
    """
    version = _found(which, number)
    made = export_plan.export(operator(), version.version_id, FileKind(kind))
    path = output or Path(made.name)
    path.write_bytes(made.content)
    click.echo(f"{version.title}, version {version.number}: {path}, {len(made.content)} bytes")


def _found(which: str, number: int | None) -> consultation_queries.VersionCounts:
    versions = consultation_queries.version_counts()
    if which.isdecimal() and number is None and len({v.slug for v in versions}) == 1:
        which, number = versions[0].slug, int(which)
    own = [v for v in versions if v.slug == which and (number is None or v.number == number)]
    public = [v for v in own if v.state is not VersionState.DRAFT] or own
    if not public:
        raise NotFound(N_("The plan “%(slug)s” has no such version. See: parere plan list"), slug=which)
    return public[-1]


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
