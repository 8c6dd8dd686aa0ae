"""Proclaim the result of a closed poll: from now on it stands."""

from __future__ import annotations

from datetime import datetime

from portal.db import atomic
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.permissions import Permission, require
from portal.voting import locked
from portal.voting.events import PollProclaimed
from portal.voting.rules import POLL_MACHINE, PollState


@atomic()
def proclaim(actor: Actor, poll_id: int, *, now: datetime) -> bool:
    """Return whether the poll has passed."""
    poll = locked.poll_for_update(poll_id)
    require(actor, Permission.POLL_CONDUCT, poll)
    poll.state, poll.proclaimed_at = POLL_MACHINE.advance(poll.state, PollState.PROCLAIMED), now
    met = bool(poll.met)
    record(PollProclaimed(poll.id, now, poll.root_hash or "", met), actor=actor, now=now)
    return met
