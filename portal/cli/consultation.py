"""Console: consultations."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from portal.cli.door import Refusing, now, operator
from portal.comments import conclude, consultation_queries, extend, open_consultation
from portal.comments.consultation_queries import Edition
from portal.comments.open_consultation import Conditions
from portal.comments.rules import Admission
from portal.comments.term import USUAL_DAYS
from portal.kernel import clock
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.offices import COMMENTING_KINDS, BodyKind
from portal.kernel.words import N_
from portal.territory import queries as territory

EXAMPLES = """

\b
Examples (hours are those of Rome):
  parere consultation open piano-strategico --title "Consultazione sul piano" \\
    --deadline 2027-03-15 --rules regole.txt --notice informativa.txt
  parere consultation extend piano-strategico --deadline "2027-03-31 12:00" --reason "..."
  parere consultation conclude piano-strategico
"""


class Instant(click.ParamType[datetime]):
    """A day, or a day and hour, in Rome; a day alone is meant until its last second."""

    name = "day"

    def __init__(self, last: bool) -> None:
        self.last = last

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read `2027-03-15`, `2027-03-15 12:00` or an instant with its zone."""
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2027-03-15 or 2027-03-15 12:00", param, ctx)
        if len(value) == 10:
            return clock.at_rome(found.date()) if self.last else clock.from_form(found)
        return clock.from_form(found) if found.tzinfo is None else found.astimezone(UTC)


@click.group(cls=Refusing, name="consultation", epilog=EXAMPLES)
def consultation() -> None:
    """Open, extend and conclude consultations."""


@consultation.command("open")
@click.argument("slug")
@click.option("--title", required=True, help="As it is shown on every page.")
@click.option("--deadline", required=True, type=Instant(last=True), help="Day, or day and hour, in Rome.")
@click.option("--opens", type=Instant(last=False), help="Otherwise now.")
@click.option("--number", type=int, help="Which version; otherwise the published one.")
@click.option(
    "--rules",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="File with the rules of behaviour.",
)
@click.option(
    "--notice",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="File with the privacy notice.",
)
@click.option(
    "--admission",
    type=click.Choice([a.value for a in Admission]),
    default=Admission.AFTER.value,
    show_default=True,
    help="When the secretariat looks at a remark.",
)
@click.option(
    "--working-days", default=USUAL_DAYS, show_default=True, help="For deciding on admission before publication."
)
@click.option("--patron", default="", help="Day on which the offices are closed, month first, such as 09-19.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(sorted(k.value for k in COMMENTING_KINDS)),
    help="Who may comment.",
)
@click.option("--snapshot", type=int, help="Id of the population snapshot; otherwise the newest.")
@click.option("--short", is_flag=True, help="Confirm that less than 28 days are meant.")
def open_(
    slug: str, title: str, deadline: datetime, opens: datetime | None, number: int | None, rules: Path, notice: Path,
    admission: str, working_days: int, patron: str, kinds: tuple[str, ...], snapshot: int | None, short: bool,
) -> None:  # fmt: skip
    """Put a published version of the plan SLUG to consultation."""
    known = territory.snapshots()
    if snapshot is None and not known:
        raise Invalid(N_("There is no population snapshot yet. Import one first: parere territory import"))
    conditions = Conditions(
        title=title,
        deadline_at=deadline,
        admission=Admission(admission),
        body_kinds=tuple(BodyKind(kind) for kind in kinds or sorted(COMMENTING_KINDS)),
        rules_text=rules.read_text(),
        notice_text=notice.read_text(),
        snapshot_id=snapshot if snapshot is not None else known[0].id,
        opens_at=opens,
        short_confirmed=short,
        working_days=working_days,
        patron_day=patron,
    )
    opened = open_consultation.open_consultation(operator(), _edition(slug, number).version_id, conditions, now=now())
    click.echo(f"Open until {clock.local(opened.deadline_at).isoformat(sep=' ')}: {opened.title} (id {opened.id}).")


@consultation.command("extend")
@click.argument("slug")
@click.option("--deadline", required=True, type=Instant(last=True), help="Day, or day and hour, in Rome.")
@click.option("--reason", required=True, help="Everybody reads it.")
@click.option("--number", type=int, help="Which version; otherwise the one in consultation.")
def extend_(slug: str, deadline: datetime, reason: str, number: int | None) -> None:
    """Move the deadline of a consultation that has not ended."""
    moved = extend.extend(operator(), _consulted(slug, number), deadline, reason, now=now())
    click.echo(f"The deadline is now {clock.local(moved.new_deadline_at).isoformat(sep=' ')}.")


@consultation.command("conclude")
@click.argument("slug")
@click.option("--report", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Text of the report.")
@click.option("--number", type=int, help="Which version; otherwise the one in consultation.")
def conclude_(slug: str, report: Path | None, number: int | None) -> None:
    """Conclude a consultation after its deadline."""
    done = conclude.conclude(operator(), _consulted(slug, number), report.read_text() if report else "", now=now())
    click.echo(f"Concluded: {done.title}.")


def _edition(slug: str, number: int | None) -> Edition:
    found = consultation_queries.shelf().find(slug, number, now(), drafts=False)
    if found is None:
        raise NotFound(N_("There is no published plan “%(slug)s”. See: parere plan list"), slug=slug)
    return found


def _consulted(slug: str, number: int | None) -> int:
    found = _edition(slug, number)
    if found.consultation_id is None:
        raise NotFound(N_("The plan “%(slug)s” has no consultation."), slug=slug)
    return found.consultation_id
