"""What was found out a moment ago, so that a thousand pages that come back at once ask the database once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")
MOST = 1_000


class Lately(Generic[T]):
    """Keeps answers for so many seconds; who asks while somebody is finding out waits for that answer."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._kept: dict[Hashable, tuple[float, T]] = {}
        self._finding: dict[Hashable, threading.Lock] = {}

    def get(self, key: Hashable, find: Callable[[], T]) -> T:
        """The answer of a moment ago, or a new one."""
        if (kept := self._fresh(key)) is not None:
            return kept[1]
        with self._finding.setdefault(key, threading.Lock()):
            if (kept := self._fresh(key)) is not None:
                return kept[1]
            began, found = time.monotonic(), find()
            if len(self._kept) >= MOST:
                self._kept.clear()
            self._kept[key] = began, found
        self._finding.pop(key, None)
        return found

    def _fresh(self, key: Hashable) -> tuple[float, T] | None:
        kept = self._kept.get(key)
        return kept if kept is not None and time.monotonic() - kept[0] < self._seconds else None
