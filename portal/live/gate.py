"""The gate before the application: so many sockets and no more, and so many pages at a time."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Iterable
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger(__name__)
PATH = "/socket.io"
GHOST = 45.0  # seconds without a sign from the other side, though it was sent something
TELL_EVERY = 60.0  # seconds between two lines in the log that say so
MOST_SOCKETS = 300  # threads thrash beyond it; a server of its own with gevent takes more


def _forget_ghosts(connection: socket.socket | None) -> None:
    """A telephone that sleeps takes no leave: without this its place is held for a quarter of an hour."""
    if connection is not None and hasattr(socket, "TCP_USER_TIMEOUT"):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(GHOST * 1000))


class Gate:
    """A socket holds its thread as long as it is open: it must not take those that answer pages."""

    def __init__(self, inner: WSGIApplication, most_sockets: int = MOST_SOCKETS) -> None:
        self._inner = inner
        self._lock = threading.Lock()
        self._pages: threading.Semaphore | None = None
        self.most_sockets = most_sockets
        self.sockets = 0
        self.refused = 0
        self._told = float("-inf")

    def open(self, pages: int, sockets: int) -> None:
        """Let so many pages be answered at once, the others wait their turn; hold so many sockets and no more."""
        self._pages = threading.BoundedSemaphore(pages)
        self.most_sockets = sockets

    @property
    def is_full(self) -> bool:
        """True while who comes now would be refused a socket."""
        return self.sockets >= self.most_sockets

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, or hold a socket until it closes."""
        if str(environ.get("PATH_INFO", "")).startswith(PATH):
            return self._socket(environ, start_response)
        if self._pages is None:
            return self._inner(environ, start_response)
        with self._pages:
            return self._inner(environ, start_response)

    def _socket(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not self._enter():
            start_response("503 Service Unavailable", [("Content-Type", "text/plain"), ("Retry-After", "60")])
            return [b"full"]
        # Packing messages of two hundred bytes, for each socket by itself, costs more than it saves.
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        _forget_ghosts(environ.get("gunicorn.socket"))
        try:
            return self._inner(environ, start_response)
        finally:
            with self._lock:
                self.sockets -= 1

    def _enter(self) -> bool:
        with self._lock:
            if self.sockets < self.most_sockets:
                self.sockets += 1
                return True
            self.refused += 1
            tell = monotonic() - self._told >= TELL_EVERY
            if tell:
                self._told = monotonic()
        if tell:
            words = "all %s sockets are taken: who comes now is answered over HTTP alone (%s so far)"
            log.warning(words, self.most_sockets, self.refused)
        return False
