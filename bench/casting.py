"""A hall that votes over sockets, everybody at once, next to a bare socket event that inserts and commits.

    TEST_DATABASE=postgresql python -m bench.casting      gunicorn with gevent, PostgreSQL, Redis: as in production
    python -m bench.casting                               `parere live` on SQLite, up to its cap

Bare event and votes take turns on the same sockets of the same server, and the median of the ratios counts. Then a
thousand spectators follow the sitting while a hall votes: how much later do they hear of an act than when it is quiet?
"""

from __future__ import annotations

import json
import os
import secrets
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import Flask, session
from flask_migrate import upgrade

from bench.bare import BARE_EVENT
from bench.crowd import Crowd, started
from bench.fanout import Stamp, gunicorn
from bench.inside import signed_in
from bench.report import Row, table
from bench.server import Server
from portal.app import create_app
from portal.conferences.hall.incidents import note
from portal.conferences.hall.rules import IncidentKind
from portal.conferences.table.models import SittingPoll
from portal.config import Settings
from portal.db import atomic, db
from portal.journal import bell
from portal.kernel import clock
from portal.kernel.actor import Actor
from portal.live import voting as live
from portal.live.door import Caller
from portal.voting import cast, close, results
from portal.voting.rules import Choice
from tests import kills
from tests.fixtures import services
from tests.fixtures.database import fresh_url
from tests.hall import Hall as Sitting
from tests.votes import Hall

HALLS = {"postgresql": (92, 500, 1_000), "sqlite": (92, 300)}
ROUNDS = int(os.environ.get("ROUNDS", "7"))
SPECTATORS, VOTING, ACTS = 1_000, 92, 20
OURS = gunicorn("-c", "python:portal.live.gunicorn", "bench.casting_server:app")
EMBEDDED = [sys.executable, "-m", "bench.casting_server"]


class Telephones(Crowd):
    """Voters in a process of their own."""

    def __init__(self, port: int, people: list[tuple[str, int]], folder: Path) -> None:
        listed = folder / f"people-{secrets.token_hex(4)}.json"
        listed.write_text(json.dumps(people))
        self.begin([sys.executable, "-m", "bench.voters", str(port), str(listed)])

    def burst(self, event: str, poll: int = 0) -> dict[str, float]:
        """All at once."""
        return self.ask(f"burst {event} {poll}")


@dataclass(frozen=True)
class Round:
    """What a burst took, and the processor time of the server in it."""

    total: float
    p50: float
    p99: float
    errors: int
    cpu: float


def spent(server: Server, hall: Telephones, event: str, poll: int = 0) -> Round:
    """One burst."""
    before = server.cpu()
    told = hall.burst(event, poll)
    return Round(told["total"], told["p50"], told["p99"], int(told["errors"]), server.cpu() - before)


@dataclass(frozen=True)
class Held:
    """A hall: its rounds, what they are held against, and whether everything was counted."""

    rounds: list[Round]
    ratio: float
    cpu: float
    counted: bool


def hold(server: Server, telephones: Telephones, hall: Hall) -> Held:
    """Bare events before and after the votes; a vote of its own each round."""
    rounds, ratios, cpus, counted = list[Round](), list[float](), list[float](), True
    spent(server, telephones, BARE_EVENT)  # the pool of connections is filled
    for _ in range(ROUNDS):
        number = hall.open()
        db.session.rollback()
        before = spent(server, telephones, BARE_EVENT)
        vote = spent(server, telephones, "cast", number)
        after = spent(server, telephones, BARE_EVENT)
        close.close(hall.clerk, number, now=clock.now())
        counted = counted and len(results.answers(number)) == len(hall.mayors)
        db.session.rollback()
        rounds.append(vote)
        ratios.append(2 * vote.total / (before.total + after.total))
        cpus.append(2 * vote.cpu / (before.cpu + after.cpu))
        threading.Event().wait(1)  # no more events than a socket may send
    return Held(rounds, statistics.median(ratios), statistics.median(cpus), counted)


class World:
    """An application on a database of its own."""

    def __init__(self, folder: Path, redis_url: str) -> None:
        self.stamp = Stamp()
        bell.on_commit(self.stamp)
        self.folder = folder
        settings = Settings(
            database_url=fresh_url(folder), redis_url=redis_url, data_dir=folder, secret_key=secrets.token_hex(32),
            log_level="ERROR",
        )  # fmt: skip
        self.app: Flask = create_app(settings, RATELIMIT_ENABLED=False)
        self.environment = {
            "DATABASE_URL": settings.database_url, "DATA_DIR": str(folder), "SECRET_KEY": settings.secret_key,
            "LOG_LEVEL": "ERROR", "REDIS_URL": redis_url, "LIVE_SOCKETS": "5000" if redis_url else "300",
        }  # fmt: skip

    @contextmanager
    def serving(self, hall: Hall) -> Iterator[tuple[Server, Telephones]]:
        """A server, and the telephones of a hall."""
        command = EMBEDDED if services.DATABASE == "sqlite" else OURS
        people = [_person(self.app, mayor) for mayor in hall.mayors.values()]
        db.session.rollback()
        with started(command, self.environment) as server:
            telephones = Telephones(server.port, people, self.folder)
            try:
                yield server, telephones
            finally:
                telephones.close()


def _person(app: Flask, who: Actor) -> tuple[str, int]:
    assert who.person_id is not None
    assert who.acting is not None
    return signed_in(app, who.person_id, who.acting.mandate_id).cookie, who.acting.mandate_id


def rows(folder: Path, redis_url: str) -> Iterator[Row]:
    """Every size of hall, then the spectators of one of them."""
    halls = tuple(map(int, sys.argv[1:])) or HALLS[services.DATABASE]
    for how_many in halls:
        home = folder / f"hall-{how_many}"
        home.mkdir()
        world = World(home, redis_url)
        with world.app.app_context():
            upgrade()
            hall = Hall(range(1, how_many + 1))
            with world.serving(hall) as (server, telephones):
                held = hold(server, telephones, hall)
                yield from _held(how_many, held)
                if how_many == halls[0]:
                    yield from breakdown(world.app, hall)
                if services.DATABASE == "postgresql" and how_many == VOTING:
                    yield from watched(world, server, telephones, hall)
            db.session.remove()
            db.engine.dispose()


def _held(how_many: int, held: Held) -> Iterator[Row]:
    best = min(held.rounds, key=lambda one: one.total)
    name = f"{how_many:,} votes by socket"
    yield Row(f"{name}: until the last is acknowledged", "s", best.total, None)
    yield Row(f"{name}: median (slowest of a hundred {1000 * best.p99:.0f} ms)", "ms", 1000 * best.p50, None)
    yield Row(f"{name}: against as many bare events that insert and commit", "ratio", held.ratio, 3)
    yield Row(f"{name}: server CPU against the bare events", "ratio", held.cpu, None)
    lost = sum(one.errors for one in held.rounds) + (0 if held.counted else 1)
    yield Row(f"{name}: errors, or answers not counted", "", lost, 0)


def watched(world: World, server: Server, telephones: Telephones, hall: Hall) -> Iterator[Row]:
    """Spectators hear of acts of a sitting, first in quiet, then while the hall votes and the turnout is told."""
    number = hall.open()
    _make_room(hall)
    sitting = Sitting()
    sitting.open()
    _tie(sitting, number)
    db.session.rollback()
    crowd = Crowd([server.port], SPECTATORS, f"sitting:{sitting.sitting}")
    told = 0

    def act() -> float:
        nonlocal told
        told += 1
        crowd.tell(f"round {told}")
        note(sitting.secretariat, sitting.sitting, IncidentKind.TECHNICAL, f"{time.time()}", now=sitting.at(2))
        took = crowd.answer()["last"] - world.stamp.at
        threading.Event().wait(0.1)
        return took

    act()
    quiet = [act() for _ in range(ACTS)]
    stop, bursts = threading.Event(), list[float]()

    def keep_voting() -> None:
        while not stop.is_set():
            bursts.append(telephones.burst("cast", number)["total"])
            stop.wait(0.4)  # no more events than a socket may send

    voting = threading.Thread(target=keep_voting)
    voting.start()
    busy = [act() for _ in range(ACTS)]
    stop.set()
    voting.join()
    crowd.close()
    calm, beside = statistics.median(quiet), statistics.median(busy)
    words = f"{SPECTATORS:,} spectators hear of an act while {VOTING} vote again and again"
    yield Row(f"{words} ({1000 * beside:.0f} ms; in quiet {1000 * calm:.0f} ms)", "times quiet", beside / calm, 1.5)
    yield Row(f"- the hall meanwhile, {len(bursts)} times, until the last is acknowledged", "s",
              statistics.median(bursts), None)  # fmt: skip


@atomic()
def _make_room(hall: Hall) -> None:
    """The sitting brings figures of the same day with it."""
    db.session.merge(hall.snapshot).reference_date -= timedelta(days=1)


@atomic()
def _tie(sitting: Sitting, number: int) -> None:
    item = sitting.items[1].id
    tied = SittingPoll(poll_id=number, sitting_id=sitting.sitting, item_id=item, call=1, tied_at=sitting.at())
    db.session.add(tied)


def breakdown(app: Flask, hall: Hall, times: int = 200) -> Iterator[Row]:
    """Milliseconds of processor time of one answer by socket, from the inside to the outside, in one process."""
    number, mayor = hall.open(), hall.mayors[1]
    cookie, mandate = _person(app, mayor)
    with app.test_request_context(headers={"Cookie": cookie}):
        caller = Caller.of(session)
    asked = {"poll": number, "mandate": mandate, "choice": "yes", "confirmed": True}

    def whole() -> None:
        live.cast(caller, {**asked, "key": secrets.token_hex(16)})

    def verb() -> None:
        cast.cast(mayor, number, Choice.YES, key=secrets.token_hex(16), now=clock.now())

    def who() -> None:
        caller.actor()
        db.session.rollback()

    yield Row("one answer by socket, all but the transport", "ms of CPU", _each(app, whole, times), None)
    yield Row("- of which the verb: seat, insert, commit", "ms of CPU", _each(app, verb, times), None)
    yield Row("- of which who it is, read anew", "ms of CPU", _each(app, who, times), None)


def _each(app: Flask, act: Callable[[], None], times: int) -> float:
    taken = []
    for _ in range(times):
        with app.app_context():
            began = time.process_time()
            act()
            taken.append(time.process_time() - began)
    return 1000 * statistics.median(taken)


def main() -> None:
    """Print the table."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="parere-casting-")))
        cores = os.cpu_count() or 1
        if services.DATABASE == "sqlite":
            print(table(list(rows(folder, "")), "SQLite, sockets in threads", cores))
            return
        durable = stack.enter_context(kills.postgres())
        os.environ[services.POSTGRES_URL] = durable.url
        queue = services.Redis()
        stack.callback(queue.stop)
        print(table(list(rows(folder, queue.url)), "PostgreSQL with Redis, gunicorn with gevent", cores))


if __name__ == "__main__":
    main()
