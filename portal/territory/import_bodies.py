"""Read a CSV of Comuni into the register: all of it, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import sqlalchemy as sa

from portal.db import atomic, db, upsert
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.kernel.errors import Invalid
from portal.kernel.offices import BodyKind
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.territory.compare import FIELDS, Preview, compare
from portal.territory.csv_bodies import parse
from portal.territory.events import BodiesImported
from portal.territory.models import Body, Membership, PopulationFigure, PopulationSnapshot
from portal.territory.rules import IMPORTED


@dataclass(frozen=True)
class Batch:
    """A file, where its figures come from and when they were true, and what its columns mean."""

    data: bytes = field(repr=False)
    source: str
    reference_date: date
    mapping: Mapping[str, str] = field(default_factory=dict)
    kind: BodyKind = BodyKind.MUNICIPALITY


def preview_import(actor: Actor, batch: Batch, *, now: datetime) -> Preview:
    """Say what the import would do, and change nothing."""
    require(actor, Permission.TERRITORY_MANAGE)
    return _compared(batch, now)


@atomic()
def import_bodies(actor: Actor, batch: Batch, *, now: datetime) -> Preview:
    """Add and change bodies, Unioni and memberships, and fill the snapshot; return what was done."""
    require(actor, Permission.TERRITORY_MANAGE)
    preview = _compared(batch, now)
    if preview.changes_nothing:
        return preview

    _write_bodies(preview)
    _write_unions(preview)
    db.session.flush()
    ids = _ids(preview)
    _write_memberships(preview, ids)
    snapshot_id = _write_figures(preview, ids, now) if preview.population_column else None
    sha256 = hashlib.sha256(batch.data).hexdigest()
    record(
        BodiesImported(
            sha256, len(preview.new) + len(preview.unions), len(preview.changed), preview.figures, snapshot_id
        ),
        actor=actor,
        now=now,
    )
    return replace(preview, snapshot_id=snapshot_id)


def _compared(batch: Batch, now: datetime) -> Preview:
    source = typed(batch.source, field="source", limit=200)
    if batch.reference_date > local_day(now):
        raise Invalid(N_("The date of the figures lies in the future."), code="date", field="date")
    if batch.kind not in IMPORTED:
        raise Invalid(N_("Only Comuni and neighbouring bodies are imported from a file."), code="kind", field="kind")
    return compare(parse(batch.data, batch.mapping), source, batch.reference_date, batch.kind)


def _write_bodies(preview: Preview) -> None:
    istats = [line.istat for line in preview.lines]
    known = {body.istat_code: body for body in db.session.scalars(sa.select(Body).where(Body.istat_code.in_(istats)))}
    for line in preview.lines:
        body = known.get(line.istat)
        if body is None:
            body = Body(key=line.istat, istat_code=line.istat, kind=preview.kind)
            db.session.add(body)
        for column, name in FIELDS.items():
            value = getattr(line, name)
            if value is not None:
                setattr(body, column, value)


def _write_unions(preview: Preview) -> None:
    for key, name, ipa in preview.unions:
        db.session.add(Body(key=key, kind=BodyKind.UNION, name=name, ipa_code=ipa))


def _ids(preview: Preview) -> dict[str, int]:
    keys = {line.istat for line in preview.lines} | {join.union_key for join in preview.joins}
    rows = db.session.execute(
        sa.select(Body.key, Body.istat_code, Body.id).where(sa.or_(Body.key.in_(keys), Body.istat_code.in_(keys)))
    ).all()
    return {row.key: row.id for row in rows} | {row.istat_code: row.id for row in rows if row.istat_code}


def _write_memberships(preview: Preview, ids: Mapping[str, int]) -> None:
    for join in preview.joins:
        if join.membership_id is not None:
            ending = sa.update(Membership).where(Membership.id == join.membership_id)
            db.session.execute(ending.values(ends_on=join.ends_on))
        elif join.starts_on is not None:
            db.session.add(
                Membership(group_id=ids[join.union_key], member_id=ids[join.member_istat], starts_on=join.starts_on)
            )


def _write_figures(preview: Preview, ids: Mapping[str, int], now: datetime) -> int:
    assert preview.reference_date is not None
    snapshot_id = preview.snapshot_id
    if snapshot_id is None:
        snapshot = PopulationSnapshot(source=preview.source, reference_date=preview.reference_date, imported_at=now)
        db.session.add(snapshot)
        db.session.flush()
        snapshot_id = snapshot.id
    rows = [
        {"snapshot_id": snapshot_id, "body_id": ids[line.istat], "residents": line.residents} for line in preview.lines
    ]
    insert = upsert(PopulationFigure)
    statement = insert.on_conflict_do_update(
        index_elements=["snapshot_id", "body_id"], set_={"residents": insert.excluded.residents}
    )
    db.session.execute(statement, rows)
    return snapshot_id
