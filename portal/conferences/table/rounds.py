"""Rounds of indications: what was said last, how it counts, how a round ends. Plain steps of verbs."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.conferences.table import counting, locked, there
from portal.conferences.table.events import IndicationClosed
from portal.conferences.table.models import Indication, IndicationRound
from portal.conferences.table.rules import Stance
from portal.db import db
from portal.journal.record import record
from portal.kernel.actor import Actor


def end(actor: Actor, row: IndicationRound, now: datetime) -> None:
    """Close a round that is locked, and tell its figures."""
    row.closed_at = now
    found = count_of(row, now)
    event = IndicationClosed(
        sitting_id=row.sitting_id,
        round=row.id,
        favourable=found.favourable.bodies,
        with_remarks=found.with_remarks.bodies,
        contrary=found.contrary.bodies,
        silent=found.silent.bodies,
        favourable_population=found.favourable.population,
        with_remarks_population=found.with_remarks.population,
        contrary_population=found.contrary.population,
        silent_population=found.silent.population,
    )
    record(event, actor=actor, now=now)


def end_all(actor: Actor, sitting_id: int, now: datetime) -> None:
    """Close whatever is open when a sitting is closed."""
    row = running(sitting_id)
    if row is not None:
        end(actor, locked.indication_round(sitting_id, row.id), now)


def count_of(row: IndicationRound, at: datetime) -> counting.Counts:
    """The figures of a round, on the seats as they were at an instant."""
    return counting.count(there.answers(there.entitled(row.sitting_id, at), answers(row.id)))


def answers(round_id: int) -> dict[int, Stance]:
    """What each seat said last."""
    query = sa.select(Indication.seat_id, Indication.stance).where(Indication.round_id == round_id)
    rows = db.session.execute(query.where(Indication.replaced_at.is_(None)))
    return {row.seat_id: row.stance for row in rows}


def running(sitting_id: int) -> IndicationRound | None:
    """The round in which bodies may answer now."""
    query = sa.select(IndicationRound).where(
        IndicationRound.sitting_id == sitting_id, IndicationRound.closed_at.is_(None)
    )
    return db.session.scalar(query)
