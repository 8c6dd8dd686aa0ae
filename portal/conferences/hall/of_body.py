"""At which public sittings that are over somebody was there for a body: for its public page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.conferences.hall.models import Presence
from portal.conferences.models import Conference, Sitting, SittingCall, SittingSeat
from portal.conferences.rules import Organ, SittingState, Visibility
from portal.db import db

_OVER = (SittingState.CLOSED, SittingState.DESERTED)


@dataclass(frozen=True)
class Attended:
    """A sitting at which the body held a place."""

    sitting: int
    title: str
    starts_at: datetime
    was_there: bool


def sittings_of(body_id: int, organs: Collection[Organ], limit: int = 30) -> list[Attended]:
    """The latest first."""
    first = sa.func.min(SittingCall.starts_at, type_=SittingCall.starts_at.type)
    starts = sa.select(first).where(SittingCall.sitting_id == Sitting.id).correlate(Sitting).scalar_subquery()
    came = sa.select(Presence.id).where(Presence.sitting_id == Sitting.id, Presence.seat_id == SittingSeat.id)
    there = sa.exists(came.correlate(Sitting, SittingSeat))
    query = (
        sa.select(Sitting.id, Sitting.title, starts, there)
        .join(SittingSeat, SittingSeat.sitting_id == Sitting.id)
        .join(Conference, Conference.id == Sitting.conference_id)
        .where(SittingSeat.body_id == body_id, Conference.organ.in_(organs))
        .where(Sitting.state.in_(_OVER), Sitting.visibility == Visibility.PUBLIC)
        .order_by(Sitting.id.desc())
        .limit(limit)
    )
    return [Attended(number, title, at, was) for number, title, at, was in db.session.execute(query) if at is not None]
