"""One event to many sockets: until the last has it, next to Flask-SocketIO and to a websocket that do nothing else.

    TEST_DATABASE=postgresql python -m bench.fanout        PostgreSQL and Redis of its own; about five minutes

An act is committed by this process, as a page would; what is measured is the time from its commit until the last socket
of another process has read the entry. The bare servers are asked over HTTP, and measured from the instant they begin.
Ours and Flask-SocketIO run under gunicorn with gevent; all three tell something in turns, so that whatever else the
machine does slows them alike.
"""

from __future__ import annotations

import os
import secrets
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from bench.client import Client, request
from bench.crowd import Crowd, memory, started
from bench.report import Row, table
from bench.server import Server
from portal.app import create_app
from portal.conferences.hall.incidents import note
from portal.conferences.hall.rules import IncidentKind
from portal.config import Settings
from portal.db import db
from portal.journal import bell
from tests.fixtures import services
from tests.fixtures.database import fresh_url
from tests.hall import Hall

SIZES = (100, 500, 1_000, 2_000)
ROUNDS = int(os.environ.get("ROUNDS", "30"))
READERS, STORM = 4, 500
TIED = 1_000  # sockets for which the goals are set


@dataclass(frozen=True)
class Told:
    """What a server took for a number of sockets: seconds until the last, each round; CPU; memory."""

    last: tuple[float, ...]
    cpu: float  # seconds for a thousand deliveries
    memory: float  # KiB a connection

    @property
    def p50(self) -> float:
        """Milliseconds, in the middle of the rounds."""
        return 1000 * statistics.median(self.last)

    @property
    def p99(self) -> float:
        """Milliseconds, as good as the worst round."""
        return 1000 * statistics.quantiles(self.last, n=100, method="inclusive")[98]


class Stamp:
    """When the last commit was."""

    at = 0.0

    def __call__(self) -> None:
        """Now."""
        self.at = time.time()


@dataclass
class Contestant:
    """A server, the stream to follow on it, and the way to make it tell something."""

    server: Server
    stream: str
    act: Callable[[], float]


class Running:
    """A contestant with its listeners."""

    def __init__(self, of: Contestant, how_many: int) -> None:
        self._of, self._how_many = of, how_many
        before = memory(of.server.pid)
        self._crowd = Crowd([of.server.port], how_many, of.stream)
        self._memory = (memory(of.server.pid) - before) / how_many
        self._last: list[float] = []
        self._spent, self._idle, self._rounds = 0.0, 0.0, 0

    def rest(self) -> None:
        """How much it costs to do nothing for a while."""
        self._idle = _cpu_of(self._of.server, lambda: threading.Event().wait(1.5)) / 1.5

    def round(self) -> None:
        """Tell something once; the first time does not count."""
        self._rounds += 1
        began, cpu = time.monotonic(), self._of.server.cpu()
        self._crowd.tell(f"round {self._rounds}")
        at = self._of.act()
        took = self._crowd.answer()["last"] - at
        threading.Event().wait(0.05)
        if self._rounds > 1:
            self._last.append(took)
            self._spent += self._of.server.cpu() - cpu - self._idle * (time.monotonic() - began)

    def told(self) -> Told:
        """What came of it."""
        self._crowd.close()
        deliveries = len(self._last) * self._how_many
        return Told(tuple(self._last), max(self._spent, 0.0) / deliveries * 1000, self._memory)


def measured(contestants: dict[str, Contestant], how_many: int) -> dict[str, Told]:
    """Let so many listen to each, and tell them something in turns: what else the machine does slows all alike."""
    running = {name: Running(one, how_many) for name, one in contestants.items()}
    threading.Event().wait(0.5)
    for one in running.values():
        one.rest()
    for _ in range(ROUNDS + 1):
        for one in running.values():
            one.round()
    return {name: one.told() for name, one in running.items()}


def _cpu_of(server: Server, act: Callable[[], object]) -> float:
    before = server.cpu()
    act()
    return server.cpu() - before


def emitted(port: int) -> Callable[[], float]:
    """Ask a bare server to tell everybody; returns when it began."""

    def act() -> float:
        client = Client(port)
        began = float(client.ask(request("/-/emit"))[2])
        client.close()
        return began

    return act


class World:
    """A sitting that goes on, and the way to disturb it."""

    def __init__(self, folder: Path, redis_url: str) -> None:
        self.stamp = Stamp()
        bell.on_commit(self.stamp)  # before the ring that wakes the relay
        settings = Settings(
            database_url=fresh_url(folder), redis_url=redis_url, data_dir=folder, secret_key=secrets.token_hex(32),
            log_level="ERROR",
        )  # fmt: skip
        self.app: Flask = create_app(settings, RATELIMIT_ENABLED=False)
        self.environment = {
            "DATABASE_URL": settings.database_url, "DATA_DIR": str(folder), "SECRET_KEY": settings.secret_key,
            "LOG_LEVEL": "ERROR", "REDIS_URL": redis_url, "LIVE_SOCKETS": "5000",
        }  # fmt: skip
        with self.app.app_context():
            upgrade()
            self.hall = Hall()
            self.hall.open()
            db.session.rollback()
        self.stream = f"sitting:{self.hall.sitting}"

    def act(self) -> float:
        """Note an incident; returns when it was committed."""
        note(self.hall.secretariat, self.hall.sitting, IncidentKind.TECHNICAL, f"{time.time()}", now=self.hall.at(2))
        return self.stamp.at


def gunicorn(*words: str) -> list[str]:
    """One worker with gevent on a free port."""
    return [sys.executable, "-m", "gunicorn", "-b", "127.0.0.1:0", *words]


OURS = gunicorn("-c", "python:portal.live.gunicorn", "wsgi:app")
PLAIN = gunicorn("-k", "gevent", "-w", "1", "--worker-connections", "10000", "bench.broadcast:app")
RAW = [sys.executable, "-m", "bench.broadcast"]
PAGES = [sys.executable, "-m", "portal", "serve", "--port", "0", "--no-live", "--no-worker"]


@contextmanager
def readers(port: int, path: str) -> Iterator[list[float]]:
    """Four who load a page again and again; gives how long each load took."""
    took: list[float] = []
    stop = threading.Event()

    def read() -> None:
        client = Client(port)
        while not stop.is_set():
            began = time.monotonic()
            status, _, _ = client.ask(request(path, Accept_Encoding="gzip"))
            assert status == 200, status
            took.append(time.monotonic() - began)
        client.close()

    hands = [threading.Thread(target=read) for _ in range(READERS)]
    for hand in hands:
        hand.start()
    try:
        yield took
    finally:
        stop.set()
        for hand in hands:
            hand.join()


def rows(folder: Path, redis_url: str) -> Iterator[Row]:
    """Everything."""
    world = World(folder, redis_url)
    found: dict[int, dict[str, Told]] = {}
    with ExitStack() as stack:
        stack.enter_context(world.app.app_context())
        ours = stack.enter_context(started(OURS, world.environment))
        plain, raw = (stack.enter_context(started(command, {})) for command in (PLAIN, RAW))
        contestants = {
            "raw": Contestant(raw, "", emitted(raw.port)),
            "plain": Contestant(plain, world.stream, emitted(plain.port)),
            "ours": Contestant(ours, world.stream, world.act),
        }
        for size in SIZES:
            found[size] = measured(contestants, size)
        pages = stack.enter_context(started(PAGES, world.environment))
        with readers(pages.port, "/piano") as took:
            read = measured(contestants, TIED)
        other = stack.enter_context(started(OURS, world.environment))
        crowd = Crowd([ours.port, other.port], TIED, world.stream)
        shared = []
        for n in range(1, ROUNDS + 1):
            crowd.tell(f"round {n}")
            at = world.act()
            shared.append(crowd.answer()["last"] - at)
        crowd.close()
        crowd = Crowd([ours.port], STORM, world.stream)
        storm = statistics.median(crowd.ask("storm")["joined"] for _ in range(5))
        crowd.close()
    for size in SIZES:
        yield from _compared(size, **found[size])
    words = f"{TIED:,} sockets while four readers load the plan ({_times(read['ours'], read['plain'], read['raw'])})"
    yield Row(words, "times Flask-SocketIO meanwhile", read["ours"].p50 / read["plain"].p50, 1.3)
    yield Row("- pages loaded meanwhile", "ms each", 1000 * statistics.median(took), None)
    halves = f"{TIED:,} sockets on two processes, until the last has it"
    yield Row(halves, "ms", 1000 * statistics.median(shared), None)
    yield Row(f"{STORM} sockets come back at once and have joined", "s", storm, 10)


def _times(ours: Told, *bare: Told) -> str:
    """Milliseconds, ours first."""
    beside = " and ".join(f"{one.p50:.1f}" for one in bare)
    return f"{ours.p50:.1f} ms, p99 {ours.p99:.1f} ms; bare {beside} ms"


def _compared(size: int, ours: Told, plain: Told, raw: Told) -> Iterator[Row]:
    goal = 1.3 if size == TIED else None
    words = f"{size:,} sockets, until the last has it ({_times(ours, plain, raw)})"
    yield Row(words, "times Flask-SocketIO", ours.p50 / plain.p50, goal)
    yield Row("- the same", "times a bare websocket", ours.p50 / raw.p50, None)
    cpu = f"{1000 * ours.cpu:.1f} ms; bare {1000 * plain.cpu:.1f} and {1000 * raw.cpu:.1f} ms"
    yield Row(f"- CPU for 1,000 deliveries ({cpu})", "times Flask-SocketIO", ours.cpu / plain.cpu, None)
    yield Row(f"- memory a connection (bare {plain.memory:.0f} and {raw.memory:.0f} KiB)", "KiB", ours.memory, None)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="parere-fanout-") as name:
        os.environ[services.POSTGRES_URL] = services._start_postgres()
        queue = services.Redis()
        try:
            print(table(list(rows(Path(name), queue.url)), "PostgreSQL with Redis", os.cpu_count() or 1))
        finally:
            queue.stop()
            services.pytest_unconfigure()
            shutil.rmtree(name, ignore_errors=True)


if __name__ == "__main__":
    if services.DATABASE != "postgresql":
        raise SystemExit("sockets by the thousand need it: TEST_DATABASE=postgresql python -m bench.fanout")
    main()
