"""Where a vote can be taken: items that expect an opinion, in sittings of this Forum that are open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.conferences.models import AgendaItem, Conference, Sitting, SittingCall
from portal.conferences.rules import ItemKind, Organ, SittingState
from portal.db import db

HELD = frozenset({SittingState.IN_SESSION, SittingState.SUSPENDED})


@dataclass(frozen=True)
class ItemChoice:
    """An announced item under which a vote can be taken."""

    sitting_id: int
    sitting: str
    item_id: int
    position: int
    title: str
    starts_at: datetime


def items(organ: Organ) -> list[ItemChoice]:
    """The next sittings first."""
    first = sa.and_(SittingCall.sitting_id == Sitting.id, SittingCall.number == 1)
    rows = db.session.execute(
        sa.select(
            Sitting.id, Sitting.title, AgendaItem.id, AgendaItem.position, AgendaItem.title, SittingCall.starts_at
        )
        .join(Conference, Conference.id == Sitting.conference_id)
        .join(AgendaItem, AgendaItem.sitting_id == Sitting.id)
        .join(SittingCall, first)
        .where(Conference.organ == organ, AgendaItem.kind == ItemKind.OPINION, AgendaItem.notice_id.is_not(None))
        .where(Sitting.state.in_(HELD))
        .order_by(SittingCall.starts_at, AgendaItem.position)
        .limit(50)
    )
    return [ItemChoice(*row) for row in rows]
