"""Write down what a verb did, in the verb's own transaction."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

from portal.db import db, upsert
from portal.journal.models import GENESIS, Entry, Stream, Unheard
from portal.kernel.actor import Actor
from portal.kernel.events import Event


def record(event: Event, *, actor: Actor, now: datetime) -> Entry:
    """Append the event to its stream under the stream's lock and return the entry."""
    session = db.session()
    if not session.info.get("atomic"):
        raise RuntimeError("record() belongs inside a verb")
    session.flush()
    head = _lock(event.stream)
    entry = Entry(
        stream=head.name,
        seq=head.head_seq + 1,
        kind=event.kind,
        facts=event.facts(),
        audience=event.AUDIENCE.value,
        person_id=actor.person_id,
        mandate_id=actor.acting.mandate_id if actor.acting else None,
        at=now.astimezone(UTC),
        previous=head.head_hash,
    )
    entry.hash = entry.computed_hash()
    head.head_seq, head.head_hash = entry.seq, entry.hash
    session.add(entry)
    session.flush()
    session.add(Unheard(entry_id=entry.id))
    return entry


def _lock(name: str) -> Stream:
    query = sa.select(Stream).where(Stream.name == name).with_for_update()
    query = query.execution_options(populate_existing=True)
    head = db.session.execute(query).scalar_one_or_none()
    if head is None:
        db.session.execute(
            upsert(Stream).values(name=name, head_seq=0, head_hash=GENESIS).on_conflict_do_nothing()
        )
        head = db.session.execute(query).scalar_one()
    return head
