"""What the drafting office costs: spreadsheets, the comparison of remarks, counts and figures."""

from __future__ import annotations

import random
import time
import tracemalloc
from collections.abc import Callable, Iterator

import sqlalchemy as sa

from bench.report import Row
from portal.comments.models import Comment
from portal.db import atomic, db
from portal.demo import content
from portal.drafting import compare
from portal.drafting.counting import counts
from portal.drafting.inbox import Filters
from portal.drafting.twins import how_many_wait
from portal.kernel import clock
from portal.kernel.actor import Actor
from portal.records.breakdown import breakdown
from portal.records.columns import Format, Profile
from portal.records.export import export, sheet


def _timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _sheet(form: Format) -> int:
    with sheet(Actor.system(), form, Profile.RESERVED, demonstration=False, now=clock.now()) as file:
        return file.seek(0, 2)


def _csv() -> int:
    pieces = export(Actor.system(), Format.CSV, Profile.RESERVED, demonstration=False, now=clock.now())
    return sum(len(piece) for piece in pieces)


def sheets(remarks: int) -> Iterator[Row]:
    """The reserved profile, the widest, against its CSV, with the size of the file and the memory it takes."""
    bare = _timed(_csv)
    for form, goal in ((Format.XLSX, 15), (Format.ODS, 5)):
        spent = _timed(lambda form=form: _sheet(form))  # type: ignore[misc]
        tracemalloc.start()
        size = _sheet(form)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        words = f"{form.value.upper()} of {remarks:,} remarks, 41 columns ({spent:.1f} s, {size / 2**20:.1f} MB)"
        yield Row(words, "times its CSV", spent / bare, goal)
        yield Row(f"{form.value.upper()}, peak memory", "MB", peak / 2**20, 30)


@atomic()
def _vary() -> None:
    """Three letters that a third of the bodies sends with changes of its own, the others write by themselves."""
    chance = random.Random(2027)
    own = [remark["observation"] for remark in content.items("remarks.json", "remarks")]
    words = sorted({word for text in own for word in text.split()})
    letters = [" ".join(chance.choices(words, k=60)) for _ in range(3)]
    rows = []
    for id_ in db.session.scalars(sa.select(Comment.id)):
        text = chance.choice(letters).split() if chance.random() < 1 / 3 else chance.choices(words, k=60)
        text[chance.randrange(len(text))] = chance.choice(words)
        rows.append({"id": id_, "observation": " ".join(text), "reasons": " ".join(chance.choices(words, k=12))})
    db.session.execute(sa.update(Comment), rows)


def comparison(remarks: int) -> Iterator[Row]:
    """Every remark against those before it on its place."""
    _vary()

    def all_of_them() -> None:
        while compare.compare(now=clock.now(), limit=200):
            pass

    spent = _timed(all_of_them)
    words = f"comparing {remarks:,} remarks ({spent:.1f} s, {how_many_wait():,} pairs put forward)"
    yield Row(words, "ms each", 1000 * spent / remarks, 10)


def figures(remarks: int, consultation_id: int, snapshot_id: int) -> Iterator[Row]:
    """All tables of a consultation, and the counts above the inbox."""
    spent = _timed(lambda: breakdown(consultation_id, snapshot_id))
    yield Row(f"figures of {remarks:,} remarks, once for each change", "ms", 1000 * spent, 1000)
    above = _timed(lambda: counts(Actor.system(), Filters()))
    yield Row(f"counts above the inbox, {remarks:,} remarks", "ms", 1000 * above, 500)
