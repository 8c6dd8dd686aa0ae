"""Servers that a test may kill: a PostgreSQL that keeps its promises to the disk, and the portal itself."""

from __future__ import annotations

import http.client
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from itsdangerous import URLSafeTimedSerializer

from portal.accounts.start_session import start_session
from portal.config import Settings
from portal.kernel import clock
from tests.fixtures.services import _as_postgres, _tool, free_port

ROOT = Path(__file__).resolve().parents[1]


class Postgres:
    """Started, killed and started again on the same data; fsync and synchronous commit as in production."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data, self.port = folder, folder / "data", free_port()
        _as_postgres(_tool("initdb"), "-D", str(self.data), "-U", "parere", "-A", "trust", "-E", "UTF8", "--locale=C")
        self.start()

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"postgresql+psycopg://parere@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it, and after a kill let it recover."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c max_connections=100"
        log = str(self.folder / "log")
        _as_postgres(_tool("pg_ctl"), "-D", str(self.data), "-l", log, "-w", "-o", options, "start")

    def kill(self) -> None:
        """Stop it at once, as a power cut would: nothing is finished, nothing is written out."""
        _as_postgres(_tool("pg_ctl"), "-D", str(self.data), "-m", "immediate", "-w", "stop")


@contextmanager
def postgres() -> Iterator[Postgres]:
    """One that is gone, with its folder, at the end."""
    folder = Path(tempfile.mkdtemp(prefix="parere-kill-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    server = None
    try:
        server = Postgres(folder)
        yield server
    finally:
        if server is not None:
            stop = [_tool("pg_ctl"), "-D", str(server.data), "-m", "immediate", "-w", "stop"]
            prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
            subprocess.run([*prefix, *stop], capture_output=True, cwd="/", check=False)
        shutil.rmtree(folder, ignore_errors=True)


class Served:
    """`parere serve` in a process group of its own, on the database of an application."""

    def __init__(self, app: Flask) -> None:
        settings: Settings = app.extensions["settings"]
        environment = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": settings.database_url,
            "DATA_DIR": str(settings.data_dir),
            "SECRET_KEY": settings.secret_key,
            "LOG_LEVEL": "ERROR",
            "PYTHONUNBUFFERED": "1",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "portal", "serve", "--port", "0", "--no-worker"],
            cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline().split()[3].rpartition(":")[2])

    def kill(self) -> None:
        """All of it at once: nothing is finished."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()


class Browser:
    """Somebody signed in, who posts forms to a running server."""

    def __init__(self, app: Flask, person_id: int, mandate_id: int) -> None:
        token = start_session(person_id, "link", "test", now=clock.now())
        raw = secrets.token_hex(20)
        signer: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        session = {"_user_id": token, "_fresh": True, "csrf_token": raw, "acting": mandate_id}
        self.cookie = f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(session)}"
        self.csrf = str(URLSafeTimedSerializer(str(app.secret_key), salt="wtf-csrf-token").dumps(raw))

    def post(self, port: int, path: str, **fields: str) -> int:
        """The status of the answer; ConnectionError or HTTPException if there is none."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", path, urlencode({"csrf_token": self.csrf, **fields}), headers)
            return connection.getresponse().status
        finally:
            connection.close()
