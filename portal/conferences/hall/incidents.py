"""What disturbed the sitting, noted for the minutes."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.conferences import locked
from portal.conferences.hall import acts, course, intervals
from portal.conferences.hall.events import IncidentNoted
from portal.conferences.hall.models import Incident
from portal.conferences.hall.rules import INCIDENT_LIMIT, IncidentKind
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.errors import Conflict
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_


@atomic()
def note(actor: Actor, sitting_id: int, kind: IncidentKind, text: str, *, now: datetime) -> int:
    """Write an incident down, with the item in discussion; returns its id. A second click writes no second one."""
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    if sitting.state not in intervals.UNDER_WAY:
        raise Conflict(N_("Incidents are noted while the sitting is being held."), code="state")
    said = typed(text, field="text", limit=INCIDENT_LIMIT)
    told = _told_just_now(sitting_id, kind, said, now)
    if told is not None:
        return told
    current = course.current(course.ready(sitting_id))
    row = Incident(
        sitting_id=sitting_id,
        call=intervals.call_of(sitting, now),
        item_id=current.item_id if current else None,
        kind=kind,
        text=said,
        noted_at=now,
        person_id=actor.person_id,
    )
    db.session.add(row)
    db.session.flush()
    record(IncidentNoted(sitting_id, row.id, kind.value, text_digest(said)), actor=actor, now=now)
    acts.done(sitting_id, "incident.noted", {"incident": row.id}, actor, now, of=row.id)
    return row.id


def _told_just_now(sitting_id: int, kind: IncidentKind, said: str, now: datetime) -> int | None:
    same = sa.and_(Incident.kind == kind, Incident.text == said, Incident.noted_at >= now - acts.WINDOW)
    return db.session.scalar(sa.select(Incident.id).where(Incident.sitting_id == sitting_id, same).limit(1))
