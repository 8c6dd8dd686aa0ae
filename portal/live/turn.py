"""Whose turn it is to emit: one process for all, or each for the sockets of its own."""

from __future__ import annotations

import logging
import secrets
import time
from typing import Protocol

import redis

log = logging.getLogger(__name__)
KEY = "parere:live:relay"
LEASE = 5_000  # milliseconds after which another process takes over
_RENEW = (
    "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) else return 0 end"
)
_END = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end"


class Turn(Protocol):
    """Says whether this process emits now."""

    def mine(self) -> bool:
        """True if this process emits."""

    def end(self) -> None:
        """Leave the turn to another."""


class Always:
    """Without a message queue each process tells the sockets it holds itself."""

    def mine(self) -> bool:
        """True: nobody else reaches these sockets."""
        return True

    def end(self) -> None:
        """Nothing to leave."""


class Elected:
    """With a message queue every emission reaches all processes: exactly one of them may emit."""

    def __init__(self, url: str, key: str = KEY) -> None:
        self._redis = redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)
        self._key = key
        self._me = secrets.token_hex(8)
        self._silent = False
        self._asks_at = 0.0

    def mine(self) -> bool:
        """Take the turn if it is free, keep it if it is ours. While Redis is away it is nobody's: heads say the rest.

        Who has it asks again when half of its time has gone.
        """
        if time.monotonic() < self._asks_at:
            return True
        self._asks_at = time.monotonic() + LEASE / 2000
        held = self._held()
        if not held:
            self._asks_at = 0.0
        return held

    def _held(self) -> bool:
        try:
            taken = self._redis.set(self._key, self._me, nx=True, px=LEASE)
            held = bool(taken) or bool(self._redis.eval(_RENEW, 1, self._key, self._me, str(LEASE)))
        except redis.RedisError as error:
            if not self._silent:
                log.error("the message queue does not answer, nothing is told live: %s", error)
            self._silent = True
            return False
        self._silent = False
        return held

    def end(self) -> None:
        """Let another take over at once."""
        self._asks_at = 0.0
        try:
            self._redis.eval(_END, 1, self._key, self._me)
        except redis.RedisError:
            log.warning("the turn to emit could not be given back: it ends by itself")
