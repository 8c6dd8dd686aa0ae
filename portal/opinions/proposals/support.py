"""Member organisations support a proposal of another, as it is worded (art. 14 c.2)."""

from __future__ import annotations

from datetime import datetime

from portal.db import atomic, db
from portal.forum import members
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.opinions.proposals import locked
from portal.opinions.proposals.events import ProposalSupported, ProposalSupportEnded
from portal.opinions.proposals.models import ProposalSupport
from portal.opinions.proposals.rules import ProposalStage

_BEFORE = (ProposalStage.WRITTEN, ProposalStage.APPROVED)


@atomic()
def support(actor: Actor, number: int, read: str, *, now: datetime) -> None:
    """Support the text whose fingerprint is `read`; once more after it was changed."""
    require(actor, Permission.FORUM_TAKE_PART)
    row = locked.proposal(number)
    member = members.standing(actor, row.forum_id, now)
    locked.check_stage(row, *_BEFORE)
    if member.body_id == row.body_id:
        raise Conflict(N_("Your organisation proposes it: it need not support it."), code="own")
    if read != row.text_hash:
        raise Conflict(N_("Somebody else has changed the proposal meanwhile. Read it again."), code="changed")
    known = db.session.get(ProposalSupport, (number, member.body_id))
    if known is not None and known.text_hash == row.text_hash:
        return
    given = known or ProposalSupport(proposal_id=number, body_id=member.body_id)
    given.text_hash, given.given_at, given.person_id = row.text_hash, now, actor.person_id
    db.session.add(given)
    record(ProposalSupported(number, member.body_id, row.text_hash), actor=actor, now=now)


@atomic()
def end(actor: Actor, number: int, *, now: datetime) -> None:
    """Support it no more, as long as it has not been approved."""
    require(actor, Permission.FORUM_TAKE_PART)
    row = locked.proposal(number)
    member = members.standing(actor, row.forum_id, now)
    locked.check_stage(row, ProposalStage.WRITTEN)
    known = db.session.get(ProposalSupport, (number, member.body_id))
    if known is None:
        return
    db.session.delete(known)
    record(ProposalSupportEnded(number, member.body_id), actor=actor, now=now)
