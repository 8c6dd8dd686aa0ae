"""The loop that does what verbs left to be done: its steps in turn, again and again, until told to stop."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

log = logging.getLogger(__name__)
Step = Callable[[], int]  # does some of its work and returns how much


class Worker:
    """Each step says how much it did; when all of them did nothing, the worker rests for the interval."""

    def __init__(
        self, around: Callable[[], AbstractContextManager[object]], steps: Sequence[Step], interval: float = 2.0
    ) -> None:
        self._around = around
        self._steps = tuple(steps)
        self._interval = interval
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def once(self) -> int:
        """Take every step once and return how much was done; a step that fails does not stop the others."""
        done = 0
        for step in self._steps:
            try:
                with self._around():
                    done += step()
            except Exception:
                log.exception("a step of the worker failed and will be tried again: %s", step.__name__)
        return done

    def drain(self) -> int:
        """Go on until nothing is left to do now; return how much was done."""
        total = 0
        while done := self.once():
            total += done
        return total

    def run(self) -> None:
        """Work until `stop` is called; what was begun is finished first."""
        while not self._stopped.is_set():
            if self.once() == 0:
                self._stopped.wait(self._interval)

    def stop(self) -> None:
        """Ask the loop to end; it is woken if it rests."""
        self._stopped.set()

    def start(self) -> None:
        """Run in a thread of this process."""
        self._thread = threading.Thread(target=self.run, name="worker", daemon=True)
        self._thread.start()

    def join(self, timeout: float) -> None:
        """Wait until the thread has finished what it was doing."""
        if self._thread:
            self._thread.join(timeout)
