"""Servers under measurement, and listeners in a process of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from bench.server import ROOT, Server


@contextmanager
def started(command: list[str], environment: dict[str, str]) -> Iterator[Server]:
    """A server that says where it listens; gunicorn's own child is the one that answers."""
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            said = next((line for line in process.stdout if "://" in line), "")
            assert said, f"does not start: {command}"
            address = said.split("://")[1].split()[0]
            threading.Thread(target=_complain, args=(process.stdout,), daemon=True).start()
            port = int(address.rpartition(":")[2])
            yield Server(port, _answering(process.pid))
        finally:
            os.killpg(process.pid, 9)


def _complain(output: TextIO) -> None:
    """Show what a server says while it is measured: it should say nothing."""
    for line in output:
        if "ERROR" in line or "rror:" in line or "CRITICAL" in line:
            print(line.rstrip()[:400], file=sys.stderr)


def _answering(parent: int) -> int:
    """The one process that answers: the child that gunicorn has forked, or else the only one there is."""
    if "bench.broadcast\0" in Path(f"/proc/{parent}/cmdline").read_text():
        return parent
    until = time.monotonic() + 60
    while not (found := Path(f"/proc/{parent}/task/{parent}/children").read_text().split()):
        if time.monotonic() > until:
            raise TimeoutError("nobody answers")
        threading.Event().wait(0.05)
    return int(found[0])


class Crowd:
    """Listeners in a process of their own."""

    def __init__(self, ports: list[int], how_many: int, stream: str) -> None:
        where = ",".join(f"127.0.0.1:{port}" for port in ports)
        words = [sys.executable, "-m", "bench.listeners", where, str(how_many), "entry", *([stream] if stream else [])]
        if not stream:
            words[-1] = '42["entry"'
        self.begin(words)

    def begin(self, words: list[str]) -> None:
        """Start them, and wait until all have come in."""
        self._process = subprocess.Popen(words, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.joined = float(self._read()["joined"])

    def _read(self) -> dict[str, float]:
        assert self._process.stdout is not None
        found: dict[str, float] = json.loads(self._process.stdout.readline())
        return found

    def ask(self, command: str) -> dict[str, float]:
        """Give a command and wait for its answer."""
        self.tell(command)
        return self._read()

    def tell(self, command: str) -> None:
        """Give a command."""
        assert self._process.stdin is not None
        self._process.stdin.write(command + "\n")
        self._process.stdin.flush()

    def answer(self) -> dict[str, float]:
        """The answer to the last command."""
        return self._read()

    def close(self) -> None:
        """Hang up, all of them."""
        self._process.kill()
        self._process.communicate()


def memory(pid: int) -> int:
    """KiB that a process holds."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1])
