"""The drafting team says which actions of the plan answer to an item of the Forum's document (art. 14 c.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.opinions.proposals import locked
from portal.opinions.proposals.events import CoverageSaid, CoverageUnsaid
from portal.opinions.proposals.models import Coverage, PaperItem
from portal.opinions.proposals.rules import TEXT_LIMIT, Degree
from portal.plan.models import Action, PlanVersion


@dataclass(frozen=True)
class Said:
    """What is said of an item: an action and how far it answers; without an action, why none does."""

    version_id: int
    action_id: int | None
    degree: Degree
    reason: str = ""


@atomic()
def cover(actor: Actor, item_id: int, said: Said, *, now: datetime) -> None:
    """Say it, or say it anew; that no action answers, and that one does, take each other's place."""
    require(actor, Permission.ANSWER_PROPOSE)
    item = locked.adopted_item(item_id)
    _check(said)
    reason = typed(said.reason, field="reason", limit=TEXT_LIMIT, required=said.degree is not Degree.COVERED)
    known = _known(item_id, said.version_id)
    for one in known:
        if (one.action_id is None) != (said.action_id is None):
            _unsay(actor, item, one, now)
    row = next((one for one in known if one.action_id == said.action_id), None)
    if row is None:
        row = Coverage(item_id=item_id, version_id=said.version_id, action_id=said.action_id)
    row.degree, row.reason = said.degree, reason
    row.said_at, row.said_by_id = now, actor.person_id
    db.session.add(row)
    _record(actor, item, row, now)


@atomic()
def unsay(actor: Actor, item_id: int, version_id: int, action_id: int | None, *, now: datetime) -> None:
    """Take it back."""
    require(actor, Permission.ANSWER_PROPOSE)
    item = locked.adopted_item(item_id)
    for one in _known(item_id, version_id):
        if one.action_id == action_id:
            _unsay(actor, item, one, now)


@atomic()
def carry_over(actor: Actor, paper_id: int, version_id: int, source: tuple[int, int], *, now: datetime) -> int:
    """Say again what was said of another version of the document or of the plan; how many lines that were.

    Only where items and actions live on, and of items of which nothing was said yet.
    """
    require(actor, Permission.ANSWER_PROPOSE)
    if source == (paper_id, version_id):
        raise Conflict(N_("Choose another version."), code="same")
    if _plan(source[1]) != _plan(version_id):
        raise Conflict(N_("Choose a version of the same plan."), code="other_plan")
    earlier = {one.key: one.id for one in locked.items(source[0])}
    carried = 0
    for item in locked.items(paper_id):
        locked.adopted_item(item.id)
        if item.key not in earlier or _known(item.id, version_id):
            continue
        for one in _living(earlier[item.key], source[1], version_id):
            one.item_id, one.said_at, one.said_by_id = item.id, now, actor.person_id
            db.session.add(one)
            _record(actor, item, one, now)
            carried += 1
    return carried


def _living(item_id: int, source: int, version_id: int) -> list[Coverage]:
    """What was said of an item, turned to the actions of another version; those that are gone fall away."""
    keys = {row.id: row.key for row in _actions(source)}
    actions = {row.key: row.id for row in _actions(version_id)}
    found = []
    for one in _known(item_id, source):
        action_id = actions.get(keys[one.action_id]) if one.action_id else None
        if one.action_id is None or action_id is not None:
            found.append(Coverage(version_id=version_id, action_id=action_id, degree=one.degree, reason=one.reason))
    return found


def _plan(version_id: int) -> int:
    found = db.session.get(PlanVersion, version_id)
    if found is None:
        raise NotFound()
    return found.plan_id


def _actions(version_id: int) -> list[Action]:
    return list(db.session.scalars(sa.select(Action).where(Action.version_id == version_id)))


def _check(said: Said) -> None:
    if (said.degree is Degree.NOT_COVERED) != (said.action_id is None):
        raise Invalid(
            N_("Choose an action of this version, or say that none answers to the item."), code="action", field="action"
        )
    if db.session.get(PlanVersion, said.version_id) is None:
        raise Invalid(N_("There is no such version of the plan."), code="version")
    action = db.session.get(Action, said.action_id) if said.action_id else None
    if said.action_id and (action is None or action.version_id != said.version_id):
        raise Invalid(N_("Choose an action of this version of the plan."), code="action", field="action")


def _known(item_id: int, version_id: int) -> list[Coverage]:
    query = sa.select(Coverage).where(Coverage.item_id == item_id, Coverage.version_id == version_id)
    return list(db.session.scalars(query.order_by(Coverage.id).execution_options(populate_existing=True)))


def _unsay(actor: Actor, item: PaperItem, row: Coverage, now: datetime) -> None:
    db.session.delete(row)
    db.session.flush()
    record(CoverageUnsaid(item.paper_id, item.id, row.version_id, row.action_id), actor=actor, now=now)


def _record(actor: Actor, item: PaperItem, row: Coverage, now: datetime) -> None:
    event = CoverageSaid(
        item.paper_id, item.id, row.version_id, row.action_id, row.degree.value, text_digest(row.reason)
    )
    record(event, actor=actor, now=now)
