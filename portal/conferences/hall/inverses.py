"""How each act of the hall is taken back. Each looks first whether things still are as the act left them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.conferences.accreditation_models import Accreditation
from portal.conferences.accreditation_rules import AccreditationState
from portal.conferences.hall import course, tied
from portal.conferences.hall.models import (
    Held,
    Incident,
    ItemCourse,
    ItemSpell,
    Presence,
    PresenceClaim,
    RollAnswer,
    RollCall,
    Suspension,
)
from portal.conferences.hall.rules import ClaimState, ItemState, RollKind
from portal.conferences.models import Sitting
from portal.conferences.rules import SittingState
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.words import N_

Kept = dict[str, Any]
_WHILE = {RollKind.OPENING: SittingState.ROLL_CALL, RollKind.VERIFICATION: SittingState.IN_SESSION}


def _items(kept: Kept, now: datetime) -> None:
    """Items go back to their states and turns, stretches of discussion to what they were."""
    rows = {item: db.session.get_one(ItemCourse, item, populate_existing=True) for item, *_ in kept["before"]}
    if course.kept(*rows.values()) != kept["after"]:
        raise _moved_on()
    if kept.get("begun"):
        spell = db.session.get_one(ItemSpell, kept["begun"])
        _check_idle(spell.sitting_id, spell.began_at)
        db.session.delete(spell)
    for item, turn, state, conclusion in kept["before"]:
        rows[item].turn, rows[item].state, rows[item].conclusion = turn, ItemState(state), conclusion
    db.session.flush()
    if kept.get("ended"):
        db.session.get_one(ItemSpell, kept["ended"]).ended_at = None
    tied.give_back(kept.get("floor") or {}, now)


def _presence(kept: Kept, now: datetime) -> None:
    """The interval that began is taken away, the one that ended goes on."""
    opened, closed = kept.get("opened"), kept.get("closed")
    if opened:
        row = db.session.get(Presence, opened, populate_existing=True)
        if row is None or row.until_at is not None:
            raise _moved_on()
        if not closed:  # what was asked for in these seconds falls with it
            tied.drop_seat(Actor.system(), row.sitting_id, row.seat_id, now)
        db.session.delete(row)
        db.session.flush()
    if closed is not None:
        row = db.session.get_one(Presence, closed, populate_existing=True)
        _check_free(row)
        row.until_at = row.left_by = row.ended_by_id = None
    if kept.get("claim"):
        _claim(kept, now)
    tied.give_back(kept.get("floor") or {}, now)


def _check_free(row: Presence) -> None:
    """Nobody else is there for the seat, the person is nowhere else, and the seat is still this person's."""
    taken = sa.or_(Presence.seat_id == row.seat_id, Presence.person_id == row.person_id)
    query = sa.select(Presence.id).where(Presence.sitting_id == row.sitting_id, Presence.until_at.is_(None), taken)
    held = db.session.get_one(Accreditation, row.accreditation_id, populate_existing=True)
    if db.session.scalar(query.limit(1)) is not None or held.state is not AccreditationState.GRANTED:
        raise _moved_on()


def _claim(kept: Kept, _now: datetime) -> None:
    claim = db.session.get_one(PresenceClaim, kept["claim"], populate_existing=True)
    claim.state, claim.decided_at, claim.decided_by_id, claim.reason = ClaimState.WAITING, None, None, ""


def _answer(kept: Kept, now: datetime) -> None:
    roll = db.session.get_one(RollCall, kept["roll"], populate_existing=True)
    if roll.ended_at is not None:
        raise _moved_on()
    _presence(kept, now)
    row = db.session.get_one(RollAnswer, (kept["roll"], kept["seat"]), populate_existing=True)
    if kept["was"] is None:
        db.session.delete(row)
    else:
        row.present = kept["was"]


def _roll_begun(kept: Kept, _now: datetime) -> None:
    roll = db.session.get_one(RollCall, kept["roll"], populate_existing=True)
    answered = db.session.scalar(sa.select(RollAnswer.seat_id).where(RollAnswer.roll_call_id == roll.id).limit(1))
    if roll.ended_at is not None or answered is not None:
        raise _moved_on()
    db.session.delete(roll)
    if kept["held"]:
        sitting = _state(roll.sitting_id, SittingState.ROLL_CALL, SittingState.CONVENED)
        db.session.delete(db.session.get_one(Held, (sitting.id, kept["held"])))


def _roll_ended(kept: Kept, _now: datetime) -> None:
    roll = db.session.get_one(RollCall, kept["roll"], populate_existing=True)
    later = sa.select(RollCall.id).where(RollCall.sitting_id == roll.sitting_id, RollCall.number > roll.number)
    sitting = db.session.get_one(Sitting, roll.sitting_id, populate_existing=True)
    if db.session.scalar(later.limit(1)) is not None or sitting.state is not _WHILE[roll.kind]:
        raise _moved_on()
    db.session.execute(
        sa.delete(RollAnswer).where(RollAnswer.roll_call_id == roll.id, RollAnswer.seat_id.in_(kept["unasked"]))
    )
    roll.ended_at = roll.present = roll.seats = roll.present_population = roll.population = None
    roll.needed = roll.met = None


def _opened(kept: Kept, _now: datetime) -> None:
    begun = sa.select(ItemSpell.id).where(ItemSpell.sitting_id == kept["sitting"], ItemSpell.call == kept["call"])
    if db.session.scalar(begun.limit(1)) is not None:
        raise _moved_on()
    held = db.session.get_one(Held, (kept["sitting"], kept["call"]), populate_existing=True)
    _check_idle(held.sitting_id, held.opened_at)
    _state(held.sitting_id, SittingState.IN_SESSION, SittingState.ROLL_CALL)
    held.opened_at, held.chair, held.secretary = None, "", ""


def _suspended(kept: Kept, now: datetime) -> None:
    row = db.session.get(Suspension, kept["suspension"], populate_existing=True)
    if row is None or row.ended_at is not None:
        raise _moved_on()
    _state(row.sitting_id, SittingState.SUSPENDED, SittingState.IN_SESSION)
    db.session.delete(row)
    tied.go_on(kept["floor"], now)


def _resumed(kept: Kept, _now: datetime) -> None:
    row = db.session.get_one(Suspension, kept["suspension"], populate_existing=True)
    _check_idle(row.sitting_id, row.ended_at)
    _state(row.sitting_id, SittingState.IN_SESSION, SittingState.SUSPENDED)
    row.ended_at = None


def _noted(kept: Kept, _now: datetime) -> None:
    db.session.delete(db.session.get_one(Incident, kept["incident"]))


def _check_idle(sitting_id: int, since: datetime | None) -> None:
    """Nothing has been begun upon what is taken back."""
    if since is None or not tied.is_idle(sitting_id, since):
        raise _moved_on()


def _state(sitting_id: int, now_is: SittingState, back_to: SittingState) -> Sitting:
    sitting = db.session.get_one(Sitting, sitting_id, populate_existing=True)
    if sitting.state is not now_is:
        raise _moved_on()
    sitting.state = back_to
    return sitting


def _moved_on() -> Conflict:
    return Conflict(N_("Things have gone on since: this cannot be taken back any more."), code="moved_on")


INVERSES: dict[str, Callable[[Kept, datetime], None]] = {
    "item.called": _items,
    "item.concluded": _items,
    "item.adjourned": _items,
    "item.withdrawn": _items,
    "item.moved": _items,
    "presence.entered": _presence,
    "presence.left": _presence,
    "presence.claim": _claim,
    "presence.answered": _answer,
    "roll.begun": _roll_begun,
    "roll.ended": _roll_ended,
    "session.opened": _opened,
    "session.suspended": _suspended,
    "session.resumed": _resumed,
    "incident.noted": _noted,
}
