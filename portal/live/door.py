"""The door of the sockets: who is there, under which mandate, and how often they may knock."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.accounts import queries as accounts
from portal.journal.hearing import Ear
from portal.kernel import clock
from portal.kernel.actor import Actor

MOST_EVENTS, WINDOW = 30, 10.0  # events of one socket in so many seconds
MOST_STREAMS = 20


@dataclass
class Caller:
    """One open socket: what its cookie said when it was opened, and what it follows."""

    token: str | None
    acting: int | None
    ears: dict[str, Ear] = field(default_factory=dict)
    _times: deque[float] = field(default_factory=lambda: deque(maxlen=MOST_EVENTS))

    @classmethod
    def of(cls, session: Mapping[str, Any]) -> Caller:
        """Whoever the session names."""
        return cls(session.get("_user_id"), session.get("acting"))

    def actor(self) -> Actor:
        """Who this is now: read anew at every event, so that a right withdrawn is felt at once."""
        if not self.token:
            return Actor.anonymous()
        token_hash = hashlib.sha256(self.token.encode()).hexdigest()
        return accounts.actor_of_session(token_hash, acting=self.acting, now=clock.now()) or Actor.anonymous()

    def knocks(self, at: float) -> bool:
        """Count an event; False if there were too many of them lately."""
        if len(self._times) == MOST_EVENTS and at - self._times[0] < WINDOW:
            return False
        self._times.append(at)
        return True
