"""What somebody who writes in a sitting has before them: item, action, paragraphs, and what sending will do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.comments import places
from portal.comments.places import Spot, Text, Window
from portal.conferences.models import AgendaItem, Conference, Sitting
from portal.conferences.table.board import ItemNow, actions_of, item_now
from portal.conferences.table.make_remark import Stage
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.permissions import Permission, can


@dataclass(frozen=True)
class WriteSheet:
    """Where a remark of the sitting stands; without a window nothing can be written on this text."""

    sitting: int
    item: ItemNow
    action: tuple[int, str, str] | None  # id, code, title
    paragraphs: tuple[Text, ...]
    text: Text | None  # the paragraph it is about
    window: Window | None
    stage: Stage | None  # what sending makes of it; empty: this office writes no remarks

    @property
    def spot(self) -> Spot | None:
        """The same place as the pages of remarks know it."""
        if self.window is None:
            return None
        one = self.text
        if self.action is None or one is None:
            return Spot(self.window, code=self.action[1] if self.action else "")
        return Spot(
            self.window,
            action_id=self.action[0],
            paragraph_id=one.paragraph_id,
            code=self.action[1],
            title=self.action[2],
            paragraph_key=one.paragraph_key,
            paragraph_number=one.paragraph_number,
            paragraph_kind=one.paragraph_kind,
            paragraph_heading=one.paragraph_heading,
            text=one.text,
        )


def write_sheet(
    actor: Actor,
    sitting_id: int,
    *,
    item_id: int | None = None,
    action_id: int | None = None,
    paragraph: str = "",
    now: datetime,
) -> WriteSheet | None:
    """Of the item that is named, else of the one in discussion; None if there is none.

    An item about one action alone is about that one; an action that is not the item's is left out.
    """
    item = _item(sitting_id, item_id) if item_id else item_now(sitting_id)
    if item is None:
        return None
    only = item.actions[0] if len(item.actions) == 1 else None
    action = next((one for one in item.actions if one[0] == action_id), only)
    window = _window(sitting_id, now)
    texts = places.texts(window.version_id, action=action[1]) if window and action else []
    text = next((one for one in texts if one.paragraph_key == paragraph), None)
    return WriteSheet(sitting_id, item, action, tuple(texts), text, window, stage_of(actor, window, now))


def stage_of(actor: Actor, window: Window | None, now: datetime) -> Stage | None:
    """What sending would make of a remark of this person."""
    if window is None or not can(actor, Permission.COMMENT_DRAFT):
        return None
    if now < window.opens_at:
        return Stage.DRAFT
    return Stage.SENT if can(actor, Permission.COMMENT_SUBMIT) else Stage.READY


def _item(sitting_id: int, item_id: int) -> ItemNow | None:
    row = db.session.execute(
        sa.select(AgendaItem.id, AgendaItem.position, AgendaItem.title, AgendaItem.kind).where(
            AgendaItem.id == item_id, AgendaItem.sitting_id == sitting_id, AgendaItem.notice_id.is_not(None)
        )
    ).first()
    return ItemNow(*row, actions=actions_of(row.id)) if row else None


def _window(sitting_id: int, now: datetime) -> Window | None:
    """The consultation on the text of the conference, unless it is concluded."""
    version = db.session.scalar(
        sa.select(Conference.version_id)
        .join(Sitting, Sitting.conference_id == Conference.id)
        .where(Sitting.id == sitting_id)
    )
    return next((one for one in places.windows(now) if one.version_id == version), None)
