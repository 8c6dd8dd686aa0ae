"""Reading minutes at the desk: calls that were held, wordings of a section, items under which minutes are approved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.conferences.hall.models import Held, ItemCourse
from portal.conferences.minutes import rules
from portal.conferences.minutes.models import Minutes, MinutesRevision, MinutesSection, MinutesSignature
from portal.conferences.minutes.queries import MinutesPage, reads_drafts
from portal.conferences.minutes.rules import MinutesState
from portal.conferences.models import AgendaItem, Conference, Sitting
from portal.conferences.queries import visible
from portal.conferences.rules import Organ
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import Forbidden, NotFound
from portal.kernel.permissions import Permission, require


@dataclass(frozen=True)
class HeldRow:
    """A call that was held, with its minutes if they were drawn up."""

    sitting: int
    sitting_title: str
    organ: Organ
    call: int
    deserted: bool
    ended_at: datetime
    minutes_id: int | None
    number: str
    state: MinutesState | None
    published_at: datetime | None
    signatures: int


@dataclass(frozen=True)
class RevisionRow:
    """A wording of a section, and who wrote it; nobody if it was generated."""

    revision: int
    text: str
    name: str | None
    at: datetime


@dataclass(frozen=True)
class ItemChoice:
    """An item of a later sitting under which minutes can be approved."""

    sitting: int
    item: int
    sitting_title: str
    number: int
    title: str


def held(actor: Actor) -> list[HeldRow]:
    """Calls that have ended of sittings the reader may see, latest first, with what became of their minutes."""
    if not reads_drafts(actor):
        raise Forbidden()
    signed = sa.select(sa.func.count()).where(MinutesSignature.minutes_id == Minutes.id).scalar_subquery()
    rows = db.session.execute(
        sa.select(Held, Sitting.title, Conference.organ, Minutes, signed)
        .join(Sitting, Sitting.id == Held.sitting_id)
        .join(Conference, Conference.id == Sitting.conference_id)
        .outerjoin(Minutes, sa.and_(Minutes.sitting_id == Held.sitting_id, Minutes.call == Held.call))
        .where(Held.ended_at.is_not(None), visible(actor))
        .order_by(Held.ended_at.desc())
        .limit(200)
    )
    return [_held(*row) for row in rows]


def _held(row: Held, title: str, organ: Organ, found: Minutes | None, signed: int) -> HeldRow:
    assert row.ended_at is not None and row.outcome is not None
    return HeldRow(
        sitting=row.sitting_id,
        sitting_title=title,
        organ=organ,
        call=row.call,
        deserted=row.outcome.value == "deserted",
        ended_at=row.ended_at,
        minutes_id=found.id if found else None,
        number=f"{found.number}/{found.year}" if found else "",
        state=found.state if found else None,
        published_at=found.published_at if found else None,
        signatures=signed,
    )


def revisions(actor: Actor, minutes_id: int, key: str) -> list[RevisionRow]:
    """The wordings of a section, newest first: of what one hand wrote within some minutes the last."""
    if not reads_drafts(actor):
        raise NotFound()
    rows = db.session.execute(
        sa.select(MinutesRevision.revision, MinutesRevision.text, Person.name, MinutesRevision.at)
        .join(MinutesSection, MinutesSection.id == MinutesRevision.section_id)
        .outerjoin(Person, Person.id == MinutesRevision.person_id)
        .where(MinutesSection.minutes_id == minutes_id, MinutesSection.key == key)
        .order_by(MinutesRevision.revision.desc())
        .limit(500)
    )
    shown: list[RevisionRow] = []
    for row in rows:
        one = RevisionRow(*row)
        if shown and one.name and shown[-1].name == one.name and shown[-1].at - one.at < rules.SAME_HAND:
            continue
        shown.append(one)
    return shown


def later_items(actor: Actor, page: MinutesPage) -> list[ItemChoice]:
    """Items that later sittings of the same organ have taken up."""
    require(actor, Permission.MINUTES_WRITE)
    own = sa.select(Held.ended_at).where(Held.sitting_id == page.sitting, Held.call == page.call).scalar_subquery()
    rows = db.session.execute(
        sa.select(Sitting.id, AgendaItem.id, Sitting.title, AgendaItem.position, AgendaItem.title)
        .join(AgendaItem, AgendaItem.sitting_id == Sitting.id)
        .join(ItemCourse, ItemCourse.item_id == AgendaItem.id)
        .join(Conference, Conference.id == Sitting.conference_id)
        .join(Held, Held.sitting_id == Sitting.id)
        .where(Conference.organ == page.organ, Sitting.id != page.sitting, Held.opened_at >= own)
        .where(ItemCourse.state.in_(("in_discussion", "concluded")))
        .order_by(Sitting.id.desc(), AgendaItem.position)
        .limit(100)
    )
    return [ItemChoice(*row) for row in rows]
