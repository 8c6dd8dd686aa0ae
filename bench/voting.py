"""A hall that votes by form, everybody at once, until the last is acknowledged: next to bare inserts on the server."""

from __future__ import annotations

import os
import secrets
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextvars import Context
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask
from flask_migrate import upgrade

from bench.bare import BARE_INSERT, BARE_ORM
from bench.client import Client, request
from bench.inside import SignedIn, signed_in, statements
from bench.report import Row
from bench.server import Server, served
from portal.app import create_app
from portal.config import Settings
from portal.db import db
from portal.kernel import clock
from portal.kernel.actor import Actor
from portal.voting import cast, close, results
from portal.voting.rules import Choice
from tests import kills
from tests.fixtures import services
from tests.fixtures.database import fresh_url
from tests.votes import Hall

HALLS = (92, 500, 1_000)
BASES = {BARE_INSERT: "plain SQL", BARE_ORM: "through the ORM"}
HANDS = 16  # browsers that talk to the server at a time
ROUNDS = 3


@dataclass(frozen=True)
class Burst:
    """How long a hall took, in seconds: until the last answer, and for the median and the slowest of a hundred."""

    total: float
    p50: float
    p99: float
    errors: int


def burst(port: int, requests: list[bytes], wanted: int) -> Burst:
    """Send all requests as fast as the server takes them, each connection one after the other."""
    waiting = iter(requests)
    lock, took, wrong = threading.Lock(), list[float](), list[int]()

    def hand() -> None:
        client = Client(port)
        while True:
            with lock:
                one = next(waiting, None)
            if one is None:
                break
            began = time.perf_counter()
            status, _, _ = client.ask(one)
            took.append(time.perf_counter() - began)
            if status != wanted:
                wrong.append(status)
        client.close()

    hands = [threading.Thread(target=hand) for _ in range(HANDS)]
    began = time.perf_counter()
    for one in hands:
        one.start()
    for one in hands:
        one.join()
    total = time.perf_counter() - began
    cuts = statistics.quantiles(took, n=100, method="inclusive")
    return Burst(total, cuts[49], cuts[98], len(wrong))


def votes(number: int, voters: list[SignedIn]) -> list[bytes]:
    """What the browsers of a hall send."""
    path = f"/votazioni/{number}/scheda"
    return [
        request(
            path,
            method="POST",
            body=urlencode(
                {"csrf_token": who.csrf, "choice": "yes", "confirmed": "1", "key": secrets.token_hex(16)}
            ).encode(),
            Cookie=who.cookie,
        )
        for who in voters
    ]


@dataclass(frozen=True)
class Bare:
    """Votes against one kind of bare insert: until the last is acknowledged, and processor time of the server."""

    ratio: float
    processor: float  # which other programs of the machine disturb less


@dataclass(frozen=True)
class Held:
    """One hall: its quickest round, the medians of what it is held against, and whether all was counted."""

    vote: Burst
    against: dict[str, Bare]
    counted: bool


def hold(app: Flask, server: Server, hall: Hall, voters: list[SignedIn]) -> Held:
    """Bare inserts before and after the votes, on a poll of its own each round; the median of the ratios counts."""
    rounds: list[Burst] = []
    found: dict[str, list[Bare]] = {path: [] for path in BASES}
    counted = True
    for _ in range(ROUNDS):
        number = hall.open()
        db.session.rollback()
        before = {path: _spent(server, [request(path, method="POST")] * len(voters), 204) for path in BASES}
        vote, processor = _spent(server, votes(number, voters), 303)
        after = {path: _spent(server, [request(path, method="POST")] * len(voters), 204) for path in BASES}
        close.close(hall.clerk, number, now=clock.now())
        counted = counted and len(results.answers(number)) == len(voters)
        db.session.rollback()
        rounds.append(vote)
        for path in BASES:
            (first, used), (last, used_again) = before[path], after[path]
            ratio = 2 * vote.total / (first.total + last.total)
            found[path].append(Bare(ratio, 2 * processor / (used + used_again)))
    against = {
        path: Bare(statistics.median(b.ratio for b in seen), statistics.median(b.processor for b in seen))
        for path, seen in found.items()
    }
    return Held(min(rounds, key=lambda r: r.total), against, counted)


def _spent(server: Server, requests: list[bytes], wanted: int) -> tuple[Burst, float]:
    began = server.cpu()
    done = burst(server.port, requests, wanted)
    return done, server.cpu() - began


def rows(folder: Path, database: str) -> Iterator[Row]:
    """Every size of hall on a database of its own; PostgreSQL keeps each commit on the disk, as in production."""
    if database == "sqlite":
        yield from _halls(folder, database)
        return
    kept = os.environ.get(services.POSTGRES_URL)
    with kills.postgres() as durable:
        os.environ[services.POSTGRES_URL] = durable.url
        yield from _halls(folder, database)
    os.environ.pop(services.POSTGRES_URL)
    if kept is not None:
        os.environ[services.POSTGRES_URL] = kept


def _halls(folder: Path, database: str) -> Iterator[Row]:
    for how_many in HALLS:
        home = folder / f"hall-{how_many}"
        home.mkdir()
        url = fresh_url(home)
        settings = Settings(database_url=url, data_dir=home, secret_key=secrets.token_hex(32), log_level="ERROR")
        environment = {"DATABASE_URL": url, "DATA_DIR": str(home), "SECRET_KEY": settings.secret_key}
        app = create_app(settings, RATELIMIT_ENABLED=False)
        with app.app_context():
            upgrade()
            hall = Hall(range(1, how_many + 1))
            voters = [_signed_in(app, mayor) for mayor in hall.mayors.values()]
            db.session.rollback()
            with served(environment | {"LOG_LEVEL": "ERROR"}) as server:
                held = hold(app, server, hall, voters)
            yield from _held(how_many, held, database)
            if how_many == HALLS[0]:
                yield from breakdown(app, hall, voters[0])
            db.session.remove()
            db.engine.dispose()


def _signed_in(app: Flask, mayor: Actor) -> SignedIn:
    assert mayor.person_id is not None
    assert mayor.acting is not None
    return signed_in(app, mayor.person_id, mayor.acting.mandate_id)


def _held(how_many: int, held: Held, database: str) -> Iterator[Row]:
    name = f"{how_many} votes by form, {HANDS} connections"
    first = how_many == HALLS[0] and database == "sqlite"
    yield Row(f"{name}: until the last is acknowledged", "s", held.vote.total, 1 if first else None)
    yield Row(f"{name}: median (slowest of a hundred {1000 * held.vote.p99:.0f} ms)", "ms", 1000 * held.vote.p50, None)
    for path, kind in BASES.items():
        bare = held.against[path]
        yield Row(f"{name}: against as many bare inserts, {kind}", "ratio", bare.ratio, 3)
        yield Row(f"{name}: server CPU against bare inserts, {kind}", "ratio", bare.processor, None)
    yield Row(f"{name}: errors, or answers not counted", "", held.vote.errors + (0 if held.counted else 1), 0)


def breakdown(app: Flask, hall: Hall, who: SignedIn, times: int = 200) -> Iterator[Row]:
    """Milliseconds of processor time of one answer, from the inside to the outside, in one process."""
    number = hall.open()
    mayor = hall.mayors[1]
    now = clock.now()
    client = app.test_client(use_cookies=False)
    headers = {"Cookie": who.cookie}

    def by_form() -> None:
        key = secrets.token_hex(16)
        data = {"csrf_token": who.csrf, "choice": "yes", "confirmed": "1", "key": key}
        done = Context().run(client.post, f"/votazioni/{number}/scheda", data=data, headers=headers)
        if done.status_code != 303:
            raise RuntimeError(f"not recorded: {done.status}")

    def by_verb() -> None:
        cast.cast(mayor, number, Choice.YES, key=secrets.token_hex(16), now=now)

    def bare() -> None:
        with db.engine.begin() as connection:
            connection.exec_driver_sql("SELECT 1")

    whole, verb, empty = _each(by_form, times), _each(by_verb, times), _each(bare, times)
    with statements() as seen:
        by_form()
    yield Row("one answer by form, all of it", "ms of CPU", whole, None)
    yield Row("- of which the verb: seat, insert, commit", "ms of CPU", verb, None)
    yield Row("- of which session, mandate, token, form, redirect", "ms of CPU", whole - verb, None)
    yield Row("- an empty transaction, for comparison", "ms of CPU", empty, None)
    yield Row("one answer by form", "SQL statements", len(seen), None)


def _each(act: Callable[[], None], times: int) -> float:
    spent = []
    for _ in range(times):
        began = time.process_time()
        act()
        spent.append(time.process_time() - began)
    return 1000 * statistics.median(spent)
