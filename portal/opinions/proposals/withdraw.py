"""Who proposed takes the proposal back, until the Council has decided (art. 14 c.2)."""

from __future__ import annotations

from datetime import datetime

from portal.db import atomic
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.text import typed
from portal.opinions.proposals import locked
from portal.opinions.proposals.events import ProposalWithdrawn
from portal.opinions.proposals.proposers import check_own
from portal.opinions.proposals.rules import LINE_LIMIT, ProposalStage

_UNDECIDED = (ProposalStage.WRITTEN, ProposalStage.APPROVED, ProposalStage.SENT, ProposalStage.ON_AGENDA)


@atomic()
def withdraw(actor: Actor, number: int, reason: str, *, now: datetime) -> None:
    """With a reason that everybody reads if the proposal had been sent."""
    row = locked.proposal(number)
    check_own(actor, row, now)
    locked.check_stage(row, *_UNDECIDED)
    row.withdrawn_at = now
    row.withdrawn_reason = typed(reason, field="reason", limit=5 * LINE_LIMIT)
    record(ProposalWithdrawn(number, text_digest(row.withdrawn_reason)), actor=actor, now=now)
