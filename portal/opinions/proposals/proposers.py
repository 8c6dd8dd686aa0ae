"""For whom somebody proposes: a member organisation, or the Forum itself through its secretary (art. 14 c.2)."""

from __future__ import annotations

from datetime import datetime

from portal.forum import members
from portal.kernel.actor import Actor
from portal.kernel.errors import Forbidden
from portal.kernel.permissions import Permission, can, require
from portal.kernel.words import N_
from portal.opinions.proposals.models import Proposal


def proposer(actor: Actor, forum_id: int, now: datetime) -> int | None:
    """The organisation that somebody speaks for in the Forum; none for its secretary."""
    if can(actor, Permission.FORUM_TAKE_PART):
        return members.standing(actor, forum_id, now).body_id
    require(actor, Permission.FORUM_MANAGE)
    return None


def check_own(actor: Actor, row: Proposal, now: datetime) -> None:
    """Refuse those who did not propose it."""
    if proposer(actor, row.forum_id, now) != row.body_id:
        raise Forbidden(N_("Only the organisation that proposed it may do this."), code="not_yours")
