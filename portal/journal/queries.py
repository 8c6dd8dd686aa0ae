"""Reading the record: its streams, and the entries of one, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.db import db
from portal.journal.models import Entry, Stream


@dataclass(frozen=True)
class Chain:
    """A stream with its head and the instant of its last entry."""

    name: str
    length: int
    hash: str
    last_at: datetime | None


@dataclass(frozen=True)
class Line:
    """An entry as it stands in the record."""

    seq: int
    kind: str
    facts: dict[str, Any]
    person_id: int | None
    mandate_id: int | None
    at: datetime
    hash: str


def chains() -> list[Chain]:
    """Every stream, in order of name."""
    last = sa.and_(Entry.stream == Stream.name, Entry.seq == Stream.head_seq)
    query = sa.select(Stream.name, Stream.head_seq, Stream.head_hash, Entry.at).outerjoin(Entry, last)
    return [Chain(*row) for row in db.session.execute(query.order_by(Stream.name))]


def lines(stream: str, *, before: int | None = None, limit: int = 50) -> list[Line]:
    """Entries of one stream, newest first; `before` is the number of the last one already shown."""
    query = sa.select(
        Entry.seq, Entry.kind, Entry.facts, Entry.person_id, Entry.mandate_id, Entry.at, Entry.hash
    ).where(Entry.stream == stream)
    if before is not None:
        query = query.where(Entry.seq < before)
    return [Line(*row) for row in db.session.execute(query.order_by(Entry.seq.desc()).limit(limit))]
