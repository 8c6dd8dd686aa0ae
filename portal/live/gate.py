"""The gate before the application: so many sockets and no more, and so many pages at a time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger(__name__)
PATH = "/socket.io"
MOST_SOCKETS = 300  # threads thrash beyond it; a server of its own with gevent takes more


class Gate:
    """A socket holds its thread as long as it is open: it must not take those that answer pages."""

    def __init__(self, inner: WSGIApplication, most_sockets: int = MOST_SOCKETS) -> None:
        self._inner = inner
        self._lock = threading.Lock()
        self._pages: threading.Semaphore | None = None
        self.most_sockets = most_sockets
        self.sockets = 0
        self.refused = 0

    def open(self, pages: int, sockets: int) -> None:
        """Let so many pages be answered at once, the others wait their turn; hold so many sockets and no more."""
        self._pages = threading.BoundedSemaphore(pages)
        self.most_sockets = sockets

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
            first = self.refused == 1
        if first:
            log.warning("all %s sockets are taken: who comes now is answered over HTTP alone", self.most_sockets)
        return False
