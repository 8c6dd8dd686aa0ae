"""TUEL art. 38: the legal number while a session is open, told in the verb that changes it; and mandates that ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import sqlalchemy as sa

from portal.conferences.hall import tied
from portal.conferences.hall.counting import Numbers
from portal.conferences.hall.events import ActUndone, QuorumLost, QuorumRegained, SeatLeft
from portal.conferences.hall.models import Held, Presence
from portal.conferences.hall.rules import Source
from portal.conferences.hall.seats_now import SeatNow, numbers, seats_now
from portal.conferences.models import Sitting
from portal.conferences.rules import SittingState
from portal.db import db
from portal.journal.models import Entry
from portal.journal.record import record
from portal.kernel.actor import Actor

OPEN = frozenset({SittingState.IN_SESSION, SittingState.SUSPENDED})
_SAID = (QuorumLost.__name__, QuorumRegained.__name__, ActUndone.__name__)


def current_call(sitting_id: int) -> int | None:
    """The call that is being held."""
    return db.session.scalar(sa.select(Held.call).where(Held.sitting_id == sitting_id, Held.ended_at.is_(None)))


def numbers_now(sitting: Sitting, call: int, now: datetime) -> Numbers:
    """Both axes at an instant, with what the running verb has changed so far."""
    db.session.flush()
    return numbers(seats_now(sitting.id, now), sitting.rule, call)


@contextmanager
def watched(sitting: Sitting, actor: Actor, now: datetime) -> Iterator[None]:
    """Around a change of who is there: whose mandate has ended is taken out first, a number crossed is told last."""
    call = current_call(sitting.id) or 1
    db.session.flush()
    for seat in seats_now(sitting.id, now):
        if seat.presence_id is not None and seat.lapsed_at is not None:
            _take_out(sitting, call, seat, now)
    yield
    tell(sitting, actor, now)


def tell(sitting: Sitting, actor: Actor, now: datetime) -> None:
    """Say that the number is lost, or there again, if that is not what was said last and stands."""
    if sitting.state not in OPEN:
        return
    found = numbers_now(sitting, current_call(sitting.id) or 1, now)
    if found.quorum is None or found.valid == _said_valid(sitting.id):
        return
    crossed = QuorumRegained if found.valid else QuorumLost
    record(crossed(sitting.id, found.quorum.got, found.quorum.needed), actor=actor, now=now)


def _take_out(sitting: Sitting, call: int, seat: SeatNow, now: datetime) -> None:
    assert seat.lapsed_at is not None and seat.presence_id is not None  # asked before
    row = db.session.get_one(Presence, seat.presence_id)
    row.until_at, row.left_by = max(row.from_at, seat.lapsed_at), Source.MANDATE
    sums = numbers_now(sitting, call, now).entitled
    event = SeatLeft(sitting.id, seat.number, row.id, Source.MANDATE.value, sums.present, sums.people_present)
    record(event, actor=Actor.system(), now=now)
    tied.drop_seat(Actor.system(), sitting.id, seat.id, now)


def _said_valid(sitting_id: int) -> bool:
    """What the record says so far: a sitting opens with its number, and what was taken back was never said."""
    rows = db.session.execute(
        sa.select(Entry.seq, Entry.kind, Entry.facts)
        .where(Entry.stream == f"sitting:{sitting_id}", Entry.kind.in_(_SAID))
        .order_by(Entry.seq)
    ).all()
    undone = {row.facts["undone_seq"] for row in rows if row.kind == ActUndone.__name__}
    said = [row.kind for row in rows if row.kind != ActUndone.__name__ and row.seq not in undone]
    return not said or said[-1] == QuorumRegained.__name__
