"""Who may follow a sitting while it goes on: whoever may see it, and who was accredited for it."""

from __future__ import annotations

import sqlalchemy as sa

from portal.conferences.accreditation_models import Accreditation
from portal.conferences.accreditation_rules import AccreditationState
from portal.conferences.models import Sitting
from portal.conferences.queries import visible
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.permissions import Permission, can


def may_follow(actor: Actor, number: int) -> bool:
    """Public sittings, once convened: everybody. Reserved ones: bodies called, who is accredited, the staff."""
    seen = [visible(actor)]
    if can(actor, Permission.SITTING_WATCH):
        seen.append(sa.true())
    if actor.person_id is not None:
        live = sa.and_(Accreditation.state == AccreditationState.GRANTED, Accreditation.person_id == actor.person_id)
        live = sa.and_(live, Accreditation.mandate_id.in_([grant.mandate_id for grant in actor.grants]))
        seen.append(Sitting.id.in_(sa.select(Accreditation.sitting_id).where(live)))
    return db.session.scalar(sa.select(Sitting.id).where(Sitting.id == number, sa.or_(*seen))) is not None
