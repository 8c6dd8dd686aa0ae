"""Indications as everybody may see them: who said what once the round is closed, or at once where that was said.

Statute art. 32 c.7: they bind nobody, and bodies and residents are never added to each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.conferences.table import counting, there
from portal.conferences.table.counting import Counts
from portal.conferences.table.models import Indication, IndicationRound
from portal.conferences.table.rules import Stance
from portal.db import db
from portal.plan.models import Action


@dataclass(frozen=True)
class Tile:
    """A body and what it said, if that can be seen."""

    name: str
    stance: Stance | None


@dataclass(frozen=True)
class Round:
    """One question to the bodies about an action."""

    id: int
    action_code: str
    action_title: str
    question: str
    opened_at: datetime
    closed_at: datetime | None
    answered: int
    asked: int
    tiles: tuple[Tile, ...]
    counts: Counts | None  # nothing while it cannot be seen

    @property
    def visible(self) -> bool:
        """True once everybody may see who said what."""
        return self.counts is not None


_ROUNDS: Any = sa.select(IndicationRound, Action.code, Action.title).join(
    Action, Action.id == IndicationRound.action_id
)


def rounds(sitting_id: int, now: datetime) -> list[Round]:
    """Those of a sitting, the latest first."""
    query = _ROUNDS.where(IndicationRound.sitting_id == sitting_id).order_by(IndicationRound.id.desc())
    return [_round(*row, now=now) for row in db.session.execute(query)]


def round_shown(round_id: int, now: datetime) -> Round | None:
    """One of them."""
    row = db.session.execute(_ROUNDS.where(IndicationRound.id == round_id)).one_or_none()
    return _round(*row, now=now) if row else None


def _round(row: IndicationRound, code: str, title: str, *, now: datetime) -> Round:
    standing = db.session.execute(
        sa.select(Indication.seat_id, Indication.stance).where(
            Indication.round_id == row.id, Indication.replaced_at.is_(None)
        )
    )
    said: dict[int, Stance] = {seat_id: stance for seat_id, stance in standing}  # noqa: C416
    seats = there.entitled(row.sitting_id, row.closed_at or now)
    visible = row.closed_at is not None or row.visible_at_once
    counts = counting.count(there.answers(seats, said))
    return Round(
        id=row.id,
        action_code=code,
        action_title=title,
        question=row.question,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        answered=len(said),
        asked=counts.asked.bodies,
        tiles=tuple(Tile(seat.name, said.get(seat.seat_id) if visible else None) for seat in seats),
        counts=counts if visible else None,
    )
