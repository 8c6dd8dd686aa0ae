"""A database killed under load: nothing acknowledged is missing, and what was sent again is there once."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.exc import DBAPIError

from portal.db import db
from portal.journal.verify import verify
from portal.kernel.actor import Actor
from portal.voting import cast, close, export, queries, results
from portal.voting.ballots import Receipt
from portal.voting.rules import Choice, PollState
from portal.voting.verifier import Check
from tests.factories import NOW
from tests.fixtures.application import make_app
from tests.kills import Postgres, postgres
from tests.votes import Hall

VOTERS = 16
ENOUGH = 150  # acknowledged before the server is killed
CHOICES = (Choice.YES, Choice.NO, Choice.ABSTAIN)


@pytest.fixture
def server() -> Iterator[Postgres]:
    """A PostgreSQL of one's own."""
    with postgres() as running:
        yield running


@pytest.fixture
def killed_app(server: Postgres, tmp_path: Path) -> Iterator[Flask]:
    """The application on it."""
    app = make_app(tmp_path, database_url=server.url)
    with app.app_context():
        upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


class Load:
    """Every voter answers, changes the answer, and again, until the server is gone."""

    def __init__(self, app: Flask, hall: Hall, number: int, round_: int) -> None:
        self.app, self.hall, self.number, self.round = app, hall, number, round_
        self.acknowledged: list[Receipt] = []
        self.in_doubt: list[tuple[int, str, Choice]] = []
        self.enough = threading.Event()
        self.threads = [threading.Thread(target=self.vote, args=(seat,)) for seat in hall.mayors]

    def vote(self, seat: int) -> None:
        """Answer until an answer gets none."""
        for n in itertools.count():
            sent, choice = f"round-{self.round}-{seat}-{n}", CHOICES[n % 3]
            with self.app.app_context():
                try:
                    receipt = cast.cast(self.hall.mayors[seat], self.number, choice, key=sent, now=NOW)
                except DBAPIError:
                    self.in_doubt.append((seat, sent, choice))
                    return
                finally:
                    db.session.remove()
            self.acknowledged.append(receipt)
            if len(self.acknowledged) >= ENOUGH:
                self.enough.set()

    def run_until_killed(self, server: Postgres) -> None:
        """Kill the server while all vote."""
        for thread in self.threads:
            thread.start()
        assert self.enough.wait(120)
        server.kill()
        for thread in self.threads:
            thread.join()


def kill_under_load(app: Flask, server: Postgres, rounds: int) -> None:
    """Kill it again and again under one poll, then close and count."""
    hall = Hall(range(1, VOTERS + 1))
    number = hall.open()
    db.session.rollback()
    receipts: dict[str, Receipt] = {}
    for round_ in range(rounds):
        load = Load(app, hall, number, round_)
        load.run_until_killed(server)
        server.start()
        db.engine.dispose()
        for seat, sent, choice in load.in_doubt:  # what every client does that got no answer
            again = [cast.cast(hall.mayors[seat], number, choice, key=sent, now=NOW) for _ in range(2)]
            assert again[0].code == again[1].code
            load.acknowledged.append(again[0])
        assert len({r.code for r in load.acknowledged}) == len(load.acknowledged) >= ENOUGH
        receipts |= {r.code: r for r in load.acknowledged}
        assert queries.poll(Actor.anonymous(), number).state is PollState.OPEN
        db.session.remove()

    close.close(hall.clerk, number, now=NOW)
    stored = {b.code: (b.seat, b.version, b.choice) for b in results.ballots(number)}
    assert stored == {r.code: (r.seat, r.version, r.choice) for r in receipts.values()}
    assert Check(export.document(Actor.anonymous(), number)).run().faults == []
    assert verify() == []


@pytest.mark.once
def test_postgresql_killed_under_load_loses_nothing_acknowledged(killed_app: Flask, server: Postgres) -> None:
    kill_under_load(killed_app, server, rounds=1)


@pytest.mark.prove
@pytest.mark.once
def test_postgresql_killed_five_times_under_load_loses_nothing_acknowledged(
    killed_app: Flask, server: Postgres
) -> None:
    kill_under_load(killed_app, server, rounds=5)
    assert db.session.scalar(sa.text("SELECT 1")) == 1
