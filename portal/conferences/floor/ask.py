"""Ask for the floor: by oneself from the phone, or at the desk."""

from __future__ import annotations

import re
from datetime import datetime

import sqlalchemy as sa

from portal.conferences.floor import order, state, turns
from portal.conferences.floor.events import FloorAsked
from portal.conferences.floor.fairness import NEVER
from portal.conferences.floor.models import FloorRequest
from portal.conferences.floor.order import ANYTIME
from portal.conferences.floor.rules import Channel, FloorKind, RequestState
from portal.conferences.floor.state import Hall
from portal.conferences.hall import standing
from portal.conferences.hall.seats_now import SeatNow
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_

_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")


@atomic()
def ask(actor: Actor, sitting_id: int, kind: FloorKind, client_key: str, *, now: datetime) -> int:
    """Whoever is present asks; the same key sent again asks once, however often the signal was lost."""
    hall = state.alone(sitting_id)
    own = standing.standing(actor, sitting_id)
    known = _sent_before(sitting_id, own.person_id, client_key)
    if known is not None:
        return known
    own = standing.present(actor, sitting_id)
    acting = standing.acting(actor, own)
    return _enter(acting, hall, _Asker(own.seat_id, own.accreditation_id, own.person_id), kind, client_key, now)


@atomic()
def ask_for(actor: Actor, sitting_id: int, seat: int, kind: FloorKind, client_key: str, *, now: datetime) -> int:
    """The desk writes down somebody who raised a hand."""
    hall = state.alone(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    there = state.somebody_at(sitting_id, seat, now)
    asker = _Asker.of(there)
    known = _sent_before(sitting_id, asker.person_id, client_key)
    if known is not None:
        return known
    return _enter(actor, hall, asker, kind, client_key, now, Channel.DESK)


class _Asker:
    """Who asks, and for which seat."""

    def __init__(self, seat_id: int, accreditation_id: int, person_id: int) -> None:
        self.seat_id, self.accreditation_id, self.person_id = seat_id, accreditation_id, person_id

    @classmethod
    def of(cls, there: SeatNow) -> _Asker:
        """Whoever is there for a seat."""
        return cls(there.id, there.accreditation_id or 0, there.person_id or 0)


def _sent_before(sitting_id: int, person_id: int, client_key: str) -> int | None:
    if not _KEY.fullmatch(client_key):
        raise Invalid(N_("Open the page again, and ask once more."), code="client_key", field="client_key")
    known = sa.select(FloorRequest.id).where(
        FloorRequest.sitting_id == sitting_id,
        FloorRequest.person_id == person_id,
        FloorRequest.client_key == client_key,
    )
    return db.session.scalar(known)


def _enter(
    actor: Actor,
    hall: Hall,
    asker: _Asker,
    kind: FloorKind,
    client_key: str,
    now: datetime,
    channel: Channel = Channel.PHONE,
) -> int:
    state.check_in_session(hall.sitting)
    order.check_kind(
        kind, hall.item.kind if hall.item else None, queue_open=hall.queue_open, has_poll=state.has_poll(hall.item_id)
    )
    _check_reply(hall, asker, kind, now)
    _make_room(actor, hall, asker, kind, now)

    row = FloorRequest(
        sitting_id=hall.sitting.id,
        item_id=hall.item_id,
        seat_id=asker.seat_id,
        accreditation_id=asker.accreditation_id,
        person_id=asker.person_id,
        kind=kind,
        channel=channel,
        client_key=client_key,
        asked_at=now,
    )
    db.session.add(row)
    db.session.flush()
    number, waiting = state.seat_number(row.seat_id) or 0, len(state.waiting(row.sitting_id, row.item_id, now))
    event = FloorAsked(row.sitting_id, row.id, number, row.item_id, kind.value, channel.value, waiting)
    record(event, actor=actor, now=now)
    return row.id


def _check_reply(hall: Hall, asker: _Asker, kind: FloorKind, now: datetime) -> None:
    """A reply follows a speech of one's own on the same item."""
    if kind is not FloorKind.REPLY:
        return
    at_item = state.heard(hall.sitting.id, hall.item_id, now).item
    if not at_item.get(asker.seat_id, NEVER).times:
        raise Conflict(
            N_("One replies after having spoken on this item: ask for an ordinary speech."), code="no_speech"
        )


def _make_room(actor: Actor, hall: Hall, asker: _Asker, kind: FloorKind, now: datetime) -> None:
    """One waits once for each kind; what still waited for an item that is not in discussion any more is withdrawn."""
    query = sa.select(FloorRequest).where(
        FloorRequest.sitting_id == hall.sitting.id,
        FloorRequest.person_id == asker.person_id,
        FloorRequest.kind == kind,
        FloorRequest.state == RequestState.WAITING,
    )
    row = db.session.execute(query.with_for_update().execution_options(populate_existing=True)).scalar_one_or_none()
    if row is None:
        return
    if row.item_id == hall.item_id or kind in ANYTIME:
        raise Conflict(N_("This request is in the queue already: nobody waits twice for the same."), code="waiting")
    turns.settle(row, RequestState.WITHDRAWN, actor, now, hall.item_id)
