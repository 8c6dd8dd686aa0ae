"""Being woken when something was committed, instead of waiting for the next look at the journal.

Waking is a courtesy: whatever it misses, the next look finds a fifth of a second later.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import Protocol

import redis

log = logging.getLogger(__name__)
CHANNEL = "parere:live:wake"
TIMEOUT = 0.5  # seconds that an act waits for a queue that does not answer
REST = 5.0  # seconds before a queue that failed is tried again


class Wake(Protocol):
    """Rung by whoever commits, heard by the relay."""

    def ring(self) -> None:
        """Something was committed."""

    def wait(self, timeout: float) -> None:
        """Return when somebody rings, at the latest after so many seconds."""


class Local:
    """Within one process."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def ring(self) -> None:
        """Something was committed."""
        self._event.set()

    def wait(self, timeout: float) -> None:
        """Return when somebody rings, at the latest after so many seconds."""
        self._event.wait(timeout)
        self._event.clear()


class Queued(Local):
    """Between processes, through the message queue; it listens from the first time that somebody waits."""

    def __init__(self, url: str, channel: str = CHANNEL) -> None:
        super().__init__()
        self._url, self._channel = url, channel
        self._sender = redis.Redis.from_url(url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)
        self._rests_until = 0.0
        self._listener: threading.Thread | None = None

    def ring(self) -> None:
        """Something was committed: tell it to all processes. Who commits never waits for a queue that is away."""
        super().ring()
        if time.monotonic() < self._rests_until:
            return
        try:
            self._sender.publish(self._channel, b"1")
        except redis.RedisError:
            self._rests_until = time.monotonic() + REST

    def wait(self, timeout: float) -> None:
        """Return when somebody rings, at the latest after so many seconds."""
        if self._listener is None:
            self._listener = threading.Thread(target=self._listen, name="wake", daemon=True)
            self._listener.start()
        super().wait(timeout)

    def _listen(self) -> None:
        while True:
            try:
                with redis.Redis.from_url(self._url).pubsub() as heard:  # type: ignore[no-untyped-call]
                    heard.subscribe(self._channel)
                    for _ in heard.listen():
                        self._event.set()
            except redis.RedisError as error:
                log.debug("nobody can ring: %s", error)
            threading.Event().wait(1)
