"""A file against the register: what is new, what changes, what is missing. Reads, and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from portal.db import db
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.offices import BodyKind
from portal.kernel.words import N_, Words
from portal.territory.csv_bodies import Line, Sheet
from portal.territory.models import Body, Membership, PopulationFigure, PopulationSnapshot
from portal.territory.rules import day_before, slug

FIELDS = {
    "name": "name",
    "cadastral_code": "cadastral",
    "ipa_code": "ipa",
    "lat": "lat",
    "lon": "lon",
    "area_km2": "area",
}


@dataclass(frozen=True)
class New:
    """A body that the register does not have yet."""

    line: int
    istat: str
    name: str
    residents: int | None


@dataclass(frozen=True)
class Change:
    """One value that becomes another."""

    line: int
    istat: str
    name: str
    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Missing:
    """A body of the register that the file does not speak of; it stays as it is."""

    istat: str
    name: str


@dataclass(frozen=True)
class Join:
    """A Comune enters an Unione (`starts_on`), or leaves it after its last day (`ends_on`)."""

    member: str
    union: str
    starts_on: date | None
    ends_on: date | None
    member_istat: str
    union_key: str
    membership_id: int | None = None


@dataclass(frozen=True)
class Preview:
    """What an import will do, or has done."""

    rows: int
    kind: BodyKind
    new: tuple[New, ...] = ()
    changed: tuple[Change, ...] = ()
    missing: tuple[Missing, ...] = ()
    unions: tuple[tuple[str, str, str | None], ...] = ()  # key, name, IPA code
    joins: tuple[Join, ...] = ()
    source: str = ""
    reference_date: date | None = None
    population_column: str | None = None
    snapshot_id: int | None = None
    figures: int = 0
    figures_changed: int = 0
    residents: int = 0
    lines: tuple[Line, ...] = field(default=(), repr=False)

    @property
    def changes_nothing(self) -> bool:
        """True if the register already says all this."""
        return not (self.new or self.changed or self.unions or self.joins or self.figures_changed)


def compare(sheet: Sheet, source: str, reference_date: date, kind: BodyKind) -> Preview:
    """Lay the file beside the register; refuse it whole if a row contradicts the register."""
    bodies = list(db.session.scalars(sa.select(Body)))
    known = {body.istat_code: body for body in bodies if body.istat_code}
    faults = [*_taken(sheet, bodies, known, kind)]
    unions, joins = _unions(sheet, bodies, known, reference_date, faults)
    if faults:
        raise Invalid(N_("Nothing was imported: correct these lines."), code="rows", field="file", problems=faults)
    snapshot_id, figures_changed = _figures(sheet, known, source, reference_date)
    named = {line.istat for line in sheet.lines}
    gone = sorted((b.istat_code or "", b.name) for b in bodies if b.kind is kind and b.istat_code and not b.ended_on)
    return Preview(
        rows=len(sheet.lines),
        kind=kind,
        new=tuple(New(x.number, x.istat, x.name, x.residents) for x in sheet.lines if x.istat not in known),
        changed=tuple(c for line in sheet.lines if line.istat in known for c in _changes(line, known[line.istat])),
        missing=tuple(Missing(istat, name) for istat, name in gone if istat not in named),
        unions=tuple(unions),
        joins=tuple(joins),
        source=source,
        reference_date=reference_date,
        population_column=sheet.population_column,
        snapshot_id=snapshot_id,
        figures=sum(line.residents is not None for line in sheet.lines),
        figures_changed=figures_changed,
        residents=sum(line.residents or 0 for line in sheet.lines),
        lines=sheet.lines,
    )


def _changes(line: Line, body: Body) -> Iterator[Change]:
    for column, name in FIELDS.items():
        new, old = getattr(line, name), getattr(body, column)
        if new is not None and new != old:
            yield Change(line.number, line.istat, line.name, column, "" if old is None else str(old), str(new))


def _taken(sheet: Sheet, bodies: list[Body], known: Mapping[str, Body], kind: BodyKind) -> Iterator[Words]:
    owners = {
        "cadastral": {body.cadastral_code.lower(): body for body in bodies if body.cadastral_code},
        "ipa": {body.ipa_code.lower(): body for body in bodies if body.ipa_code},
    }
    for line in sheet.lines:
        if line.istat in known and known[line.istat].kind is not kind:
            yield Words(
                N_("Line %(line)d: %(istat)s is registered as a body of another kind."),
                {"line": line.number, "istat": line.istat},
            )
        for name, by_code in owners.items():
            code = getattr(line, name)
            owner = by_code.get(code.lower()) if code else None
            if owner is not None and owner.istat_code != line.istat:
                yield Words(
                    N_("Line %(line)d: the code %(code)s belongs to %(owner)s."),
                    {"line": line.number, "code": code, "owner": owner.name},
                )


def _unions(
    sheet: Sheet, bodies: list[Body], known: Mapping[str, Body], day: date, faults: list[Words]
) -> tuple[list[tuple[str, str, str | None]], list[Join]]:
    if not sheet.has_unions:
        return [], []
    by_name = {body.name.casefold(): body for body in bodies if body.kind is BodyKind.UNION}
    by_ipa = {body.ipa_code.lower(): body for body in bodies if body.kind is BodyKind.UNION and body.ipa_code}
    keys = {body.key: body for body in bodies}
    names = {body.id: body for body in bodies}
    ties = _open_ties()
    new: dict[str, tuple[str, str, str | None]] = {}
    joins: list[Join] = []
    for line in sheet.lines:
        key, union = "", None
        if line.union:
            union = by_ipa.get((line.union_ipa or "").lower()) or by_name.get(line.union.casefold())
            key = union.key if union else slug(line.union_ipa or "") or slug(line.union)
            if union is None and key in keys:
                faults.append(
                    Words(
                        N_("Line %(line)d: the code %(code)s belongs to %(owner)s."),
                        {"line": line.number, "code": line.union_ipa or key, "owner": keys[key].name},
                    )
                )
            elif union is None:
                new.setdefault(line.union.casefold(), (key, line.union, line.union_ipa))
        member = known.get(line.istat)
        tie = ties.get(member.id) if member else None
        joins += _moves(line, key, names[tie.group_id] if tie else None, tie, line.member_from or day, faults)
    return list(new.values()), joins


def _open_ties() -> dict[int, Membership]:
    rows = db.session.scalars(
        sa.select(Membership)
        .join(Body, Body.id == Membership.group_id)
        .where(Body.kind == BodyKind.UNION)
        .order_by(Membership.starts_on)
    )
    return {tie.member_id: tie for tie in rows}


def _moves(
    line: Line, key: str, group: Body | None, tie: Membership | None, day: date, faults: list[Words]
) -> Iterator[Join]:
    """What the Unione of one row changes, given the latest Unione that the register knows for that Comune."""
    is_open = tie is not None and (tie.ends_on is None or tie.ends_on >= day)
    if tie is not None and group is not None and is_open:
        if group.key == key:
            return
        if tie.starts_on >= day:
            faults.append(
                Words(
                    N_("Line %(line)d: %(name)s is part of %(union)s since %(day)s, which is later than this file."),
                    {"line": line.number, "name": line.name, "union": group.name, "day": tie.starts_on.isoformat()},
                )
            )
            return
        yield Join(line.name, group.name, None, day_before(day), line.istat, group.key, tie.id)
    if line.union:
        yield Join(line.name, line.union, day, None, line.istat, key)


def _figures(sheet: Sheet, known: Mapping[str, Body], source: str, reference_date: date) -> tuple[int | None, int]:
    """The snapshot that exists for this source and date, and how many of its figures would change."""
    if sheet.population_column is None:
        return None, 0
    snapshot = db.session.execute(
        sa.select(PopulationSnapshot)
        .where(PopulationSnapshot.source == source, PopulationSnapshot.reference_date == reference_date)
        .with_for_update()
    ).scalar_one_or_none()
    if snapshot is None:
        return None, len(sheet.lines)
    rows = db.session.execute(
        sa.select(PopulationFigure.body_id, PopulationFigure.residents).where(
            PopulationFigure.snapshot_id == snapshot.id
        )
    )
    old = {row.body_id: row.residents for row in rows}
    differing = sum(line.istat not in known or old.get(known[line.istat].id) != line.residents for line in sheet.lines)
    if differing and snapshot.frozen_at is not None:
        raise Conflict(
            N_(
                "A procedure counts with the figures of «%(source)s» of %(day)s: they are frozen and cannot be "
                "overwritten. Import these under another source or date."
            ),
            code="frozen",
            field="source",
            source=source,
            day=reference_date.isoformat(),
        )
    return snapshot.id, differing
