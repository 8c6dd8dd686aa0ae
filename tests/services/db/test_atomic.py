"""A verb commits all of what it did, or nothing."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError, StatementError

from portal.db import Counter, Instant, atomic, db, next_numbers
from portal.kernel.offices import Office
from portal.territory.models import Body
from tests import factories


@atomic()
def count(name: str, *, fail: bool = False) -> int:
    number = next_numbers(name)[0]
    if fail:
        raise RuntimeError("after the change")
    return number


@atomic()
def outer(*, fail: bool) -> None:
    count("inner")
    if fail:
        raise RuntimeError("after the inner verb")


def value(name: str) -> int | None:
    return db.session.execute(sa.select(Counter.value).where(Counter.name == name)).scalar_one_or_none()


def test_a_failed_verb_gives_its_numbers_back() -> None:
    assert count("receipt") == 1
    with pytest.raises(RuntimeError):
        count("receipt", fail=True)
    assert count("receipt") == 2


def test_an_inner_verb_joins_the_outer_one() -> None:
    with pytest.raises(RuntimeError):
        outer(fail=True)
    assert value("inner") is None
    outer(fail=False)
    assert value("inner") == 1


def test_a_change_made_outside_a_verb_is_noticed() -> None:
    db.session.add(Counter(name="stray", value=1))
    with pytest.raises(RuntimeError, match="outside a verb"):
        count("receipt")
    db.session.rollback()


def test_several_numbers_follow_each_other() -> None:
    @atomic()
    def three() -> list[int]:
        return list(next_numbers("comment", 3))

    assert three() == [1, 2, 3]
    assert three() == [4, 5, 6]


def test_writers_at_the_same_time_wait_for_each_other(app: Flask) -> None:
    given: list[int] = []
    faults: list[BaseException] = []

    def work() -> None:
        try:
            with app.app_context():
                given.extend(count("busy") for _ in range(10))
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert sorted(given) == list(range(1, 81))


def test_an_instant_comes_back_as_the_same_instant() -> None:
    written = datetime(2027, 3, 1, 10, tzinfo=timezone(timedelta(hours=1)))
    who = factories.person()
    assert who.created_at == factories.NOW
    kind = Instant()
    stored = kind.process_bind_param(written, db.engine.dialect)
    assert kind.process_result_value(stored, db.engine.dialect) == datetime(2027, 3, 1, 9, tzinfo=UTC)


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(StatementError, match="time zone"):
        db.session.execute(sa.select(sa.bindparam("at", factories.NOW.replace(tzinfo=None), type_=Instant())))


def test_the_database_refuses_what_points_at_nothing() -> None:
    who = factories.person()
    with pytest.raises(IntegrityError):
        factories.mandate(who, Body(id=987654), Office.MAYOR)
