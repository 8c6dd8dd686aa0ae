"""Console: serve pages and sockets, and the worker that sends mail."""

from __future__ import annotations

import signal
import socket
from typing import Any, cast

import click
from flask import Flask, current_app
from gunicorn.app.base import BaseApplication

from portal.config import Settings
from portal.db import db
from portal.jobs.worker import Worker
from portal.journal import health

GRACE = 20  # seconds that requests under way are given to finish


class Embedded(BaseApplication):
    """gunicorn with threads, configured from here instead of a file."""

    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self._app = app
        self._options = options
        super().__init__()  # type: ignore[no-untyped-call]

    def load_config(self) -> None:
        """Take over the options."""
        for name, value in self._options.items():
            cast(Any, self.cfg).set(name, value)

    def load(self) -> Flask:
        """The application, in the process that answers."""
        return self._app


@click.command(short_help="Serve the pages, with the worker beside them.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 64), help="Requests at a time.")
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 64), help="Needs PostgreSQL if > 1.")
@click.option("--worker/--no-worker", default=True, show_default=True, help="Send mail from this process too.")
@click.option("--live/--no-live", default=True, show_default=True, help="Hold sockets in this process too.")
def serve(host: str, port: int, threads: int, processes: int, worker: bool, live: bool) -> None:
    """Serve the portal: pages, sockets, and the worker beside them.

    A socket holds a thread as long as it is open, beside those that answer pages: LIVE_SOCKETS (300) says how many at
    most. Who comes when all are taken is answered over HTTP alone.

    \b
    Examples:
      parere serve                       http://127.0.0.1:8000
      parere serve --port 8080
      parere serve --processes 4 --no-worker --no-live    (PostgreSQL; `parere worker` and `parere live` by themselves)
      parere serve --port 8001 --no-worker --threads 2    (sockets in a process of their own)
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    settings: Settings = app.extensions["settings"]
    if processes > 1 and settings.database_url.startswith("sqlite"):
        raise click.ClickException("SQLite is served by one process: set DATABASE_URL to PostgreSQL for more.")
    _check_tables()
    listener = _listen(host, port)
    click.echo(f"Parere answers at http://{host}:{listener.getsockname()[1]} (stop with Ctrl+C)")
    if processes > 1 and live and not settings.redis_url:
        click.echo("Without REDIS_URL each process tells its own sockets what it reads: that works, and costs more.")
    Embedded(app, _options(app, listener.detach(), threads, processes, worker, live)).run()  # type: ignore[no-untyped-call]


@click.command(short_help="Hold sockets, in a process of their own.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8001, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
def live(host: str, port: int) -> None:
    """Hold sockets and tell them what happens, in a process of its own; pages are answered by `parere serve --no-live`.

    A proxy sends `/socket.io/` here and everything else to the pages. Several of these on several ports share the
    sockets where REDIS_URL is set; docs/operations.md shows how.

    \b
    Examples:
      parere live --port 8001
      LIVE_SOCKETS=500 parere live --port 8001
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    _check_tables()
    listener = _listen(host, port)
    click.echo(f"Sockets are at http://{host}:{listener.getsockname()[1]} (stop with Ctrl+C)")
    Embedded(app, _options(app, listener.detach(), 2, 1, worker=False, live=True)).run()  # type: ignore[no-untyped-call]


def _check_tables() -> None:
    if not health.database_answers():
        raise click.ClickException("The database does not answer or has no tables. Run `parere db upgrade` first.")
    db.session.remove()
    db.engine.dispose()


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), backlog=512)
    except OSError as error:
        raise click.ClickException(
            f"Cannot listen on {host}:{port}: {error.strerror or error}. Choose another with --port."
        ) from error


def _options(app: Flask, listener: int, threads: int, processes: int, worker: bool, live: bool) -> dict[str, Any]:
    sockets = app.extensions["gate"].most_sockets if live else 0

    def begin(process: Any) -> None:
        with app.app_context():
            db.engine.dispose(close=False)
        app.extensions["gate"].open(threads, sockets)
        if worker:
            app.extensions["worker"].start()
        if live:
            app.extensions["relay"].start(lambda: process.alive)

    def end(_arbiter: Any, _process: Any) -> None:
        mailing: Worker = app.extensions["worker"]
        mailing.stop()
        mailing.join(GRACE)
        app.extensions["relay"].stop()

    return {
        "bind": f"fd://{listener}",
        "worker_class": "gthread",
        "workers": processes,
        "threads": threads + sockets,
        "keepalive": 30,
        "graceful_timeout": GRACE,
        "timeout": 60,
        "loglevel": "warning",
        "control_socket_disable": True,
        "post_worker_init": begin,
        "worker_exit": end,
    }


@click.command(short_help="Send mail and do what was left for later.")
@click.option("--once", is_flag=True, help="Do what is there to do and stop.")
def worker(once: bool) -> None:
    """Send mail and do what else was left for later, until stopped.

    \b
    Examples:
      parere worker
      parere worker --once      (from a timer)
    """
    mailing: Worker = current_app.extensions["worker"]
    if once:
        click.echo(f"Done: {mailing.drain()}.")
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: mailing.stop())
    click.echo("The worker is waiting for work (stop with Ctrl+C).")
    mailing.run()
    click.echo("The worker has stopped.")
