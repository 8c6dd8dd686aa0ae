"""Write down that a proposal stands on the Council's agenda (art. 14 c.2: within three months)."""

from __future__ import annotations

from datetime import date, datetime

from portal.conferences.models import Conference, Sitting
from portal.conferences.rules import Organ
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.clock import local_day
from portal.kernel.errors import Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.opinions.proposals import locked
from portal.opinions.proposals.events import ProposalPutOnAgenda
from portal.opinions.proposals.rules import LINE_LIMIT, ProposalStage


@atomic()
def put_on_agenda(
    actor: Actor, number: int, on: date, reference: str, sitting_id: int | None = None, *, now: datetime
) -> None:
    """The day it was put there, and of which sitting; or written anew if it was wrong."""
    row = locked.proposal(number)
    require(actor, Permission.FORUM_ANSWER)
    locked.check_stage(row, ProposalStage.SENT, ProposalStage.ON_AGENDA)
    assert row.sent_on is not None  # said by the stage
    if not row.sent_on <= on <= local_day(now):
        raise Invalid(N_("The day comes after the proposal was sent, and not in the future."), code="order", field="on")
    if sitting_id is not None and _organ(sitting_id) is not Organ.COUNCIL:
        raise Invalid(N_("This is no sitting of the Council."), code="sitting", field="sitting")
    row.agenda_on = on
    row.agenda_reference = typed(reference, field="reference", limit=LINE_LIMIT)
    row.agenda_sitting_id = sitting_id
    event = ProposalPutOnAgenda(number, on, sitting_id, text_digest(row.agenda_reference))
    record(event, actor=actor, now=now)


def _organ(sitting_id: int) -> Organ | None:
    sitting = db.session.get(Sitting, sitting_id)
    return db.session.get_one(Conference, sitting.conference_id).organ if sitting else None
