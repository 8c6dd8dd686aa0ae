"""Move a deadline while it has not passed, telling everybody why."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.comments.consultation_events import ConsultationExtended
from portal.comments.models import Consultation, ConsultationExtension
from portal.comments.rules import Phase, phase
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_

LEAST_REASON, MOST_REASON = 20, 2_000


@atomic()
def extend(
    actor: Actor, consultation_id: int, deadline_at: datetime, reason: str, *, now: datetime
) -> ConsultationExtension:
    """Give more time; a deadline that has passed cannot come back, and none is ever brought forward."""
    consultation = db.session.scalar(
        sa.select(Consultation).where(Consultation.id == consultation_id).with_for_update()
    )
    if consultation is None:
        raise NotFound()
    require(actor, Permission.CONSULTATION_MANAGE)
    old = consultation.deadline_at
    if phase(consultation.opens_at, old, consultation.concluded_at, now) not in {Phase.SCHEDULED, Phase.OPEN}:
        raise Conflict(N_("The deadline has passed: it cannot be moved any more."), code="closed", field="deadline_at")
    if deadline_at <= old:
        raise Invalid(N_("The new deadline must be later than the present one."), field="deadline_at")
    words = typed(reason, field="reason", limit=MOST_REASON)
    if len(words) < LEAST_REASON:
        raise Invalid(
            N_("Say in at least %(least)d characters why more time is given."), field="reason", least=LEAST_REASON
        )

    extension = ConsultationExtension(
        consultation_id=consultation.id,
        old_deadline_at=old,
        new_deadline_at=deadline_at,
        reason=words,
        person_id=actor.person_id,
        mandate_id=actor.acting.mandate_id if actor.acting else None,
        extended_at=now,
    )
    consultation.deadline_at = deadline_at
    db.session.add(extension)

    record(ConsultationExtended(consultation.id, old, deadline_at, text_digest(words)), actor=actor, now=now)
    return extension
