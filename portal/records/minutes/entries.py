"""The entries of one held call, less what was taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.db import db
from portal.journal.models import Entry
from portal.kernel.errors import Conflict
from portal.kernel.words import N_

ENDS = frozenset({"SittingClosed", "SittingDeserted"})


@dataclass(frozen=True)
class Told:
    """An entry of the stream."""

    seq: int
    kind: str
    facts: dict[str, Any]
    at: datetime
    hash: str


@dataclass(frozen=True)
class Story:
    """What stands of a call, in order, and the entry that ended it."""

    entries: tuple[Told, ...]
    end: Told
    head: Told


def story(sitting_id: int, call: int) -> Story:
    """From the end of the call before to the end of this one; a call that is still going on has no minutes yet."""
    query = sa.select(Entry.seq, Entry.kind, Entry.facts, Entry.at, Entry.hash)
    rows = db.session.execute(query.where(Entry.stream == f"sitting:{sitting_id}").order_by(Entry.seq))
    entries = [Told(*row) for row in rows]
    standing = without_undone(entries)
    ends = {one.facts["call"]: one for one in standing if one.kind in ENDS}
    end = ends.get(call)
    if end is None:
        raise Conflict(N_("The minutes are drawn up when the sitting is closed."), code="not_closed")
    before = max((one.seq for number, one in ends.items() if number < call), default=0)
    after = next((one.seq for one in entries if one.seq > end.seq and one.at > end.at), entries[-1].seq + 1)
    kept = tuple(one for one in standing if before < one.seq < after)
    return Story(kept, end, next(one for one in reversed(entries) if one.seq < after))


def without_undone(entries: Sequence[Told]) -> list[Told]:
    """Both halves of what was taken back are left out: what was done, and that it was undone."""
    undoing = {one.seq: int(one.facts["undone_seq"]) for one in entries if one.kind == "ActUndone"}
    gone = {*undoing, *undoing.values()}
    return [one for one in entries if one.seq not in gone]
