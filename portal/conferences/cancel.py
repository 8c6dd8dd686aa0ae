"""Cancel a sitting that was convened, before its first call: everybody who was called is told, with the reason."""

from __future__ import annotations

from datetime import datetime

from portal.conferences import content, locked, rules, seats, sending
from portal.conferences.rules import MACHINE, SittingState
from portal.conferences.ruleset import parse
from portal.db import atomic
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_


@atomic()
def cancel(actor: Actor, sitting_id: int, reason: str, *, now: datetime) -> int:
    """Return the number of the notice in the log."""
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.CONFERENCE_MANAGE)
    state = MACHINE.advance(sitting.state, SittingState.CANCELLED)
    if now >= locked.calls(sitting_id)[0].starts_at:
        raise Conflict(N_("The first call has passed: the sitting cannot be cancelled any more."), code="too_late")
    said = typed(reason, field="reason", limit=rules.REASON_LIMIT)

    sitting.state, sitting.cancelled_at = state, now
    rule = parse((sitting.rule or {}).get("definition"))
    to = seats.addressees(locked.seats(sitting_id), rule, sitting.conference_id, now)
    whole = content.of_cancellation(sitting, sending.next_number(sitting_id), now)
    return sending.send(actor, sitting, whole, said, to, now).id
