"""The search over many remarks: each question next to one bare indexed query for as many rows."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench import inside
from bench.city import Made
from bench.report import Row
from portal.comments import consultation_queries
from portal.db import db, dialect
from portal.kernel.actor import Actor
from portal.search import find, reindex
from portal.search.asking import asked
from portal.search.queries import Narrowed

ROUNDS = 15
QUESTIONS = (  # each with how many remarks hold it, out of a thousand
    ("particella P437", "a word that one remark in a thousand holds"),
    ("particella P437 tramvia", "three words, one of them rare, that no remark holds together"),
    ("depuratore", "a word that one remark in ten holds"),
    ("mercato manutenzione risorse", "three words, two of them in every remark"),
    ('"chiarire chi cura la manutenzione"', "a phrase that almost every text holds"),
)
_BARE = "SELECT id, number, observation, reasons FROM comment WHERE action_id = {} ORDER BY number LIMIT 20"


def rows(made: Made, remarks: int) -> Iterator[Row]:
    """Index everything, then ask."""
    began = _clock()
    report = reindex.reindex()
    took = _clock() - began
    yield Row(f"index of {report.documents:,} documents made anew", "s", took, None)
    yield Row("index, each document", "ms", 1000 * took / report.documents, None)
    if dialect() == "postgresql":
        _analyse()
    bare = _median(lambda: _bare(made))
    yield Row("bare indexed query for 20 remarks", "ms", 1000 * bare, None)
    for question, words in QUESTIONS:
        spent = _median(lambda question=question: _found(question))  # type: ignore[misc]
        with inside.statements() as seen:
            found = _found(question)
        told = f"search over {remarks:,} remarks, {words}: {found.total:,}{'+' if found.capped else ''} found"
        yield Row(f"{told} ({1000 * spent:.1f} ms, {len(seen)} SQL)", "bare queries", spent / bare, None)


def _clock() -> float:
    """Processor time where the database is in this process, whatever else the machine does; time where it is not."""
    return time.process_time() if dialect() == "sqlite" else time.perf_counter()


def _analyse() -> None:
    """What the server does by itself within a minute: so many new rows are counted before the first question."""
    db.session.rollback()
    with db.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")


def _bare(made: Made) -> list[Any]:
    return list(db.session.connection().exec_driver_sql(_BARE.format(made.action_ids[0])))


def _found(question: str) -> find.Found:
    editions = consultation_queries.shelf().editions
    narrowed = Narrowed(tuple(edition.version_id for edition in editions))
    return find.find(Actor.anonymous(), asked(question), narrowed, editions)


def _median(work: Callable[[], Any]) -> float:
    """Of several rounds, each as a request would begin it."""
    times = []
    for _ in range(ROUNDS):
        db.session.rollback()
        before = _clock()
        work()
        times.append(_clock() - before)
    return statistics.median(times)
