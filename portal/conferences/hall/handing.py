"""A seat handed over, or taken back, while somebody is there for it: one interval ends, another may begin at once.

Plain steps of the verbs that decide on accreditations, under the sitting's lock.
"""

from __future__ import annotations

from datetime import datetime

from portal.conferences.hall import claims, intervals, tied
from portal.conferences.hall.rules import ClaimState, Source
from portal.conferences.models import Sitting
from portal.kernel.actor import Actor


def out(actor: Actor, sitting: Sitting, seat_id: int, accreditation_id: int, source: Source, now: datetime) -> bool:
    """Whoever held the seat is not there for it any more; true if the person was. Nothing changes hands in a vote."""
    tied.check_no_open_poll(sitting.id)
    seat = intervals.seat(sitting, seat_id, now)
    claims.settle(actor, accreditation_id, seat.number, ClaimState.WITHDRAWN, now)
    if seat.presence_id is None:
        return False
    intervals.end(actor, sitting, seat, source, now)
    tied.drop_seat(actor, sitting.id, seat.id, now)
    return True


def in_(actor: Actor, sitting: Sitting, seat_id: int, now: datetime) -> None:
    """Whoever took the seat over is there from this instant."""
    seat = intervals.seat(sitting, seat_id, now)
    intervals.begin(actor, sitting, seat, seat.expected_way, Source.HAND_OVER, now)
