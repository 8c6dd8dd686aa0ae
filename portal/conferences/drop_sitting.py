"""Give up a sitting that was planned and never convened: nobody outside the office has heard of it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.conferences import locked
from portal.conferences.events import SittingDropped
from portal.conferences.models import AgendaItem, AgendaItemAction, Paper, Sitting, SittingCall
from portal.conferences.rules import SittingState
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_


@atomic()
def drop_sitting(actor: Actor, sitting_id: int, *, now: datetime) -> None:
    """Take it away with its agenda; a request of the mayors that it answered waits again."""
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.CONFERENCE_MANAGE)
    if sitting.state is not SittingState.PLANNED:
        raise Conflict(N_("A sitting that was convened is cancelled, not dropped."), code="convened")
    items = sa.select(AgendaItem.id).where(AgendaItem.sitting_id == sitting_id)
    db.session.execute(sa.delete(Paper).where(Paper.sitting_id == sitting_id))
    db.session.execute(sa.delete(AgendaItemAction).where(AgendaItemAction.item_id.in_(items)))
    db.session.execute(sa.delete(AgendaItem).where(AgendaItem.sitting_id == sitting_id))
    db.session.execute(sa.delete(SittingCall).where(SittingCall.sitting_id == sitting_id))
    db.session.execute(sa.delete(Sitting).where(Sitting.id == sitting_id))
    record(SittingDropped(sitting_id), actor=actor, now=now)
