"""The embedded server: really started, really asked, really stopped."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from flask import Flask

from portal.config import Settings
from portal.db import db
from portal.jobs import queries, queue
from portal.kernel import clock
from tests.fixtures.services import DATABASE

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 120  # seconds: a slow machine is not a fault


@contextmanager
def parere(app: Flask, *arguments: str, **more: str) -> Iterator[subprocess.Popen[str]]:
    """The console in a process of its own, on the database of the test."""
    with running(app.extensions["settings"], [sys.executable, "-m", "portal", *arguments], **more) as process:
        yield process


@contextmanager
def running(settings: Settings, command: list[str], **more: str) -> Iterator[subprocess.Popen[str]]:
    """A program on the database of the test; what it starts itself ends with it."""
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": settings.database_url,
        "DATA_DIR": str(settings.data_dir),
        "SECRET_KEY": settings.secret_key,
        "PYTHONUNBUFFERED": "1",
        **more,
    }
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            end(process)


def end(process: subprocess.Popen[str]) -> None:
    """All of it at once, as a power cut would: nothing is finished. Returns when nothing of it is left.

    What is still dying may hold the file of the database, which the next test puts back as it was.
    """
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    until = time.monotonic() + PATIENCE
    while _alive(process.pid):
        assert time.monotonic() < until


def _alive(group: int) -> bool:
    """True while a process of the group has not ended; one that only waits to be counted has."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _parent, of = stat.read_text().rpartition(")")[2].split()[:3]
            if int(of) == group and state not in {"Z", "X"}:
                return True
    return False


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def stopped(process: subprocess.Popen[str], number: signal.Signals) -> tuple[int, str]:
    process.send_signal(number)
    output, _ = process.communicate(timeout=PATIENCE)
    return process.returncode, output


def get(address: str) -> int:
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        return int(answer.status)


@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.once)])
def test_it_serves_sends_mail_and_stops_cleanly(app: Flask, number: signal.Signals) -> None:
    queue.enqueue("entry:1", "receipt", None, "a@prova.example", "x", "y", now=clock.now())
    with parere(app, "serve", "--port", "0") as server:
        address = line(server).split()[3]
        assert get(address + "/readyz") == 200
        sent, until = False, time.monotonic() + PATIENCE
        while not sent and time.monotonic() < until:
            db.session.rollback()
            sent = queries.waiting(clock.now()) == 0
            assert get(address + "/healthz") == 200
        assert sent
        code, output = stopped(server, number)
    assert (code, "Traceback" in output) == (0, False)


@pytest.mark.once
def test_a_port_that_is_taken_is_told(app: Flask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with parere(app, "serve", "--port", port) as server:
            said, _ = server.communicate(timeout=PATIENCE)
    assert (server.returncode, port in said, "--port" in said, "Traceback" in said) == (1, True, True, False)


def test_several_processes_need_postgresql(app: Flask) -> None:
    if DATABASE == "postgresql":
        with parere(app, "serve", "--port", "0", "--processes", "2") as server:
            assert get(line(server).split()[3] + "/readyz") == 200
            assert stopped(server, signal.SIGTERM)[0] == 0
        return
    done = app.test_cli_runner().invoke(args=["serve", "--processes", "2"])
    assert (done.exit_code, "SQLite" in done.output) == (1, True)


@pytest.mark.once
def test_a_database_without_tables_is_told(app: Flask, tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "SECRET_KEY": "x" * 40}
    done = subprocess.run(
        [sys.executable, "-m", "portal", "serve", "--port", "0"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, "db upgrade" in done.stderr, "Traceback" in done.stderr) == (1, True, False)


@pytest.mark.once
def test_the_worker_stops_when_it_is_told(app: Flask) -> None:
    with parere(app, "worker") as worker:
        assert "waiting" in line(worker)
        code, output = stopped(worker, signal.SIGTERM)
    assert (code, "stopped" in output) == (0, True)


@pytest.mark.once
def test_the_worker_can_do_what_is_there_and_end(app: Flask) -> None:
    queue.enqueue("entry:1", "receipt", None, "a@prova.example", "x", "y", now=clock.now())
    with parere(app, "worker", "--once") as worker:
        said, _ = worker.communicate(timeout=PATIENCE)
    assert (worker.returncode, said.strip()) == (0, "Done: 1.")
