"""Reading the screens of the halls: what each shows, and which one a secret address opens."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from portal.comments.models import Comment
from portal.conferences.hall.models import HallScreen, Held
from portal.conferences.hall.rules import Shows, Theme
from portal.conferences.models import Sitting
from portal.conferences.rules import SittingState
from portal.db import db
from portal.kernel.errors import NotFound

OVER = frozenset({SittingState.CLOSED, SittingState.DESERTED, SittingState.CANCELLED})
AFTERWARDS = timedelta(hours=12)  # the hall is cleared; whoever finds the address in a computer's history opens nothing
FIRST = 1  # every sitting has one hall, whether somebody has set it up or not


@dataclass(frozen=True)
class Screen:
    """A hall's screen as it was told; what it follows by itself is not decided here."""

    sitting: int
    hall: int
    label: str = ""
    theme: Theme = Theme.LIGHT
    follows: bool = True
    shows: Shows = Shows.WAITING
    item_id: int | None = None
    action_id: int | None = None
    paragraph: str = ""
    remark: int | None = None  # the public number
    poll_id: int | None = None
    round_id: int | None = None
    message: str = ""
    has_address: bool = False


_COLUMNS: tuple[Any, ...] = (
    HallScreen.sitting_id, HallScreen.hall, HallScreen.label, HallScreen.theme, HallScreen.follows, HallScreen.shows,
    HallScreen.item_id, HallScreen.action_id, HallScreen.paragraph, Comment.number, HallScreen.poll_id,
    HallScreen.round_id, HallScreen.message, HallScreen.token_hash.is_not(None),
)  # fmt: skip
_SCREENS = sa.select(*_COLUMNS).outerjoin(Comment, Comment.id == HallScreen.comment_id)


def screens(sitting_id: int) -> tuple[Screen, ...]:
    """The halls of a sitting in their order; the first one is always there."""
    rows: Any = db.session.execute(_SCREENS.where(HallScreen.sitting_id == sitting_id).order_by(HallScreen.hall))
    found = [Screen(*row) for row in rows]
    return tuple(found) if any(one.hall == FIRST for one in found) else (Screen(sitting_id, FIRST), *found)


def screen(sitting_id: int, hall: int) -> Screen:
    """The screen of one hall."""
    found = next((one for one in screens(sitting_id) if one.hall == hall), None)
    if found is None:
        raise NotFound()
    return found


def fingerprint(token: str) -> str:
    """What is kept of a secret address."""
    return hashlib.sha256(token.encode()).hexdigest()


def opened_by(token: str, now: datetime) -> tuple[int, int]:
    """The sitting and the hall that a secret address opens: until it is taken back, or the sitting is long over."""
    query = sa.select(HallScreen.sitting_id, HallScreen.hall, Sitting.state)
    query = query.join(Sitting, Sitting.id == HallScreen.sitting_id)
    row = db.session.execute(query.where(HallScreen.token_hash == fingerprint(token))).one_or_none()
    if row is None or (row.state in OVER and not _ended_since(row.sitting_id, now - AFTERWARDS)):
        raise NotFound()
    return row.sitting_id, row.hall


def _ended_since(sitting_id: int, instant: datetime) -> bool:
    ended = sa.select(Held.call).where(Held.sitting_id == sitting_id, Held.ended_at > instant)
    return db.session.scalar(ended.limit(1)) is not None
