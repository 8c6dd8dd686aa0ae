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
from portal.conferences.table import counting, locked, there
from portal.conferences.table.events import IndicationClosed, IndicationGiven, IndicationOpened
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
    if _open(sitting_id) is not None:
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
    place = standing.present(actor, sitting_id)
    if place.role is not SeatRole.ENTITLED:
        raise Forbidden(N_("Bodies that are invited take part and speak, and give no indication."), code="invited")
    row = _answerable(sitting_id, round_id)
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
    end_round(actor, row, now=now)
    acts.done(sitting_id, CLOSED, {"round": row.id}, actor, now, of=row.id)
    return count_of(row, now)


def end_round(actor: Actor, row: IndicationRound, *, now: datetime) -> None:
    """Close a round that is locked, and tell its figures; the closing of the sitting does it too."""
    row.closed_at = now
    found = count_of(row, now)
    event = IndicationClosed(
        sitting_id=row.sitting_id,
        round=row.id,
        favourable=found.favourable.bodies,
        with_remarks=found.with_remarks.bodies,
        contrary=found.contrary.bodies,
        silent=found.silent.bodies,
        favourable_population=found.favourable.population,
        with_remarks_population=found.with_remarks.population,
        contrary_population=found.contrary.population,
        silent_population=found.silent.population,
    )
    record(event, actor=actor, now=now)


def end_all(actor: Actor, sitting_id: int, *, now: datetime) -> None:
    """Close whatever is open when a sitting is closed."""
    row = _open(sitting_id)
    if row is not None:
        end_round(actor, locked.indication_round(sitting_id, row.id), now=now)


def count_of(row: IndicationRound, at: datetime) -> counting.Counts:
    """The figures of a round, on the seats as they were at an instant."""
    return counting.count(there.answers(there.entitled(row.sitting_id, at), standing_answers(row.id)))


def standing_answers(round_id: int) -> dict[int, Stance]:
    """What each seat said last."""
    query = sa.select(Indication.seat_id, Indication.stance).where(Indication.round_id == round_id)
    rows = db.session.execute(query.where(Indication.replaced_at.is_(None)))
    return {row.seat_id: row.stance for row in rows}


def _open(sitting_id: int) -> IndicationRound | None:
    query = sa.select(IndicationRound).where(
        IndicationRound.sitting_id == sitting_id, IndicationRound.closed_at.is_(None)
    )
    return db.session.scalar(query)


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
    answered = len(standing_answers(row.id))
    shown = stance.value if row.visible_at_once else ""
    record(IndicationGiven(row.sitting_id, row.id, number, shown, channel.value, answered), actor=actor, now=now)
