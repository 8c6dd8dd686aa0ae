"""Write down that the document went to the Council: when, to whom, how (art. 30 c.1-3, 32 c.1)."""

from __future__ import annotations

from datetime import datetime

from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.opinions import locked
from portal.opinions.events import OpinionTransmitted
from portal.opinions.models import OpinionDocument
from portal.opinions.rules import LINE_LIMIT, STAGES, Stage
from portal.opinions.standing import standing


@atomic()
def transmit(actor: Actor, request_id: int, to: str, by: str, at: datetime, *, now: datetime) -> None:
    """Once: the date is that of the letter or the protocol."""
    locked.request(request_id)
    require(actor, Permission.OPINION_MANAGE)
    found = standing(request_id, now)
    if found.document is None:
        raise Conflict(N_("The document has not been drawn up yet."), code="no_document")
    STAGES.advance(found.stage, Stage.TRANSMITTED)
    row = db.session.get_one(OpinionDocument, found.document, populate_existing=True)
    if not row.drawn_at <= at <= now:
        raise Invalid(
            N_("The transmission comes after the document was drawn up, and not in the future."),
            code="order",
            field="at",
        )
    row.transmitted_to = typed(to, field="to", limit=LINE_LIMIT)
    row.transmitted_by = typed(by, field="by", limit=LINE_LIMIT)
    row.transmitted_at = at
    record(OpinionTransmitted(request_id, row.number, at, row.sha256), actor=actor, now=now)
