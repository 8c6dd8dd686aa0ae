"""Write down what a verb did, in the verb's own transaction."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from portal.db import db, upsert
from portal.journal import bell
from portal.journal.models import GENESIS, Entry, Stream, Unheard
from portal.kernel.actor import Actor
from portal.kernel.events import Event

# Written with every act: statements built once, on the tables themselves.
_streams: Any = Stream.__table__
_entries: Any = Entry.__table__
_unheard: Any = Unheard.__table__
_LOCK = sa.select(Stream.head_seq, Stream.head_hash).where(Stream.name == sa.bindparam("stream")).with_for_update()
_APPEND = sa.insert(_entries).returning(_entries.c.id)
_UNHEARD = sa.insert(_unheard)
_ADVANCE = sa.update(_streams).where(_streams.c.name == sa.bindparam("stream"))
_COLUMNS = [column.name for column in _entries.columns if column.name != "id"]


def record(event: Event, *, actor: Actor, now: datetime) -> Entry:
    """Append the event to its stream under the stream's lock and return the entry."""
    session = db.session()
    if not session.info.get("atomic"):
        raise RuntimeError("record() belongs inside a verb")
    session.flush()
    stream = event.stream
    head_seq, head_hash = _lock(stream)
    entry = Entry(
        stream=stream,
        seq=head_seq + 1,
        kind=event.kind,
        facts=event.facts(),
        audience=event.AUDIENCE.value,
        person_id=actor.person_id,
        mandate_id=actor.acting.mandate_id if actor.acting else None,
        at=now.astimezone(UTC),
        previous=head_hash,
    )
    entry.hash = entry.computed_hash()
    values = {name: getattr(entry, name) for name in _COLUMNS}
    entry.id = session.execute(_APPEND, values).scalar_one()
    bell.pull(session)
    session.execute(_ADVANCE.values(head_seq=entry.seq, head_hash=entry.hash), {"stream": stream})
    session.execute(_UNHEARD, {"entry_id": entry.id})
    return entry


def _lock(name: str) -> tuple[int, str]:
    found = _head(name)
    if found is None:
        db.session.execute(upsert(Stream).values(name=name, head_seq=0, head_hash=GENESIS).on_conflict_do_nothing())
        found = _head(name)
    assert found is not None
    return found


def _head(name: str) -> tuple[int, str] | None:
    row: Any = db.session.execute(_LOCK, {"stream": name}).one_or_none()
    return (row.head_seq, row.head_hash) if row else None
