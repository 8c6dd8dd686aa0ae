"""Settings of gunicorn for sockets by the thousand: one process with gevent, the relay beside it.

    gunicorn -c python:portal.live.gunicorn -b 127.0.0.1:8001 wsgi:app

gevent replaces the threads of the process before the program is loaded: never with `--preload`. LIVE_SOCKETS says how
many sockets it holds at most.
"""

from __future__ import annotations

from typing import Any

from flask import Flask

from portal.config import Settings, UnsafeSettings, from_environment

worker_class = "gevent"
workers = 1
worker_connections = 10_000
graceful_timeout = 20
timeout = 60
control_socket_disable = True
PAGES = 4  # answered at a time: this process is for sockets


def on_starting(_arbiter: Any) -> None:
    """SQLite would hold up every socket at each write: refuse it before anything else."""
    if from_environment().database_url.startswith("sqlite"):
        raise UnsafeSettings("sockets under gevent need PostgreSQL: set DATABASE_URL, or use `parere live`")


def post_worker_init(worker: Any) -> None:
    """Open the gate and start the relay, in the process that answers."""
    app: Flask = worker.app.callable
    settings: Settings = app.extensions["settings"]
    app.extensions["gate"].open(PAGES, settings.live_sockets)
    app.extensions["relay"].start(lambda: worker.alive)


def worker_exit(_arbiter: Any, worker: Any) -> None:
    """Take leave."""
    worker.app.callable.extensions["relay"].stop()
