"""Acknowledged means counted: fifty ballots against fifty closings, and one answer sent three times at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.db import db
from portal.kernel.actor import Actor
from portal.voting import cast, close, queries, results
from portal.voting.ballots import Receipt
from portal.voting.close import Closed
from portal.voting.models import Ballot
from portal.voting.rules import Choice
from portal.voting.thresholds import Share
from tests.factories import NOW
from tests.races import at_once
from tests.votes import Hall, key

VOTERS, CLOSERS = 50, 50
ANSWERS = (Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.PRESENT_NOT_VOTING)


def race(app: Flask, hall: Hall, before_closing: int) -> int:
    """All answer while all close, the closers from the moment some answers are acknowledged; returns how many were."""
    number = hall.open()
    db.session.rollback()
    enough, acknowledged = threading.Event(), threading.Semaphore(0)
    if not before_closing:
        enough.set()
    counted = iter(range(1, VOTERS + 1))
    lock = threading.Lock()

    def voter(seat: int) -> Callable[[], Any]:
        def act() -> Receipt:
            receipt = cast.cast(hall.mayors[seat], number, ANSWERS[seat % 4], key=key(), now=NOW)
            acknowledged.release()
            with lock:
                if next(counted) == before_closing:
                    enough.set()
            return receipt

        return act

    def closer() -> Closed:
        enough.wait()
        return close.close(hall.clerk, number, now=NOW)

    done = at_once(app, [*(voter(seat) for seat in range(1, VOTERS + 1)), *([closer] * CLOSERS)])
    receipts = [d for d in done if isinstance(d, Receipt)]
    closings = [d for d in done if isinstance(d, Closed)]
    assert len(closings) == 1
    db.session.rollback()

    counted_codes = {b.code for b in results.ballots(number)}
    assert counted_codes == {r.code for r in receipts}
    for choice in ANSWERS:
        seats = [r.seat for r in receipts if r.choice is choice]
        assert closings[0].outcome.tally[choice] == Share(len(seats), sum(seats))
    stored = queries.poll(Actor.anonymous(), number).outcome
    assert stored == closings[0].outcome
    return len(receipts)


def test_every_acknowledged_ballot_is_in_the_result_and_no_other(app: Flask) -> None:
    hall = Hall(range(1, VOTERS + 1))
    assert race(app, hall, before_closing=10) >= 10


@pytest.mark.prove
def test_every_acknowledged_ballot_is_in_the_result_again_and_again(app: Flask) -> None:
    hall = Hall(range(1, VOTERS + 1))
    acknowledged = [race(app, hall, before_closing=n % VOTERS) for n in range(0, 200, 5)]
    assert any(0 < n < VOTERS for n in acknowledged)


def test_three_sends_at_once_are_one_ballot_with_one_receipt(app: Flask) -> None:
    hall = Hall(range(1, 21))
    number = hall.open()
    db.session.rollback()

    def send(seat: int, sent: str) -> Callable[[], Receipt]:
        return lambda: cast.cast(hall.mayors[seat], number, Choice.YES, key=sent, now=NOW)

    keys = {seat: key() for seat in hall.mayors}
    done = at_once(app, [send(seat, sent) for seat, sent in keys.items() for _ in range(3)])
    assert all(isinstance(d, Receipt) for d in done)
    codes = {(d.seat, d.code) for d in done if isinstance(d, Receipt)}
    db.session.rollback()
    assert len(codes) == 20 == db.session.scalar(sa.select(sa.func.count()).select_from(Ballot))


def test_ten_different_answers_of_one_seat_at_once_are_ten_versions(app: Flask) -> None:
    hall = Hall((60, 40))
    number = hall.open()
    db.session.rollback()
    keys = [key() for _ in range(10)]
    acts = [lambda sent=sent: cast.cast(hall.mayors[1], number, Choice.YES, key=sent, now=NOW) for sent in keys]
    done: list[Any] = list(at_once(app, acts))
    assert sorted(d.version for d in done) == list(range(1, 11))
    db.session.rollback()
    close.close(hall.clerk, number, now=NOW)
    assert [b.version for b in results.ballots(number)] == list(range(1, 11))


def test_where_changes_are_forbidden_one_of_ten_answers_at_once_is_recorded(app: Flask) -> None:
    hall = Hall((60, 40))
    hall.forbid_changes()
    number = hall.open()
    db.session.rollback()
    keys = [key() for _ in range(10)]
    acts = [lambda sent=sent: cast.cast(hall.mayors[1], number, Choice.YES, key=sent, now=NOW) for sent in keys]
    done = at_once(app, acts)
    assert sum(isinstance(d, Receipt) for d in done) == 1
