"""A step of the worker that is not worth taking at every round."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from portal.jobs.worker import Step


class Seldom:
    """Take the step at the first round and then once in an interval; in between nothing is done."""

    def __init__(self, interval: timedelta, step: Step, now: Callable[[], float] = time.monotonic) -> None:
        self.__name__ = step.__name__
        self._interval = interval.total_seconds()
        self._step = step
        self._now = now
        self._due = 0.0

    def __call__(self) -> int:
        """How much was done."""
        if self._now() < self._due:
            return 0
        self._due = self._now() + self._interval
        return self._step()
