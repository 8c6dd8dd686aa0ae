"""What is done once for each name, however often, late or twice at a time the worker runs."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from portal.db import atomic, db, upsert
from portal.jobs.models import Timer

KEPT = timedelta(days=400)


def is_done(name: str) -> bool:
    """True if it was done; asked before anything is taken for writing."""
    return db.session.execute(sa.select(Timer.name).where(Timer.name == name)).first() is not None


@atomic()
def once(name: str, *, now: datetime) -> bool:
    """True for the first who asks, in the transaction that does the thing: undone with it if it fails."""
    mine = upsert(Timer).values(name=name, last_at=now).on_conflict_do_nothing().returning(Timer.name)
    if db.session.execute(mine).first() is None:
        return False
    old = sa.delete(Timer).where(Timer.last_at < now - KEPT)
    db.session.execute(old.execution_options(synchronize_session=False))
    return True
