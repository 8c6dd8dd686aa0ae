"""The relay: reads what was committed to the journal and tells it to the rooms, whoever made the change."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from portal.journal import hearing
from portal.journal.hearing import MOST_MISSED
from portal.kernel import clock
from portal.kernel.events import Audience
from portal.live.hub import Hub
from portal.live.rooms import room_of
from portal.live.turn import Turn

log = logging.getLogger(__name__)
INTERVAL = 0.2  # seconds between two looks at the journal
HEADS_EVERY = 5.0
LOOK_EVERY = 15.0


class Relay:
    """Reads by stream: there alone numbers grow without gaps, so that nothing that is committed late is missed."""

    def __init__(self, around: Callable[[], AbstractContextManager[object]], hub: Hub, turn: Turn) -> None:
        self._around, self._hub, self._turn = around, hub, turn
        self._known: dict[str, int] | None = None  # where each stream stood; None while it is not our turn
        self._told_heads = self._looked = float("-inf")
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def once(self) -> int:
        """Tell what is new, and from time to time how far each stream has come; return how many entries were told."""
        with self._around():
            self._look_again()
            if not self._turn.mine():
                self._known = None
                return 0
            heads = hearing.heads()
            told = self._tell_news(heads) if self._known is not None else 0
            self._known = heads
            self._tell_heads(heads)
            return told

    def _tell_news(self, heads: dict[str, int]) -> int:
        told = 0
        for stream, head in heads.items():
            known = (self._known or {}).get(stream, 0)
            if head - known > MOST_MISSED:
                continue  # the head says that much was missed: pages ask for it
            entries = hearing.missed(stream, known) if head > known else []
            for entry in entries:
                if entry.seq > head:
                    break  # committed meanwhile: the next round tells it
                self._hub.tell(room_of(entry), "entry", entry.in_full())
                if entry.audience is not Audience.PUBLIC:
                    self._hub.tell(stream, "entry", entry.bare())
                told += 1
        return told

    def _tell_heads(self, heads: dict[str, int]) -> None:
        if time.monotonic() - self._told_heads < HEADS_EVERY:
            return
        self._told_heads = time.monotonic()
        now = int(clock.now().timestamp() * 1000)
        for stream, seq in heads.items():
            self._hub.tell(stream, "head", {"stream": stream, "seq": seq, "now": now})

    def _look_again(self) -> None:
        if time.monotonic() - self._looked >= LOOK_EVERY:
            self._looked = time.monotonic()
            self._hub.look_again()

    def run(self, alive: Callable[[], bool] = lambda: True) -> None:
        """Go on until `stop` is called or the server ends; a fault is written down and the next round tries again.

        At the end it takes leave of the sockets, so that the server need not wait for them.
        """
        while alive() and not self._stopped.is_set():
            try:
                self.once()
            except Exception:
                log.exception("the relay failed and will try again")
            self._stopped.wait(INTERVAL)
        self._turn.end()
        self._hub.close()

    def start(self, alive: Callable[[], bool] = lambda: True) -> None:
        """Run in a thread of this process."""
        self._stopped.clear()
        self._thread = threading.Thread(target=self.run, args=(alive,), name="relay", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ask the loop to end."""
        self._stopped.set()

    def join(self, timeout: float) -> None:
        """Wait until the loop has ended."""
        if self._thread:
            self._thread.join(timeout)
