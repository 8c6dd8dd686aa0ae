"""Whoever says to be in the hall and waits to be seen: plain steps of the verbs of this package."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.conferences.hall.events import PresenceClaimSettled
from portal.conferences.hall.models import PresenceClaim
from portal.conferences.hall.rules import ClaimState, Way
from portal.db import db
from portal.journal.record import record
from portal.kernel.actor import Actor


def waiting(accreditation_id: int) -> PresenceClaim | None:
    """The claim of an accreditation that nobody has answered."""
    return db.session.scalars(
        sa.select(PresenceClaim)
        .where(PresenceClaim.accreditation_id == accreditation_id, PresenceClaim.state == ClaimState.WAITING)
        .execution_options(populate_existing=True)
    ).one_or_none()


def settle(actor: Actor, accreditation_id: int, number: int, state: ClaimState, now: datetime) -> int | None:
    """Whoever waited waits no more; returns the claim if there was one."""
    row = waiting(accreditation_id)
    if row is None:
        return None
    row.state, row.decided_at, row.decided_by_id = state, now, actor.person_id
    record(PresenceClaimSettled(row.sitting_id, row.id, number, state.value), actor=actor, now=now)
    return row.id


def entered(actor: Actor, accreditation_id: int | None, number: int, way: Way, now: datetime) -> int | None:
    """Somebody was written in by other means: in the hall that confirms the claim, from afar it takes it back."""
    state = ClaimState.CONFIRMED if way is Way.ROOM else ClaimState.WITHDRAWN
    return settle(actor, accreditation_id or 0, number, state, now)
