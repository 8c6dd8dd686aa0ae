"""The relay: reads what was committed to the journal and tells it to the rooms, whoever made the change."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from portal.journal import hearing
from portal.journal.hearing import MOST_MISSED
from portal.kernel import clock
from portal.kernel.events import Audience
from portal.live.hub import Hub
from portal.live.rooms import room_of, staff_of
from portal.live.turn import LEASE, Turn
from portal.live.turnout import Turnout
from portal.live.wake import Local, Wake

log = logging.getLogger(__name__)
INTERVAL = 0.2  # seconds between two looks at the journal if nobody rings
APART = 0.02  # seconds between two looks at least, however often somebody rings
HEADS_EVERY = 3.0
LOOK_EVERY, LOOK_APART = 15.0, 1.0  # who hears what: so often, and soon after an account or a mandate has changed


class Relay:
    """Reads by stream: there alone numbers grow without gaps, so that nothing that is committed late is missed."""

    def __init__(
        self, around: Callable[[], AbstractContextManager[object]], hub: Hub, turn: Turn, wake: Wake | None = None
    ) -> None:
        self._around, self._hub, self._turn = around, hub, turn
        self._name = secrets.token_hex(4)  # by which what several processes tell is kept apart
        self._wake = wake or Local()
        self._known: dict[str, int] | None = None  # where each stream stood; None while it is not our turn
        self._before = _Before()
        self._turnout = Turnout(hub)
        self._told_heads = self._looked = float("-inf")
        self._rights: dict[str, int] = {}  # how far the streams in which rights end had come when we looked
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def once(self) -> int:
        """Tell what is new, and from time to time how far each stream has come; return how many entries were told."""
        told = self._tell()
        with self._around():
            self._look_again()
        return told

    def _tell(self) -> int:
        with self._around():
            told = self._tell_in_turn()
            self._tell_heads()
            return told

    def _tell_in_turn(self) -> int:
        if not self._turn.mine():
            if self._known is not None:
                self._before.begin(self._known)
            self._known = None
            self._before.note()
            return 0
        heads = hearing.heads()
        if self._known is None:
            self._known = self._before.take() or heads
        told = self._tell_news(heads)
        self._known = heads
        self._turnout.tell()
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

    def _tell_heads(self) -> None:
        """Each process tells the sockets of its own: what a queue has lost is noticed while it is still away."""
        if time.monotonic() - self._told_heads < HEADS_EVERY:
            return
        self._told_heads = time.monotonic()
        following = self._hub.following
        for stream, seq in (hearing.heads(following) if following else {}).items():
            now = int(clock.now().timestamp() * 1000)
            self._hub.tell_here(stream, "head", {"stream": stream, "seq": seq, "now": now})
        for stream in filter(hearing.is_guarded, following):  # the staff of a sitting adds up what each process tells
            crowd = {"stream": stream, "process": self._name, "here": following[stream]}
            self._hub.tell(staff_of(stream), "crowd", crowd)

    def _look_again(self) -> None:
        """Ask anew who may hear what: at intervals, and at once when a session, a mandate or a seat has ended."""
        if not self._hub.connected:
            return
        ended = self._some_right_has_ended()
        if ended or time.monotonic() - self._looked >= LOOK_EVERY:
            self._looked = time.monotonic()
            self._hub.look_again()

    def _some_right_has_ended(self) -> bool:
        names = {"accounts", *filter(hearing.is_guarded, self._hub.followed)}
        before, self._rights = self._rights, {name: hearing.head(name) for name in names}
        moved = {name for name, head in self._rights.items() if head != before.get(name, head)}
        return any(hearing.withdrawn(name, before[name]) for name in moved)

    def run(self, alive: Callable[[], bool] = lambda: True) -> None:
        """Go on until `stop` is called or the server ends; a fault is written down and the next round tries again.

        At the end it takes leave of the sockets, so that the server need not wait for them.
        """
        looking = threading.Thread(target=self._keep_looking, args=(alive,), name="rights", daemon=True)
        looking.start()
        while alive() and not self._stopped.is_set():
            self._try(self._tell)
            self._stopped.wait(APART)
            self._wake.wait(INTERVAL)
        self._turn.end()
        self._hub.close()

    def _keep_looking(self, alive: Callable[[], bool]) -> None:
        """Beside the telling: to ask for hundreds of people takes its time, and news must not wait for it."""

        def look() -> None:
            with self._around():
                self._look_again()

        while alive() and not self._stopped.is_set():
            self._try(look)
            self._stopped.wait(LOOK_APART)

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except Exception:
            log.exception("the relay failed and will try again")

    def start(self, alive: Callable[[], bool] = lambda: True) -> None:
        """Run in a thread of this process."""
        self._stopped.clear()
        self._thread = threading.Thread(target=self.run, args=(alive,), name="relay", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ask the loop to end."""
        self._stopped.set()
        self._wake.ring()

    def join(self, timeout: float) -> None:
        """Wait until the loop has ended."""
        if self._thread:
            self._thread.join(timeout)


class _Before:
    """Where the streams stood before the turn of another can have ended: who takes over tells what came since.

    Something is told twice rather than not at all; who has heard it knows by its number.
    """

    def __init__(self) -> None:
        self._older: dict[str, int] | None = None
        self._newer: dict[str, int] | None = None
        self._noted = float("-inf")

    def begin(self, heads: dict[str, int]) -> None:
        """The turn was ours until now; if it comes back soon, nobody else has told what came since."""
        self._older = self._newer = heads
        self._noted = time.monotonic()

    def note(self) -> None:
        """Look at the streams, once in the time after which a turn runs out."""
        if time.monotonic() - self._noted >= LEASE / 1000:
            self._noted = time.monotonic()
            self._older, self._newer = self._newer, hearing.heads()

    def take(self) -> dict[str, int] | None:
        """What was noted long enough ago, or as long ago as we know."""
        return self._older or self._newer
