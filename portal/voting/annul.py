"""Annul a poll, for a reason that everybody can read; the vote is taken again in a new poll that refers to it."""

from __future__ import annotations

from datetime import datetime

from portal.db import atomic
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.errors import Forbidden
from portal.kernel.offices import Office
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.voting import locked, rules
from portal.voting.events import PollAnnulled
from portal.voting.rules import COUNTED_STATES, POLL_MACHINE, PollState


@atomic()
def annul(actor: Actor, poll_id: int, reason: str, *, now: datetime) -> None:
    """What was answered in a poll annulled while open stays unknown; after the count only the secretary general may."""
    poll = locked.poll_for_update(poll_id)
    require(actor, Permission.POLL_ANNUL, poll)
    was = poll.state
    state = POLL_MACHINE.advance(was, PollState.ANNULLED)
    if was in COUNTED_STATES and not _certifies(actor):
        raise Forbidden(N_("Once the answers are counted, only the secretary general annuls a poll."), code="certify")
    text = rules.check_reason(typed(reason, field="reason", limit=rules.REASON_LIMIT))
    poll.state, poll.annulled_at, poll.annul_reason = state, now, text
    record(PollAnnulled(poll.id, was.value, text_digest(text)), actor=actor, now=now)


def _certifies(actor: Actor) -> bool:
    return actor.is_system or (actor.acting is not None and actor.acting.office is Office.SECRETARY_GENERAL)
