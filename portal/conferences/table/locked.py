"""Rows that the verbs of the table need under their lock, and whether the sitting is one in which things happen now."""

from __future__ import annotations

import sqlalchemy as sa

from portal.conferences import locked as sittings
from portal.conferences.floor.models import Speech
from portal.conferences.hall.models import Held, ItemCourse
from portal.conferences.hall.rules import ItemState
from portal.conferences.models import AgendaItem, AgendaItemAction, Sitting
from portal.conferences.rules import SittingState
from portal.conferences.table.models import IndicationRound, SittingRemark
from portal.db import db
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.words import N_

RUNNING = frozenset({SittingState.IN_SESSION, SittingState.SUSPENDED})


def running(sitting_id: int, *, suspended: bool = True, shared: bool = False) -> Sitting:
    """The sitting while it is held; nothing is put on the table before it is open or after it is closed.

    Who conducts acts alone; what bodies do is `shared`: they do not wait for each other, only for who conducts.
    """
    query = sa.select(Sitting).where(Sitting.id == sitting_id).with_for_update(read=shared)
    found = db.session.execute(query.execution_options(populate_existing=True)).scalar_one_or_none()
    if found is None:
        raise NotFound()
    if found.state not in RUNNING:
        raise Conflict(N_("This is done while the sitting is open."), code="not_in_session")
    if found.state is SittingState.SUSPENDED and not suspended:
        raise Conflict(N_("The sitting is suspended: wait until it goes on."), code="suspended")
    return found


def unfinished(sitting_id: int) -> Sitting:
    """A sitting that was convened and is not over: what it will need can be got ready."""
    found = sittings.sitting(sitting_id)
    if found.state not in {SittingState.CONVENED, SittingState.ROLL_CALL, *RUNNING}:
        raise Conflict(N_("This sitting takes nothing any more."), code="over")
    return found


def call_of(sitting_id: int) -> int:
    """The call that is held."""
    query = sa.select(Held.call).where(Held.sitting_id == sitting_id, Held.ended_at.is_(None))
    return db.session.scalar(query.order_by(Held.call.desc()).limit(1)) or 1


def item(sitting_id: int, item_id: int) -> AgendaItem:
    """An announced item of this sitting that has not been withdrawn."""
    found = db.session.get(AgendaItem, item_id, populate_existing=True)
    if found is None or found.sitting_id != sitting_id or found.notice_id is None:
        raise NotFound()
    course = db.session.get(ItemCourse, item_id, populate_existing=True)
    if course is not None and course.state is ItemState.WITHDRAWN:
        raise Conflict(N_("This item was withdrawn."), code="withdrawn")
    return found


def actions_of(item_id: int) -> list[int]:
    """The actions that an item is about."""
    query = sa.select(AgendaItemAction.action_id).where(AgendaItemAction.item_id == item_id)
    return list(db.session.scalars(query.order_by(AgendaItemAction.action_id)))


def indication_round(sitting_id: int, round_id: int) -> IndicationRound:
    """A round of this sitting, alone."""
    query = sa.select(IndicationRound).where(IndicationRound.id == round_id, IndicationRound.sitting_id == sitting_id)
    return sittings.alone(query)


def remark(sitting_id: int, comment_id: int) -> SittingRemark:
    """A remark of this sitting, alone."""
    query = sa.select(SittingRemark).where(
        SittingRemark.comment_id == comment_id, SittingRemark.sitting_id == sitting_id
    )
    return sittings.alone(query)


def running_speech(sitting_id: int) -> Speech | None:
    """Whoever has the floor."""
    return db.session.scalar(sa.select(Speech).where(Speech.sitting_id == sitting_id, Speech.ended_at.is_(None)))
