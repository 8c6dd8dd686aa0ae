"""Tie a sitting of the mayors to a request: the first one fixes bodies and residents for all (art. 30 c.5-6)."""

from __future__ import annotations

from datetime import datetime

from portal.conferences import locked as sittings
from portal.conferences.models import Conference
from portal.conferences.rules import ItemKind, SeatRole, SittingState, Visibility
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.opinions import locked
from portal.opinions.events import OpinionSittingTied
from portal.opinions.models import OpinionRequest, OpinionSitting

_NOT_HELD = frozenset({SittingState.PLANNED, SittingState.CANCELLED})


@atomic()
def tie_sitting(actor: Actor, request_id: int, item_id: int, sitting_id: int, *, now: datetime) -> None:
    """The sitting, each of whose calls counts as one, is to give the opinion under this item."""
    request = locked.request(request_id)
    require(actor, Permission.OPINION_MANAGE)
    sitting = sittings.sitting(sitting_id)
    item = sittings.item(sitting_id, item_id)
    conference = db.session.get_one(Conference, sitting.conference_id)
    if conference.organ is not request.organ or item.kind is not ItemKind.OPINION or item.notice_id is None:
        raise Invalid(
            N_("Choose an announced item of a sitting of the mayors that expects an opinion."),
            code="item",
            field="item",
        )
    if sitting.state in _NOT_HELD:
        raise Conflict(N_("The sitting has not been convened, or is not held."), code="state", field="item")
    if sitting.visibility is not Visibility.PUBLIC:
        raise Conflict(N_("An opinion is given in a public sitting."), code="reserved", field="item")
    if conference.version_id not in {None, request.version_id}:
        raise Invalid(N_("That conference is about another version of the plan."), code="version", field="item")
    if sittings.calls(sitting_id)[0].starts_at < request.received_at:
        raise Invalid(N_("That sitting was called before the request arrived."), code="earlier", field="item")
    if db.session.get(OpinionSitting, (request_id, sitting_id)) is not None:
        raise Conflict(N_("This sitting is tied to the request already."), code="tied", field="item")
    db.session.add(OpinionSitting(request_id=request_id, sitting_id=sitting_id, item_id=item_id, tied_at=now))
    if request.base_sitting_id is None:
        _fix_base(request, sitting_id)
    facts = (request.base_seats or 0, request.base_population or 0)
    record(OpinionSittingTied(request_id, sitting_id, item_id, *facts), actor=actor, now=now)


def _fix_base(request: OpinionRequest, sitting_id: int) -> None:
    """All the bodies entitled, and all the residents behind them, as the first notice fixed them."""
    entitled = [seat for seat in sittings.seats(sitting_id) if seat.role is SeatRole.ENTITLED]
    if not entitled:
        raise NotFound()
    request.base_sitting_id = sitting_id
    request.base_seats = len(entitled)
    request.base_population = sum(seat.population for seat in entitled)
