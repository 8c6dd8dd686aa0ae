"""Walk every chain and say where it was touched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from portal.db import db
from portal.journal.models import GENESIS, Entry, Stream
from portal.kernel.words import N_, Words


@dataclass(frozen=True)
class Fault:
    """One place where the record does not hold; `seq` 0 means the stream as a whole."""

    stream: str
    seq: int
    what: Words


@dataclass(frozen=True)
class Head:
    """How long a chain is and what its last hash is: kept elsewhere, it shows a cut tail."""

    stream: str
    seq: int
    hash: str


def heads() -> list[Head]:
    """The head of every stream, in order of name."""
    rows = db.session.execute(sa.select(Stream.name, Stream.head_seq, Stream.head_hash).order_by(Stream.name))
    return [Head(*row) for row in rows]


def verify(kept: Iterable[Head] = ()) -> list[Fault]:
    """All faults of all streams, against themselves and against heads kept elsewhere; empty if the record holds."""
    faults: list[Fault] = []
    known = {head.stream: head for head in kept}
    stored = {head.stream: head for head in heads()}
    for name in sorted(stored.keys() | known.keys()):
        faults += _walk(name, stored.get(name), known.get(name))
    faults += _orphans(stored)
    return faults


def _entries(stream: str) -> Iterator[Entry]:
    query = sa.select(Entry).where(Entry.stream == stream).order_by(Entry.seq, Entry.id)
    yield from db.session.execute(query.execution_options(yield_per=500)).scalars()


def _walk(name: str, head: Head | None, kept: Head | None) -> Iterator[Fault]:
    seq, previous = 0, GENESIS
    kept_hash = None
    for entry in _entries(name):
        if entry.seq != seq + 1:
            yield _fault(name, seq + 1, N_("removed: after %(seq)d comes %(next)d"), seq=seq, next=entry.seq)
        elif entry.previous != previous:
            yield _fault(name, entry.seq, N_("inserted or reordered: it does not follow the entry before it"))
        if entry.computed_hash() != entry.hash:
            yield _fault(name, entry.seq, N_("edited: the content does not give the hash written beside it"))
        seq, previous = entry.seq, entry.hash
        if kept and entry.seq == kept.seq:
            kept_hash = entry.hash
    if head and (head.seq, head.hash) != (seq, previous):
        words = N_("the head says %(said)d entries and the chain has %(found)d, or its last hash differs")
        yield _fault(name, seq, words, said=head.seq, found=seq)
    if kept and kept.seq > seq:
        words = N_("cut: the kept head had %(kept)d entries, now there are %(found)d")
        yield _fault(name, seq + 1, words, kept=kept.seq, found=seq)
    elif kept and kept.seq and kept_hash != kept.hash:
        yield _fault(name, kept.seq, N_("rewritten: the entry at the kept head has another hash"))


def _fault(stream: str, at: int, message: str, **params: int) -> Fault:
    return Fault(stream, at, Words(message, params))


def _orphans(stored: Mapping[str, Head]) -> Iterator[Fault]:
    names = db.session.execute(sa.select(Entry.stream).distinct()).scalars()
    for name in names:
        if name not in stored:
            yield _fault(name, 0, N_("the stream has entries and no head"))
