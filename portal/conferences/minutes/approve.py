"""Approval at a later sitting, with the corrections that were asked for: they are added, no speech is rewritten."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.conferences.hall.models import Held, ItemCourse
from portal.conferences.hall.rules import ItemState
from portal.conferences.minutes import locked, rules
from portal.conferences.minutes.events import MinutesApproved, MinutesCorrectionAsked, MinutesPublished
from portal.conferences.minutes.models import Minutes, MinutesCorrection
from portal.conferences.minutes.rules import CORRECTION_LIMIT, MOST_CORRECTIONS, MinutesState
from portal.conferences.models import AgendaItem, Conference, Sitting
from portal.conferences.rules import LINE_LIMIT
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_

_TAKEN = {ItemState.IN_DISCUSSION, ItemState.CONCLUDED}


@atomic()
def ask_correction(actor: Actor, minutes_id: int, asked_by: str, text: str, *, now: datetime) -> int:
    """Write down what somebody asks to be put right; it goes to the end of the document."""
    require(actor, Permission.MINUTES_WRITE)
    row = locked.minutes(minutes_id)
    if row.state is not MinutesState.SIGNED:
        raise Conflict(
            N_("Corrections are taken between the signatures and the approval: a draft is changed by writing in it."),
            code="state",
        )
    number = corrections(row.id) + 1
    if number > MOST_CORRECTIONS:
        raise Conflict(N_("There are too many corrections on these minutes."), code="too_many")
    wanted = typed(text, field="text", limit=CORRECTION_LIMIT)
    who = typed(asked_by, field="asked_by", limit=LINE_LIMIT)
    facts = {"minutes_id": row.id, "number": number, "asked_by": who, "text": wanted, "asked_at": now}
    db.session.add(MinutesCorrection(**facts, person_id=actor.person_id))
    event = MinutesCorrectionAsked(row.id, row.sitting_id, row.call, number, text_digest(wanted))
    record(event, actor=actor, now=now)
    return number


@atomic()
def approve(actor: Actor, minutes_id: int, sitting_id: int, item_id: int, *, now: datetime) -> None:
    """A later sitting of the same organ has approved them under an item that it took up."""
    require(actor, Permission.MINUTES_WRITE)
    row = locked.minutes(minutes_id)
    state = rules.MACHINE.advance(row.state, MinutesState.APPROVED)
    _check_later(row, sitting_id)
    course = db.session.get(ItemCourse, item_id)
    item = db.session.get(AgendaItem, item_id)
    taken = course is not None and course.state in _TAKEN
    if item is None or item.sitting_id != sitting_id or not taken:
        raise Invalid(N_("Choose an item that this sitting took up."), code="item", field="item")
    row.state, row.approved_at = state, now
    row.approved_sitting_id, row.approved_item_id = sitting_id, item_id
    event = MinutesApproved(row.id, row.sitting_id, row.call, sitting_id, item_id, corrections(row.id))
    record(event, actor=actor, now=now)


@atomic()
def publish(actor: Actor, minutes_id: int, *, now: datetime) -> None:
    """Let everybody read what was signed; it stays the same text for ever."""
    require(actor, Permission.MINUTES_WRITE)
    row = locked.minutes(minutes_id)
    if row.state is MinutesState.DRAFT or row.sha256 is None:
        raise Conflict(N_("Minutes are published once the chair and the secretary have signed."), code="not_signed")
    if row.published_at is not None:
        return
    row.published_at = now
    record(MinutesPublished(row.id, row.sitting_id, row.call, row.sha256), actor=actor, now=now)


def corrections(minutes_id: int) -> int:
    """How many were asked for."""
    query = sa.select(sa.func.count()).where(MinutesCorrection.minutes_id == minutes_id)
    return db.session.scalar(query) or 0


def _check_later(row: Minutes, sitting_id: int) -> None:
    """Another sitting of the same organ, opened after this one ended."""
    query = (
        sa.select(Conference.organ, sa.func.max(Held.opened_at, type_=Held.opened_at.type))
        .join(Sitting, Sitting.conference_id == Conference.id)
        .join(Held, Held.sitting_id == Sitting.id)
        .where(Sitting.id == sitting_id)
        .group_by(Conference.organ)
    )
    found = db.session.execute(query).one_or_none()
    own = db.session.get_one(Held, (row.sitting_id, row.call))
    later = found is not None and found[1] is not None and own.ended_at is not None and found[1] >= own.ended_at
    if found is None or found[0] is not row.organ or not later or sitting_id == row.sitting_id:
        raise Invalid(
            N_("Choose a later sitting of the same organ, which has been opened."), code="sitting", field="item"
        )
