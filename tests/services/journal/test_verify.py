"""Whoever touches the record is found, and the place is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.db import atomic, db
from portal.journal.models import Entry, Stream, Unheard
from portal.journal.record import record
from portal.journal.verify import heads, verify
from portal.kernel.actor import Actor
from portal.kernel.events import KINDS, Event
from tests.factories import NOW


@dataclass(frozen=True)
class Noted(Event):
    """A number was noted (only in these tests)."""

    STREAM = "notes:{book}"
    book: int
    number: int


KINDS.pop("Noted")


@atomic()
def note(book: int, number: int) -> None:
    record(Noted(book, number), actor=Actor(person_id=1), now=NOW + timedelta(seconds=number))


@pytest.fixture(autouse=True)
def _two_books() -> None:
    for number in range(1, 6):
        note(1, number)
    note(2, 1)


@atomic()
def touch(*statements: sa.Executable) -> None:
    db.session.execute(sa.delete(Unheard))
    for statement in statements:
        db.session.execute(statement)


def at(seq: int) -> sa.ColumnElement[bool]:
    return sa.and_(Entry.stream == "notes:1", Entry.seq == seq)


def swap(one: int, other: int) -> list[sa.Executable]:
    return [
        sa.update(Entry).where(at(one)).values(seq=99),
        sa.update(Entry).where(at(other)).values(seq=one),
        sa.update(Entry).where(at(99)).values(seq=other),
    ]


def test_an_untouched_record_holds_and_numbers_have_no_gaps() -> None:
    assert verify() == []
    seqs = db.session.execute(sa.select(Entry.seq).where(Entry.stream == "notes:1").order_by(Entry.id)).scalars()
    assert list(seqs) == [1, 2, 3, 4, 5]


TAMPERINGS: list[tuple[str, Callable[[], list[sa.Executable]], int, str]] = [
    ("facts", lambda: [sa.update(Entry).where(at(3)).values(facts={"book": 1, "number": 4})], 3, "edited"),
    ("instant", lambda: [sa.update(Entry).where(at(3)).values(at=NOW)], 3, "edited"),
    ("person", lambda: [sa.update(Entry).where(at(3)).values(person_id=2)], 3, "edited"),
    ("removed", lambda: [sa.delete(Entry).where(at(3))], 3, "removed"),
    ("reordered", lambda: swap(2, 3), 2, "reordered"),
]


@pytest.mark.parametrize(("_name", "tamper", "seq", "word"), TAMPERINGS, ids=[t[0] for t in TAMPERINGS])
def test_a_touched_entry_is_found_where_it_stands(
    _name: str, tamper: Callable[[], list[sa.Executable]], seq: int, word: str
) -> None:
    touch(*tamper())
    faults = verify()
    assert any(f.stream == "notes:1" and f.seq == seq and word in str(f.what) for f in faults), faults
    assert all(f.stream == "notes:1" for f in faults)


def test_an_inserted_entry_is_found_even_when_its_own_hash_is_right() -> None:
    touch(*(sa.update(Entry).where(at(n)).values(seq=n + 1) for n in (5, 4)))
    third = db.session.execute(sa.select(Entry).where(at(3))).scalar_one()
    false = Entry(
        stream="notes:1", seq=4, kind="Noted", facts={"book": 1, "number": 9}, audience="staff", at=NOW,
        person_id=None, mandate_id=None, previous=third.hash, hash="",
    )  # fmt: skip
    false.hash = false.computed_hash()

    @atomic()
    def insert() -> None:
        db.session.add(false)

    insert()
    assert {f.seq for f in verify()} >= {5}


def test_a_cut_tail_is_found_with_the_head_kept_elsewhere() -> None:
    kept = heads()
    fourth = db.session.execute(sa.select(Entry.hash).where(at(4))).scalar_one()
    head = sa.update(Stream).where(Stream.name == "notes:1").values(head_seq=4, head_hash=fourth)
    touch(sa.delete(Entry).where(at(5)), head)
    assert verify() == []
    assert [(f.stream, f.seq) for f in verify(kept)] == [("notes:1", 5)]


def test_a_chain_written_anew_is_found_with_the_head_kept_elsewhere() -> None:
    kept = heads()
    rows = db.session.execute(sa.select(Entry).where(Entry.stream == "notes:1").order_by(Entry.seq)).scalars().all()

    @atomic()
    def rewrite() -> None:
        previous = rows[0].previous
        for row in rows:
            entry = db.session.merge(row)
            entry.person_id, entry.previous = 2, previous
            entry.hash = previous = entry.computed_hash()
        db.session.execute(sa.update(Stream).where(Stream.name == "notes:1").values(head_hash=previous))

    rewrite()
    assert verify() == []
    assert any("rewritten" in str(f.what) for f in verify(kept))


def test_a_whole_stream_that_vanished_is_found_with_the_head_kept_elsewhere() -> None:
    kept = heads()
    touch(sa.delete(Entry).where(Entry.stream == "notes:2"), sa.delete(Stream).where(Stream.name == "notes:2"))
    assert [f.stream for f in verify(kept)] == ["notes:2"]


def test_a_failed_verb_leaves_no_entry() -> None:
    @atomic()
    def fail() -> None:
        record(Noted(1, 6), actor=Actor(), now=NOW)
        raise RuntimeError("afterwards")

    with pytest.raises(RuntimeError):
        fail()
    assert verify() == []
    note(1, 7)
    assert verify() == []


def test_nothing_is_recorded_outside_a_verb() -> None:
    with pytest.raises(RuntimeError, match="inside a verb"):
        record(Noted(1, 8), actor=Actor(), now=NOW)
