"""Write down that a document of the Forum went to the Council: when, to whom, under which number (art. 32 c.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.db import atomic
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.opinions.requests import locked, queries
from portal.opinions.requests.events import ForumOpinionTransmitted
from portal.opinions.requests.rules import ACT_LIMIT, LINE_LIMIT, DocumentKind
from portal.opinions.requests.standing import standing


@dataclass(frozen=True)
class Sent:
    """The letter by which it went."""

    to: str
    register_number: str
    at: datetime


@atomic()
def transmit(actor: Actor, request_id: int, which: int, sent: Sent, *, now: datetime) -> None:
    """Once; an opinion that leaves after the end of the term is kept and published as late."""
    locked.request(request_id)
    require(actor, Permission.FORUM_MANAGE)
    found = standing(request_id, now)
    if found.withdrawn:
        raise Conflict(N_("The Council took this request back: nothing more is done about it."), code="withdrawn")
    chosen = next((one.id for one in queries.documents(request_id) if one.number == which), None)
    if chosen is None:
        raise NotFound()
    row = locked.document(chosen)
    if row.transmitted_at is not None:
        raise Conflict(N_("This document was transmitted already."), code="sent")
    if row.kind is DocumentKind.OPINION and found.opinion != row.id:
        raise Conflict(N_("The vote it tells of does not hold any more: draw the opinion up again."), code="not_held")
    if not row.drawn_at <= sent.at <= now:
        raise Invalid(
            N_("The transmission comes after the document was drawn up, and not in the future."),
            code="order",
            field="at",
        )
    row.transmitted_to = typed(sent.to, field="to", limit=LINE_LIMIT)
    row.register_number = typed(sent.register_number, field="register_number", limit=ACT_LIMIT)
    row.transmitted_at = sent.at
    row.late = row.kind is DocumentKind.OPINION and found.term.is_over(sent.at)
    event = ForumOpinionTransmitted(request_id, row.number, sent.at, row.late, row.sha256)
    record(event, actor=actor, now=now)
