"""What was asked of the desk is of use on the day: it is no part of the record, and is not kept with it."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.conferences.follow.help import OVER
from portal.conferences.follow.models import HelpLine
from portal.conferences.models import Sitting
from portal.db import atomic, db

KEPT = timedelta(days=30)


@atomic()
def forget_help(*, now: datetime) -> int:
    """Delete the lines of sittings that are long over, and those of whoever was erased; return how many."""
    over = sa.select(Sitting.id).where(Sitting.state.in_(OVER))
    erased = sa.select(Person.id).where(Person.erased_at.is_not(None))
    old = sa.and_(HelpLine.asked_at < now - KEPT, HelpLine.sitting_id.in_(over))
    gone = sa.delete(HelpLine).where(sa.or_(old, HelpLine.person_id.in_(erased)))
    done: sa.CursorResult[None] = db.session.execute(  # type: ignore[assignment]
        gone.execution_options(synchronize_session=False)
    )
    return int(done.rowcount)
