"""Entries that nobody has heard yet: listeners take them one by one, in one transaction with what they cause."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.db import atomic, db
from portal.journal.models import Entry, Unheard


@dataclass(frozen=True)
class Heard:
    """An entry as a listener reads it."""

    id: int
    kind: str
    facts: dict[str, Any]
    person_id: int | None
    at: datetime


def pending(kinds: Collection[str], *, after: int = 0, limit: int = 100) -> list[int]:
    """Numbers of the entries of these kinds that wait to be heard, oldest first."""
    query = sa.select(Unheard.entry_id).join(Entry, Entry.id == Unheard.entry_id)
    query = query.where(Entry.kind.in_(kinds), Unheard.entry_id > after).order_by(Unheard.entry_id).limit(limit)
    return list(db.session.execute(query).scalars())


def kinds_waiting() -> set[str]:
    """The kinds of all entries that wait."""
    query = sa.select(Entry.kind).join(Unheard, Entry.id == Unheard.entry_id).distinct()
    return set(db.session.execute(query).scalars())


@atomic()
def take(entry_id: int) -> Heard | None:
    """Remove one entry from those that wait, in the caller's transaction; None if somebody else has it."""
    query = sa.select(Unheard).where(Unheard.entry_id == entry_id).with_for_update(skip_locked=True)
    row = db.session.execute(query).scalar_one_or_none()
    if row is None:
        return None
    entry = db.session.get_one(Entry, entry_id)
    db.session.delete(row)
    db.session.flush()
    return Heard(entry.id, entry.kind, entry.facts, entry.person_id, entry.at)


@atomic()
def pass_over(kinds: Collection[str]) -> int:
    """Forget entries that concern nobody's mail; return how many there were."""
    waiting = aliased(Unheard)
    chosen = sa.select(waiting.entry_id).join(Entry, Entry.id == waiting.entry_id).where(Entry.kind.in_(kinds))
    gone = sa.delete(Unheard).where(Unheard.entry_id.in_(chosen))
    result = db.session.execute(gone.execution_options(synchronize_session=False))
    return cast("sa.CursorResult[Any]", result).rowcount
