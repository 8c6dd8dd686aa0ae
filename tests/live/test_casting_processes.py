"""Fifty answers against fifty closings over sockets and forms, on two live processes of which one is killed."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from http.client import HTTPConnection, HTTPException
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask

from portal.db import db
from portal.kernel.actor import Actor
from portal.voting import export, open_poll, results
from portal.voting.rules import Choice
from portal.voting.verifier import Check
from tests.factories import NOW
from tests.fixtures.services import DATABASE, Redis
from tests.kills import Browser
from tests.live.peers import gunicorn
from tests.live.wire import PATIENCE, Wire
from tests.services.cli.test_serve import end
from tests.votes import Hall

VOTERS, CLOSERS, FIRST = 50, 50, 15
CHOICES = (Choice.YES, Choice.NO, Choice.ABSTAIN)
Told = dict[str, Any]


class Place:
    """A mayor with a telephone: an answer by socket or by form, and the key under which it was sent."""

    def __init__(self, app: Flask, seat: int, who: Actor, number: int, address: str) -> None:
        assert who.acting is not None
        self.browser = Browser(app, who.person_id or 0, who.acting.mandate_id)
        self.address, self.path = address, f"/votazioni/{number}/scheda"
        self.answer = {"choice": CHOICES[seat % 3].value, "key": f"telephone-{number}-{seat}"}
        self.over = {"poll": number, "mandate": who.acting.mandate_id, **self.answer}

    def connected(self) -> Wire:
        """With a socket, before anything happens."""
        return Wire(self.address, Cookie=self.browser.cookie)

    def by_form(self, address: str) -> Told:
        """The same answer by form."""
        connection = HTTPConnection(address.removeprefix("http://"), timeout=PATIENCE)
        headers = {"Cookie": self.browser.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            body = urlencode({"csrf_token": self.browser.csrf, **self.answer})
            connection.request("POST", self.path, body, {**headers, "Accept": "application/json"})
            told: Told = json.load(connection.getresponse())
            return told
        finally:
            connection.close()


def test_what_was_acknowledged_is_counted_and_nothing_else(app: Flask, database: None, own_redis: Redis) -> None:
    if DATABASE == "sqlite":
        pytest.skip("several processes need PostgreSQL")
    hall = Hall(range(1, VOTERS + 1))
    number = hall.prepared()
    open_poll.open_poll(hall.clerk, number, now=NOW)
    told: dict[int, Told] = {}
    closed: list[int] = []
    enough, guard = Event(), Lock()
    with ExitStack() as stack:
        lives = [stack.enter_context(gunicorn(app, REDIS_URL=own_redis.url)) for _ in range(2)]
        staying, leaving = lives[0][0], lives[1][0]
        voters = {
            seat: Place(app, seat, mayor, number, leaving if seat % 4 == 1 else staying)
            for seat, mayor in hall.mayors.items()
        }
        assert hall.clerk.acting is not None
        clerk = Browser(app, hall.clerk.person_id or 0, hall.clerk.acting.mandate_id)
        port = int(staying.rpartition(":")[2])
        wires = {seat: place.connected() for seat, place in voters.items() if seat % 2}
        db.session.rollback()

        def vote(seat: int) -> None:
            place = voters[seat]
            try:
                answer = wires[seat].ask("cast", place.over) if seat in wires else place.by_form(place.address)
            except (OSError, HTTPException):  # that server is gone: the same answer by form, to the other
                answer = place.by_form(staying)
            with guard:
                told[seat] = answer
                if sum(one["ok"] for one in told.values()) >= FIRST:
                    enough.set()

        def close() -> None:
            assert enough.wait(PATIENCE)
            status = clerk.post(port, f"/segreteria/votazioni/{number}/chiusura", sure="y")
            with guard:
                closed.append(status)

        def kill() -> None:
            end(lives[1][1])

        acts: list[Callable[[], None]] = [lambda seat=seat: vote(seat) for seat in voters]  # type: ignore[misc]
        _all(acts + [close] * CLOSERS + [kill])
        for wire in wires.values():
            wire.close()
        again = {seat: voters[seat].by_form(staying) for seat, one in told.items() if one["ok"]}

    assert len(told) == VOTERS
    assert closed.count(303) == 1 and len(closed) == CLOSERS
    receipts = {seat: one["receipt"] for seat, one in told.items() if one["ok"]}
    assert len(receipts) >= FIRST
    assert {one["code"] for one in told.values() if not one["ok"]} <= {"closed"}
    assert {seat: one["receipt"]["code"] for seat, one in again.items()} == {
        seat: one["code"] for seat, one in receipts.items()
    }
    db.session.rollback()
    counted = {answer.seat: (answer.code, answer.choice.value) for answer in results.ballots(number)}
    assert counted == {seat: (one["code"], one["choice"]) for seat, one in receipts.items()}
    assert Check(export.document(Actor.anonymous(), number)).run().faults == []


def _all(acts: list[Callable[[], None]]) -> None:
    broken: list[BaseException] = []

    def run(act: Callable[[], None]) -> None:
        try:
            act()
        except BaseException as error:  # told to the test
            broken.append(error)

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if broken:
        raise broken[0]
