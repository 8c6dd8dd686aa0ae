"""Two processes for pages and two for sockets on one PostgreSQL, one Redis between them, as large installations run."""

from __future__ import annotations

from contextlib import ExitStack
from http.client import HTTPException
from itertools import count
from threading import Thread

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.conferences.hall.models import Incident
from portal.db import db
from portal.journal import hearing
from tests.fixtures.services import DATABASE, Redis
from tests.hall import Hall
from tests.kills import Browser
from tests.live.peers import Follower, gunicorn
from tests.live.wire import wire
from tests.services.cli.test_serve import end, line, parere


@pytest.fixture
def hall(database: None) -> Hall:
    made = Hall()
    made.open()
    return made


class Desk:
    """The secretariat at a browser."""

    def __init__(self, app: Flask, hall: Hall) -> None:
        acting = hall.secretariat.acting
        assert acting is not None
        self.browser = Browser(app, hall.secretariat.person_id or 0, acting.mandate_id)
        self._times = count()
        self.path, self.stream = f"/sedute/{hall.sitting}/annotazioni", f"sitting:{hall.sitting}"

    def note(self, port: int) -> int:
        """Note an incident on one of the servers; returns the number of the last entry."""
        before = self.head()
        assert self.write(port) == 303
        assert self.head() > before
        return self.head()

    def write(self, port: int) -> int:
        """Note an incident with words of its own; the same words twice would be one act."""
        text = f"Il microfono non va, {next(self._times)}."
        return self.browser.post(port, self.path, kind="technical", text=text)

    def head(self) -> int:
        """The last entry of the stream."""
        db.session.rollback()
        return hearing.head(self.stream)


def port_of(address: str) -> int:
    return int(address.rpartition(":")[2])


def test_everybody_hears_everything_once_whoever_made_it_and_whatever_ends(
    app: Flask, hall: Hall, own_redis: Redis
) -> None:
    if DATABASE == "sqlite":
        pytest.skip("several processes need PostgreSQL")
    desk = Desk(app, hall)
    with ExitStack() as stack:
        use = stack.enter_context
        with_queue = {"REDIS_URL": own_redis.url}
        lives = [use(gunicorn(app, **with_queue)) for _ in range(2)]
        pages = [use(parere(app, "serve", "--port", "0", "--no-live", "--no-worker", **with_queue)) for _ in range(2)]
        ports = [port_of(line(page).split()[3]) for page in pages]
        one, other = ([Follower(use(wire(address)), desk.stream) for _ in range(2)] for address, _ in lives)
        before = one[0].seen
        last = [desk.note(ports[0]), desk.note(ports[1]), desk.note(ports[0])][-1]
        for follower in (*one, *other):
            assert follower.until(last) == list(range(before + 1, last + 1))

        own_redis.stop()  # nobody is told anything; the heads that each process tells itself say what is missing
        last = [desk.note(ports[0]), desk.note(ports[1])][-1]
        for follower in (*one, *other):
            assert follower.until(last) == list(range(before + 1, last + 1))
        for port in ports:  # what is counted there is counted by each process, and nobody is refused for it
            assert desk.browser.post(port, "/accesso/collegamento", email="nessuno@prova.example") == 200
        assert own_redis.start()
        last = desk.note(ports[1])
        for follower in (*one, *other):
            assert sorted(set(follower.until(last))) == list(range(before + 1, last + 1))

        end(lives[0][1])  # perhaps the one whose turn it was
        last = desk.note(ports[0])
        for follower in other:
            assert sorted(set(follower.until(last))) == list(range(before + 1, last + 1))


def test_a_server_killed_in_the_middle_of_a_sitting_loses_nothing_it_acknowledged(app: Flask, hall: Hall) -> None:
    desk = Desk(app, hall)
    answered: list[int] = []

    def write(port: int) -> None:
        try:
            while True:
                answered.append(desk.write(port))
        except (OSError, HTTPException):
            return  # the server is gone

    with parere(app, "serve", "--port", "0", "--no-worker") as server:
        port = port_of(line(server).split()[3])
        writers = [Thread(target=write, args=(port,)) for _ in range(3)]
        for writer in writers:
            writer.start()
        desk.note(port)
        desk.note(port)
        end(server)
        for writer in writers:
            writer.join()
    kept = _incidents(hall)
    assert set(answered) <= {303}
    assert len(answered) + 2 <= kept <= len(answered) + 2 + len(writers)  # what was under way may have been kept
    with parere(app, "serve", "--port", "0", "--no-worker") as again:
        desk.note(port_of(line(again).split()[3]))
    assert _incidents(hall) == kept + 1


def _incidents(hall: Hall) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).where(Incident.sitting_id == hall.sitting)) or 0
