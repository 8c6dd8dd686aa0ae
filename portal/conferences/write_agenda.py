"""Write the agenda: add, change, move and remove items. What a notice has announced stays as it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.conferences import locked, rules
from portal.conferences.events import AgendaChanged
from portal.conferences.models import AgendaItem, AgendaItemAction, ConferenceAction, Paper, Sitting
from portal.conferences.rules import ItemKind, SittingState
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_


@dataclass(frozen=True)
class Item:
    """What the secretariat writes of one item."""

    kind: ItemKind
    title: str
    details: str = ""
    rapporteur: str = ""
    minutes: int = 0
    legal_basis: str = ""
    needs_papers: bool = False
    action_ids: Collection[int] = ()


@atomic()
def add_item(actor: Actor, sitting_id: int, wanted: Item, *, now: datetime) -> int:
    """Put an item at the end of the agenda; any other business stays last while nothing is announced."""
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.CONFERENCE_MANAGE)
    _check_not_cancelled(sitting)
    there = locked.items(sitting_id)
    if len(there) >= rules.MOST_ITEMS:
        raise Conflict(N_("An agenda has at most %(most)d items."), code="items", most=rules.MOST_ITEMS)
    item = AgendaItem(sitting_id=sitting_id, position=max((one.position for one in there), default=0) + 1)
    _write(item, wanted, there)
    db.session.add(item)
    db.session.flush()
    _put_actions(sitting, item, wanted.action_ids)
    _keep_other_business_last([*there, item])
    record(AgendaChanged(sitting_id, item.id, "added"), actor=actor, now=now)
    return item.id


@atomic()
def change_item(actor: Actor, sitting_id: int, item_id: int, wanted: Item, *, now: datetime) -> int:
    """Change an item that no notice has announced."""
    sitting, item = _free(actor, sitting_id, item_id)
    _write(item, wanted, [one for one in locked.items(sitting_id) if one.id != item_id])
    _put_actions(sitting, item, wanted.action_ids)
    record(AgendaChanged(sitting_id, item.id, "changed"), actor=actor, now=now)
    return item.id


@atomic()
def move_item(actor: Actor, sitting_id: int, item_id: int, by: int, *, now: datetime) -> int:
    """One place up (-1) or down (+1) among the items that no notice has announced."""
    _free(actor, sitting_id, item_id)
    free = [one for one in locked.items(sitting_id) if one.notice_id is None]
    order = rules.moved([one.id for one in free], item_id, by)
    _number(free, order)
    record(AgendaChanged(sitting_id, item_id, "moved"), actor=actor, now=now)
    return item_id


@atomic()
def remove_item(actor: Actor, sitting_id: int, item_id: int, *, now: datetime) -> None:
    """Take an item that no notice has announced off the agenda, with its papers; the others close up."""
    _free(actor, sitting_id, item_id)
    db.session.execute(sa.delete(Paper).where(Paper.item_id == item_id))
    db.session.execute(sa.delete(AgendaItemAction).where(AgendaItemAction.item_id == item_id))
    db.session.execute(sa.delete(AgendaItem).where(AgendaItem.id == item_id))
    left = locked.items(sitting_id)
    announced = sum(1 for one in left if one.notice_id is not None)
    free = [one for one in left if one.notice_id is None]
    _number(free, [one.id for one in free], first=announced + 1)
    record(AgendaChanged(sitting_id, item_id, "removed"), actor=actor, now=now)


def _free(actor: Actor, sitting_id: int, item_id: int) -> tuple[Sitting, AgendaItem]:
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.CONFERENCE_MANAGE)
    _check_not_cancelled(sitting)
    item = locked.item(sitting_id, item_id)
    if item.notice_id is not None:
        raise Conflict(N_("This item has been announced and does not change any more."), code="announced")
    return sitting, item


def _check_not_cancelled(sitting: Sitting) -> None:
    if sitting.state is SittingState.CANCELLED:
        raise Conflict(N_("This sitting has been cancelled."), code="cancelled")


def _write(item: AgendaItem, wanted: Item, others: Collection[AgendaItem]) -> None:
    if wanted.kind is ItemKind.OTHER_BUSINESS and any(one.kind is ItemKind.OTHER_BUSINESS for one in others):
        raise Invalid(N_("Any other business is on the agenda already."), code="other_business", field="kind")
    if not 0 <= wanted.minutes <= rules.MOST_MINUTES:
        raise Invalid(N_("Write the planned minutes, up to 600."), code="minutes", field="minutes")
    item.kind, item.minutes, item.needs_papers = wanted.kind, wanted.minutes, wanted.needs_papers
    item.title = typed(wanted.title, field="title", limit=rules.TITLE_LIMIT)
    item.details = typed(wanted.details, field="details", limit=rules.TEXT_LIMIT, required=False)
    item.rapporteur = typed(wanted.rapporteur, field="rapporteur", limit=rules.LINE_LIMIT, required=False)
    item.legal_basis = typed(wanted.legal_basis, field="legal_basis", limit=rules.TITLE_LIMIT, required=False)


def _put_actions(sitting: Sitting, item: AgendaItem, wanted: Collection[int]) -> None:
    """Only what is on the table of the conference."""
    table = sa.select(ConferenceAction.action_id).where(ConferenceAction.conference_id == sitting.conference_id)
    if not set(wanted) <= set(db.session.execute(table).scalars()):
        raise Invalid(N_("Choose among the actions on the table of this conference."), code="actions", field="actions")
    db.session.execute(sa.delete(AgendaItemAction).where(AgendaItemAction.item_id == item.id))
    db.session.add_all(AgendaItemAction(item_id=item.id, action_id=one) for one in sorted(set(wanted)))


def _keep_other_business_last(there: list[AgendaItem]) -> None:
    free = [one for one in there if one.notice_id is None]
    order = sorted(free, key=lambda one: (one.kind is ItemKind.OTHER_BUSINESS, one.position))
    _number(free, [one.id for one in order])


def _number(free: list[AgendaItem], order: list[int], *, first: int | None = None) -> None:
    """Give the places of these items out again; by way of negative ones, so that no two ever share one."""
    if not free:
        return
    start = first or min(one.position for one in free)
    by_id = {one.id: one for one in free}
    for place, item_id in enumerate(order, start):
        by_id[item_id].position = -place
    db.session.flush()
    for one in free:
        one.position = -one.position
    db.session.flush()
