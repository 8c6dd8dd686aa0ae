"""Straw indications: open a round on an action, answer for a seat, close and count. They bind nobody.

Statute art. 32 c.7: a programming conference has no vote. Each entitled seat that is there says one thing, and may say
another while the round is open; all that was said is kept. Whoever closes counts under the lock of the round, so that
every answer that was acknowledged is in the figures.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.conferences.floor.rules import Channel
from portal.conferences.hall import acts, standing
from portal.conferences.rules import SeatRole
from portal.conferences.table import counting, locked, rounds, there
from portal.conferences.table.events import IndicationGiven, IndicationOpened
from portal.conferences.table.models import Indication, IndicationRound
from portal.conferences.table.rules import QUESTION_LIMIT, Stance
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_

OPENED, CLOSED = "indication.opened", "indication.closed"


@atomic()
def open_round(
    actor: Actor,
    sitting_id: int,
    item_id: int,
    action_id: int,
    *,
    question: str = "",
    visible_at_once: bool = False,
    now: datetime,
) -> int:
    """Ask the bodies what they say of an action of the item; one round at a time."""
    require(actor, Permission.SITTING_CONDUCT)
    locked.running(sitting_id, suspended=False)
    item = locked.item(sitting_id, item_id)
    if action_id not in locked.actions_of(item.id):
        raise Invalid(N_("Choose among the actions that the item is about."), code="action", field="action")
    if rounds.running(sitting_id) is not None:
        raise Conflict(N_("A round is open already: close it first."), code="open")
    row = IndicationRound(
        sitting_id=sitting_id,
        call=locked.call_of(sitting_id),
        item_id=item.id,
        action_id=action_id,
        question=typed(question, field="question", limit=QUESTION_LIMIT, required=False),
        visible_at_once=visible_at_once,
        opened_at=now,
    )
    db.session.add(row)
    db.session.flush()
    record(IndicationOpened(sitting_id, row.id, item.id, action_id, visible_at_once), actor=actor, now=now)
    acts.done(sitting_id, OPENED, {"round": row.id}, actor, now, of=row.id)
    return row.id


@atomic()
def indicate(actor: Actor, sitting_id: int, round_id: int, stance: Stance, *, now: datetime) -> None:
    """Say it for the seat one holds."""
    row = _answerable(sitting_id, round_id)
    place = standing.present(actor, sitting_id)  # under the lock: a seat may be handed over at this very moment
    if place.role is not SeatRole.ENTITLED:
        raise Forbidden(N_("Bodies that are invited take part and speak, and give no indication."), code="invited")
    _say(actor, row, place.seat_number, place.seat_id, place.accreditation_id, stance, Channel.PHONE, now)


@atomic()
def indicate_for(
    actor: Actor, sitting_id: int, round_id: int, seat_number: int, stance: Stance, *, now: datetime
) -> None:
    """Write down at the desk what a body said in the hall."""
    require(actor, Permission.SITTING_CONDUCT)
    row = _answerable(sitting_id, round_id)
    seat = next((one for one in there.entitled(sitting_id, now) if one.number == seat_number), None)
    if seat is None:
        raise NotFound()
    if seat.accreditation_id is None:
        raise Conflict(N_("Nobody is there for this body."), code="not_present")
    _say(actor, row, seat.number, seat.seat_id, seat.accreditation_id, stance, Channel.DESK, now)


@atomic()
def close_round(actor: Actor, sitting_id: int, round_id: int, *, now: datetime) -> counting.Counts:
    """Nobody answers any more; what was said is told to everybody."""
    require(actor, Permission.SITTING_CONDUCT)
    locked.running(sitting_id)
    row = locked.indication_round(sitting_id, round_id)
    if row.closed_at is not None:
        raise Conflict(N_("The round is closed."), code="closed")
    rounds.end(actor, row, now)
    acts.done(sitting_id, CLOSED, {"round": row.id}, actor, now, of=row.id)
    return rounds.count_of(row, now)


def _answerable(sitting_id: int, round_id: int) -> IndicationRound:
    locked.running(sitting_id, shared=True)
    row = locked.indication_round(sitting_id, round_id)
    if row.closed_at is not None:
        raise Conflict(N_("The round is closed: your answer was not recorded."), code="closed")
    return row


def _say(
    actor: Actor,
    row: IndicationRound,
    number: int,
    seat_id: int,
    accreditation_id: int,
    stance: Stance,
    channel: Channel,
    now: datetime,
) -> None:
    if actor.person_id is None:
        raise Forbidden(N_("A person must do this: it cannot be done from the console."), code="needs_person")
    last = db.session.scalar(
        sa.select(Indication).where(
            Indication.round_id == row.id, Indication.seat_id == seat_id, Indication.replaced_at.is_(None)
        )
    )
    if last is not None and last.stance is stance:
        return
    if last is not None:
        last.replaced_at = now
        db.session.flush()
    said = Indication(
        round_id=row.id,
        seat_id=seat_id,
        accreditation_id=accreditation_id,
        stance=stance,
        channel=channel,
        given_at=now,
        given_by_id=actor.person_id,
    )
    db.session.add(said)
    db.session.flush()
    answered = len(rounds.answers(row.id))
    shown = stance.value if row.visible_at_once else ""
    record(IndicationGiven(row.sitting_id, row.id, number, shown, channel.value, answered), actor=actor, now=now)
