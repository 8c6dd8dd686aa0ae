"""Take back an act of a moment ago: another entry says so, nothing is erased from the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.conferences import locked
from portal.conferences.floor.inverses import INVERSES as OF_THE_FLOOR
from portal.conferences.hall import acts, quorum
from portal.conferences.hall.events import ActUndone
from portal.conferences.hall.inverses import INVERSES as OF_THE_HALL
from portal.conferences.hall.models import HallAct
from portal.conferences.screen.inverses import INVERSES as OF_THE_SCREENS
from portal.conferences.table.inverses import INVERSES as OF_THE_TABLE
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Gone, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_

INVERSES: dict[str, Callable[[dict[str, Any], datetime], None]] = {
    **OF_THE_HALL,
    **OF_THE_FLOOR,
    **OF_THE_TABLE,
    **OF_THE_SCREENS,
}


@atomic()
def undo(actor: Actor, sitting_id: int, act_id: int, *, now: datetime) -> None:
    """Within ten seconds, and only while nothing was built upon it."""
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    row = _act(sitting_id, act_id)
    if row.undone_at is not None:
        raise Conflict(N_("This has been taken back already."), code="undone")
    if now > row.done_at + acts.WINDOW:
        raise Gone(N_("More than ten seconds have passed: do the opposite instead."), code="too_late")
    acts.check_not_over(row)
    if acts.followed(row):
        raise Conflict(N_("Something has been done since: take that back first."), code="followed")

    INVERSES[row.kind](row.before, now)
    row.undone_at = now
    db.session.flush()
    for seq in range(row.before.get(acts.FIRST) or row.seq, row.seq + 1):
        record(ActUndone(sitting_id, seq, row.kind), actor=actor, now=now)
    quorum.tell(sitting, actor, now)


def _act(sitting_id: int, act_id: int) -> HallAct:
    row = db.session.scalars(
        sa.select(HallAct)
        .where(HallAct.id == act_id, HallAct.sitting_id == sitting_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFound()
    return row
