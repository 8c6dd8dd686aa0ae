"""The web server killed while a hall votes by form: every answer that was acknowledged is counted."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.db import db
from portal.kernel.actor import Actor
from portal.voting import close, export
from portal.voting.models import Ballot
from portal.voting.rules import Choice
from portal.voting.verifier import Check
from tests.factories import NOW
from tests.kills import Browser, Served
from tests.votes import Hall

VOTERS, EACH, ENOUGH = 12, 40, 60
CHOICES = (Choice.YES, Choice.NO, Choice.ABSTAIN)


@pytest.fixture
def hall(app: Flask) -> Iterator[Hall]:
    """Twelve mayors."""
    yield Hall(range(1, VOTERS + 1))
    db.session.rollback()


class Load:
    """All vote over HTTP and change their votes, until the server is gone or they have said enough."""

    def __init__(self, browsers: dict[int, Browser], port: int, path: str) -> None:
        self.browsers, self.port, self.path = browsers, port, path
        self.acknowledged: list[str] = []
        self.in_doubt: list[tuple[int, str, Choice]] = []
        self.refused: list[str] = []
        self.enough = threading.Event()
        self.threads = [threading.Thread(target=self.vote, args=(seat,)) for seat in browsers]

    def vote(self, seat: int) -> None:
        """Answer until an answer gets none."""
        for n in range(EACH):
            sent, choice = f"load-{seat}-{n}", CHOICES[n % 3]
            try:
                status = self.browsers[seat].post(self.port, self.path, choice=choice.value, key=sent)
            except (OSError, http.client.HTTPException):
                self.in_doubt.append((seat, sent, choice))
                return
            (self.acknowledged if status == 303 else self.refused).append(sent)
            if len(self.acknowledged) >= ENOUGH:
                self.enough.set()
        self.enough.set()


def test_nothing_acknowledged_is_missing_after_the_server_was_killed(app: Flask, hall: Hall) -> None:
    number = hall.open()
    browsers = {}
    for seat, mayor in hall.mayors.items():
        assert mayor.person_id is not None and mayor.acting is not None
        browsers[seat] = Browser(app, mayor.person_id, mayor.acting.mandate_id)
    db.session.rollback()
    path = f"/votazioni/{number}/scheda"

    first = Served(app)
    load = Load(browsers, first.port, path)
    try:
        for thread in load.threads:
            thread.start()
        assert load.enough.wait(180)
    finally:
        first.kill()
    for thread in load.threads:
        thread.join()
    assert load.refused == []
    assert len(load.acknowledged) >= ENOUGH and load.in_doubt

    second = Served(app)
    try:
        again = [browsers[s].post(second.port, path, choice=c.value, key=sent) for s, sent, c in load.in_doubt * 2]
    finally:
        second.kill()
    assert set(again) == {303}

    db.session.rollback()
    stored = list(db.session.execute(sa.select(Ballot.client_key)).scalars())
    assert sorted(stored) == sorted([*load.acknowledged, *(sent for _, sent, _ in load.in_doubt)])
    close.close(hall.clerk, number, now=NOW)
    assert Check(export.document(Actor.anonymous(), number)).run().faults == []
