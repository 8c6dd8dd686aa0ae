"""Acts that can be taken back for ten seconds: what was done, and what is needed to go back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from portal.conferences.hall.models import HallAct, Held
from portal.conferences.hall.rules import UNDO_SECONDS
from portal.db import db
from portal.journal import hearing
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_

WINDOW = timedelta(seconds=UNDO_SECONDS)
FIRST, OF = "first", "of"  # beside what a slice keeps: the act's first entry, and the thing it was about
FLOOR = "floor"  # in what a slice keeps: who spoke or waited, where an act took the floor away
OUTLIVES = "screen"  # what halls see goes on changing when a call is over


@dataclass(frozen=True)
class Done:
    """An act of a moment ago."""

    id: int
    kind: str
    before: dict[str, Any]
    done_at: datetime
    until: datetime
    person_id: int | None


def done(
    sitting_id: int,
    kind: str,
    before: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    *,
    first: int | None = None,
    of: int | None = None,
) -> int:
    """Keep how to go back; called at the end of a verb, after its entries. Returns the act's id.

    `kind` names an inverse, `group.what`. `before` is plain data. `first` is the number of the first entry that the act
    left, where it left more than one; `of` is the row it was about, where acts of one group do not follow each other.
    """
    seq = hearing.head(f"sitting:{sitting_id}")
    kept = {**before, FIRST: first or seq, OF: of}
    row = HallAct(
        sitting_id=sitting_id, seq=seq, kind=kind, before=kept, done_at=now, person_id=actor.person_id
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row.id


def next_entry(sitting_id: int) -> int:
    """The number that the next entry of the sitting will have, under its lock."""
    return hearing.head(f"sitting:{sitting_id}") + 1


def last(actor: Actor, sitting_id: int, now: datetime) -> Done | None:
    """The latest act that can still be taken back, for whoever conducts."""
    require(actor, Permission.SITTING_WATCH)
    row = db.session.scalars(
        sa.select(HallAct)
        .where(HallAct.sitting_id == sitting_id, HallAct.undone_at.is_(None), HallAct.done_at >= now - WINDOW)
        .order_by(HallAct.seq.desc())
        .limit(1)
    ).first()
    if row is None or _is_over(row):
        return None
    return Done(row.id, row.kind, row.before, row.done_at, row.done_at + WINDOW, row.person_id)


def followed(row: HallAct) -> bool:
    """True if an act that was done since stands upon it: one of its group about the same thing, or one that took the
    floor away from whoever this one gave it to.
    """
    group = _group(row)
    later = db.session.scalars(
        sa.select(HallAct).where(
            HallAct.sitting_id == row.sitting_id, HallAct.seq > row.seq, HallAct.undone_at.is_(None)
        )
    )
    return any(
        (_group(one) == group and one.before.get(OF) == row.before.get(OF))
        or (group in {"speech", "request"} and bool(one.before.get(FLOOR)))
        for one in later
    )


def check_not_over(row: HallAct) -> None:
    """What belongs to a call that has ended since stays as it was when it ended: the minutes begin there."""
    if _is_over(row):
        raise Conflict(N_("Things have gone on since: this cannot be taken back any more."), code="moved_on")


def _is_over(row: HallAct) -> bool:
    if _group(row) == OUTLIVES:
        return False
    ended = sa.select(Held.call).where(Held.sitting_id == row.sitting_id, Held.ended_at >= row.done_at)
    return db.session.scalar(ended.limit(1)) is not None


def _group(row: HallAct) -> str:
    return row.kind.partition(".")[0]
