"""The Forum's secretary approves that a proposal is sent, with the Forum's vote if there was one (art. 14 c.2)."""

from __future__ import annotations

from datetime import datetime

from portal.db import atomic
from portal.forum import queries, settings
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.kernel.errors import Conflict
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.opinions.proposals import locked
from portal.opinions.proposals.events import ProposalApprovalTakenBack, ProposalApproved
from portal.opinions.proposals.rules import ProposalStage
from portal.opinions.proposals.votes import check_vote


@atomic()
def approve(actor: Actor, number: int, read: str, poll_id: int | None = None, *, now: datetime) -> None:
    """Approve the text whose fingerprint is `read`, once enough organisations support it."""
    row = locked.proposal(number)
    require(actor, Permission.FORUM_MANAGE)
    locked.check_stage(row, ProposalStage.WRITTEN)
    if read != row.text_hash:
        raise Conflict(N_("Somebody else has changed the proposal meanwhile. Read it again."), code="changed")
    seated = {seat.body_id for seat in queries.seats(row.forum_id, local_day(now))}
    given = sum(1 for one in locked.supporters(row) if one.body_id in seated)
    needed = settings.of(row.forum_id, local_day(now)).proposal_supporters
    if given < needed:
        raise Conflict(
            N_("%(given)d organisations support it, %(needed)d are needed."),
            code="supporters",
            given=given,
            needed=needed,
        )
    check_vote(row.forum_id, poll_id)
    row.approved_at, row.approved_by_id, row.poll_id = now, actor.person_id, poll_id
    record(ProposalApproved(number, row.text_hash, poll_id, given), actor=actor, now=now)


@atomic()
def take_back(actor: Actor, number: int, *, now: datetime) -> None:
    """It is to be written anew; possible until it is sent."""
    row = locked.proposal(number)
    require(actor, Permission.FORUM_MANAGE)
    locked.check_stage(row, ProposalStage.APPROVED)
    row.approved_at = row.approved_by_id = row.poll_id = None
    record(ProposalApprovalTakenBack(number), actor=actor, now=now)
