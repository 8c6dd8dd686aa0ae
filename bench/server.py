"""The server under measurement: `parere serve` as it is shipped, with a bare page beside the application."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from flask import Flask

from bench.client import Client, request

ROOT = Path(__file__).resolve().parent.parent
BARE = "/-/bare"


class WithBare:
    """Answers `/-/bare?size=N` with N bytes and passes everything else on."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self._bodies: dict[int, bytes] = {}

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        """One request."""
        if environ["PATH_INFO"] != BARE:
            return self._inner(environ, start)
        size = int(parse_qs(environ["QUERY_STRING"])["size"][0])
        body = self._bodies.setdefault(size, b"x" * size)
        start("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(size))])
        return [body]


def add_bare(app: Flask) -> None:
    """Put the bare page in front of the application."""
    app.wsgi_app = WithBare(app.wsgi_app)  # type: ignore[method-assign, assignment]


@dataclass(frozen=True)
class Server:
    """A running server: where it listens and which process answers."""

    port: int
    pid: int

    def cpu(self) -> float:
        """Seconds of processor time that the answering process has used in all its threads."""
        total = 0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            try:
                total += int((task / "schedstat").read_text().split()[0])
            except (FileNotFoundError, ProcessLookupError):
                continue
        return total / 1e9


@contextmanager
def served(environment: dict[str, str]) -> Iterator[Server]:
    """Start it, wait until it answers, and stop it afterwards."""
    with subprocess.Popen(
        [sys.executable, "-m", "bench.serve"],
        cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            port = int(process.stdout.readline().split()[3].rpartition(":")[2])
            yield Server(port, _child(port, process.pid))
        finally:
            process.terminate()


def _child(port: int, parent: int) -> int:
    """The one process that gunicorn forked: it is there when it has answered once."""
    client = Client(port)
    client.ask(request("/healthz"))
    client.close()
    return int(Path(f"/proc/{parent}/task/{parent}/children").read_text().split()[0])
