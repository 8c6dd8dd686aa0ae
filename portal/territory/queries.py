"""Reading the register: bodies, their ties, and the residents they stand for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.db import db
from portal.kernel.errors import NotFound
from portal.kernel.offices import BodyKind, ForumCategory
from portal.territory import rules
from portal.territory.models import Body, Membership, PopulationFigure, PopulationSnapshot
from portal.territory.rules import GROUPS, Represented, Tie


@dataclass(frozen=True)
class BodyRow:
    """A body in a list."""

    id: int
    key: str
    kind: BodyKind
    name: str
    forum_category: ForumCategory | None
    lat: float | None
    lon: float | None
    ended_on: date | None


@dataclass(frozen=True)
class BodyPage:
    """Everything the register says of one body."""

    id: int
    key: str
    kind: BodyKind
    name: str
    istat_code: str | None
    cadastral_code: str | None
    ipa_code: str | None
    forum_category: ForumCategory | None
    parent_id: int | None
    parent_key: str | None
    parent_name: str | None
    lat: float | None
    lon: float | None
    area_km2: float | None
    ended_on: date | None


@dataclass(frozen=True)
class TieRow:
    """A body on the other end of a membership, or a district of a Comune."""

    membership_id: int | None
    body_id: int
    key: str
    name: str
    kind: BodyKind
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class SnapshotRow:
    """Where population figures come from and when they were true."""

    id: int
    source: str
    reference_date: date
    imported_at: datetime
    frozen_at: datetime | None


def bodies(*kinds: BodyKind) -> list[BodyRow]:
    """All bodies of these kinds (of every kind, if none is named) in order of name."""
    query = sa.select(
        Body.id, Body.key, Body.kind, Body.name, Body.forum_category, Body.lat, Body.lon, Body.ended_on
    ).order_by(Body.name, Body.id)
    if kinds:
        query = query.where(Body.kind.in_(kinds))
    return [BodyRow(*row) for row in db.session.execute(query)]


def body(key: str) -> BodyPage:
    """One body by its address."""
    if not key.isprintable():
        raise NotFound()
    parent = aliased(Body)
    row = db.session.execute(
        sa.select(Body, parent.key, parent.name).outerjoin(parent, parent.id == Body.parent_id).where(Body.key == key)
    ).one_or_none()
    if row is None:
        raise NotFound()
    b: Body = row[0]
    return BodyPage(
        b.id,
        b.key,
        b.kind,
        b.name,
        b.istat_code,
        b.cadastral_code,
        b.ipa_code,
        b.forum_category,
        b.parent_id,
        row[1],
        row[2],
        b.lat,
        b.lon,
        b.area_km2,
        b.ended_on,
    )


def ties_of(body_id: int) -> list[TieRow]:
    """The groups a Comune is or was part of, the members of a group, the districts of a Comune, latest first."""
    other = sa.case((Membership.group_id == body_id, Membership.member_id), else_=Membership.group_id)
    tied = (
        sa.select(Membership.id, Body.id, Body.key, Body.name, Body.kind, Membership.starts_on, Membership.ends_on)
        .join(Body, Body.id == other)
        .where(sa.or_(Membership.group_id == body_id, Membership.member_id == body_id))
    )
    parts = sa.select(
        sa.literal(None, sa.Integer), Body.id, Body.key, Body.name, Body.kind, sa.literal(None, sa.Date), Body.ended_on
    ).where(Body.parent_id == body_id)
    rows = [TieRow(*row) for row in db.session.execute(tied.union_all(parts))]
    return sorted(rows, key=lambda tie: (tie.ends_on is not None, tie.kind.value, tie.name))


def snapshots() -> list[SnapshotRow]:
    """All population snapshots, the most recent figures first."""
    rows = db.session.scalars(
        sa.select(PopulationSnapshot).order_by(PopulationSnapshot.reference_date.desc(), PopulationSnapshot.id.desc())
    )
    return [_row(s) for s in rows]


def snapshot(snapshot_id: int) -> SnapshotRow:
    """One population snapshot."""
    row = db.session.get(PopulationSnapshot, snapshot_id)
    if row is None:
        raise NotFound()
    return _row(row)


def _row(s: PopulationSnapshot) -> SnapshotRow:
    return SnapshotRow(s.id, s.source, s.reference_date, s.imported_at, s.frozen_at)


def latest_snapshot() -> SnapshotRow | None:
    """The snapshot whose figures are the most recent."""
    return next(iter(snapshots()), None)


def population_of(snapshot_id: int, body_ids: Collection[int]) -> dict[int, int]:
    """Residents of each body in a snapshot; an Unione or zone is the sum of the Comuni it had on that date."""
    if not body_ids:
        return {}
    members, figures = _members(snapshot_id, body_ids)
    wanted = {*body_ids, *(m for group in members.values() for m in group)}
    return rules.residents_of(body_ids, members, _figures(snapshot_id, wanted) if figures else {})


def representativeness(snapshot_id: int, body_ids: Collection[int]) -> Represented:
    """Art. 13: the Comuni that stand behind some bodies, each counted once, with its residents and the bases."""
    return representativeness_of(snapshot_id, {0: body_ids})[0]


def representativeness_of(snapshot_id: int, groups: Mapping[int, Collection[int]]) -> dict[int, Represented]:
    """The same for many groups of bodies at once, such as those that spoke on each action."""
    members, figures = _members(snapshot_id, {body_id for body_ids in groups.values() for body_id in body_ids})
    rows = db.session.execute(
        sa.select(PopulationFigure.body_id, PopulationFigure.residents)
        .join(Body, Body.id == PopulationFigure.body_id)
        .where(PopulationFigure.snapshot_id == snapshot_id, Body.kind == BodyKind.MUNICIPALITY)
    )
    municipalities = {row.body_id: row.residents for row in rows} if figures else {}
    return {key: rules.represented(body_ids, members, municipalities) for key, body_ids in groups.items()}


def members_of(snapshot_id: int, group_ids: Collection[int]) -> frozenset[int]:
    """The Comuni that some Unioni or zones had on the date of a snapshot."""
    members, _ = _members(snapshot_id, group_ids)
    return frozenset().union(*members.values())


def _members(snapshot_id: int, body_ids: Collection[int]) -> tuple[dict[int, frozenset[int]], bool]:
    """The Comuni of the groups among some bodies on the snapshot's date, and whether there is such a snapshot."""
    rows = db.session.execute(
        sa.select(
            PopulationSnapshot.reference_date,
            Membership.group_id,
            Membership.member_id,
            Membership.starts_on,
            Membership.ends_on,
        )
        .select_from(PopulationSnapshot)
        .outerjoin(Membership, Membership.group_id.in_(list(body_ids) or [0]))
        .where(PopulationSnapshot.id == snapshot_id)
    ).all()
    if not rows:
        return {}, False
    ties = [Tie(r.group_id, r.member_id, r.starts_on, r.ends_on) for r in rows if r.group_id is not None]
    return rules.members_on(ties, rows[0].reference_date), True


def _figures(snapshot_id: int, body_ids: Collection[int]) -> dict[int, int]:
    rows = db.session.execute(
        sa.select(PopulationFigure.body_id, PopulationFigure.residents).where(
            PopulationFigure.snapshot_id == snapshot_id, PopulationFigure.body_id.in_(body_ids)
        )
    )
    return {row.body_id: row.residents for row in rows}


def populations_of_body(body_id: int, ties: Iterable[TieRow]) -> list[tuple[SnapshotRow, int]]:
    """Residents of one body in every snapshot that knows it; `ties` are those of `ties_of`, for groups."""
    of_group = [Tie(body_id, t.body_id, t.starts_on, t.ends_on) for t in ties if t.starts_on and t.kind not in GROUPS]
    rows = db.session.execute(
        sa.select(PopulationSnapshot, PopulationFigure.body_id, PopulationFigure.residents)
        .join(PopulationFigure, PopulationFigure.snapshot_id == PopulationSnapshot.id)
        .where(PopulationFigure.body_id.in_({body_id, *(tie.member_id for tie in of_group)}))
        .order_by(PopulationSnapshot.reference_date.desc(), PopulationSnapshot.id.desc())
    )
    figures: dict[PopulationSnapshot, dict[int, int]] = {}
    for snapshot, body, residents in rows:
        figures.setdefault(snapshot, {})[body] = residents
    found = []
    for s, known in figures.items():
        total = rules.residents_of([body_id], rules.members_on(of_group, s.reference_date), known)
        if body_id in total:
            found.append((_row(s), total[body_id]))
    return found


def total_population(snapshot_id: int) -> tuple[int, int]:
    """How many Comuni a snapshot counts, and all their residents."""
    row = db.session.execute(
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(PopulationFigure.residents), 0))
        .join(Body, Body.id == PopulationFigure.body_id)
        .where(PopulationFigure.snapshot_id == snapshot_id, Body.kind == BodyKind.MUNICIPALITY)
    ).one()
    return int(row[0]), int(row[1])


def groups(on: date) -> dict[int, list[tuple[str, str]]]:
    """The Unioni and zones (address and name) of each Comune on a day."""
    rows = db.session.execute(
        sa.select(Membership.member_id, Body.key, Body.name)
        .join(Body, Body.id == Membership.group_id)
        .where(Body.kind.in_(GROUPS), Membership.starts_on <= on)
        .where(sa.or_(Membership.ends_on.is_(None), Membership.ends_on >= on))
        .order_by(Body.name)
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for row in rows:
        found.setdefault(row.member_id, []).append((row.key, row.name))
    return found
