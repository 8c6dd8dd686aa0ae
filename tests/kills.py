"""Servers that a test may kill: a PostgreSQL that keeps its promises to the disk, in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.fixtures.services import _as_postgres, _tool, free_port


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
