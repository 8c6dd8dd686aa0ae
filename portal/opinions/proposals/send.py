"""Send a proposal to the Council: from that day its terms run (art. 14 c.2)."""

from __future__ import annotations

from datetime import date, datetime

from portal.db import atomic
from portal.forum import settings
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.clock import local_day
from portal.kernel.errors import Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.opinions.proposals import locked
from portal.opinions.proposals.events import ProposalSent
from portal.opinions.proposals.rules import REGISTER_LIMIT, ProposalStage


@atomic()
def send(actor: Actor, number: int, on: date, register: str, *, now: datetime) -> None:
    """Once, on a day and under a number of the register; the terms in force on that day stay with it."""
    row = locked.proposal(number)
    require(actor, Permission.FORUM_MANAGE)
    locked.check_stage(row, ProposalStage.APPROVED)
    assert row.approved_at is not None  # said by the stage
    if not local_day(row.approved_at) <= on <= local_day(now):
        raise Invalid(N_("It is sent after it was approved, and not in the future."), code="order", field="on")
    rules = settings.of(row.forum_id, on)
    row.sent_on, row.sent_at = on, now
    row.sent_register = typed(register, field="register", limit=REGISTER_LIMIT)
    row.agenda_months, row.decision_months = rules.agenda_months, rules.decision_months
    record(ProposalSent(number, on, text_digest(row.sent_register), row.text_hash), actor=actor, now=now)
