"""Followers of a stream in the tests of real processes: a stranger from npm, and one of our own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Any

from flask import Flask

from portal.config import Settings
from tests.fixtures.services import missing
from tests.live.wire import PATIENCE, Wire
from tests.services.cli.test_serve import ROOT, running


class Peer:
    """The client of npm, unmodified, under Node."""

    def __init__(self, address: str, stream: str, seen: int) -> None:
        node = shutil.which("node")
        if node is None or not (ROOT / "node_modules" / "socket.io-client").is_dir():
            missing("the client of npm is not installed: npm ci")
        self.process = subprocess.Popen(
            [str(node), str(ROOT / "tests" / "live" / "peer.mjs"), address, stream, str(seen)],
            cwd=ROOT, text=True, bufsize=1, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def say(self, event: str, data: Any, **how: Any) -> None:
        """Let it send an event."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"event": event, "data": data, **how}) + "\n")

    def hear(self, on: str) -> dict[str, Any]:
        """Wait until it says that something happened, and return what it says."""
        assert self.process.stdout is not None
        limit = Timer(PATIENCE, self.process.kill)
        limit.start()
        try:
            for line in self.process.stdout:
                found: dict[str, Any] = json.loads(line)
                if found["on"] == on:
                    return found
        finally:
            limit.cancel()
        raise AssertionError(f"never heard: {on}")


@contextmanager
def peer(address: str, stream: str, seen: int) -> Iterator[Peer]:
    """A stranger while the test needs it."""
    found = Peer(address, stream, seen)
    try:
        yield found
    finally:
        found.process.kill()
        found.process.communicate()


class Follower:
    """Follows a stream over a connection, and asks for what a head says that it has not heard."""

    def __init__(self, connection: Wire, stream: str) -> None:
        self._wire, self._stream = connection, stream
        self.heard: list[int] = []
        self.seen = int(connection.ask("join", {"streams": {stream: None}})["streams"][stream]["head"])

    def until(self, seq: int) -> list[int]:
        """Wait for an entry; returns the numbers of all that were told, in the order in which they came."""
        while self.seen < seq:
            event, data = self._wire.next()
            if event == "entry" and data["stream"] == self._stream:
                self._take(data["seq"])
            elif event == "head" and data["stream"] == self._stream and data["seq"] > self.seen:
                found = self._wire.ask("join", {"streams": {self._stream: self.seen}})["streams"][self._stream]
                for entry in found["missed"]:
                    self._take(entry["seq"])
        return self.heard

    def _take(self, seq: int) -> None:
        self.heard.append(seq)
        self.seen = max(self.seen, seq)


@contextmanager
def gunicorn(app: Flask, **more: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Sockets as large installations hold them, with gevent; gives the address and the process."""
    command = [sys.executable, "-m", "gunicorn", "-c", "python:portal.live.gunicorn", "-b", "127.0.0.1:0", "wsgi:app"]
    settings: Settings = app.extensions["settings"]
    with running(settings, command, **more) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if "Listening at: " in line:
                yield line.split("Listening at: ")[1].split()[0], process
                return
        raise AssertionError("gunicorn did not start")
