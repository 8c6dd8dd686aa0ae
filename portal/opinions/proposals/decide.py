"""Write down what the Council decided on a proposal, with its reasons (art. 14 c.2: within two further months)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from portal.db import atomic
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.clock import local_day
from portal.kernel.errors import Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.opinions.proposals import locked
from portal.opinions.proposals.events import ProposalDecided
from portal.opinions.proposals.rules import LINE_LIMIT, TEXT_LIMIT, Answer, ProposalStage


@dataclass(frozen=True)
class Decision:
    """The Council's act on a proposal."""

    on: date
    answer: Answer
    reason: str
    act: str


@atomic()
def decide(actor: Actor, number: int, decision: Decision, *, now: datetime) -> None:
    """Once; everybody reads the reasons."""
    row = locked.proposal(number)
    require(actor, Permission.FORUM_ANSWER)
    locked.check_stage(row, ProposalStage.ON_AGENDA)
    assert row.agenda_on is not None  # said by the stage
    if not row.agenda_on <= decision.on <= local_day(now):
        raise Invalid(
            N_("The decision comes after the proposal was put on the agenda, and not in the future."),
            code="order",
            field="on",
        )
    row.decided_on, row.answer = decision.on, decision.answer
    row.decision_reason = typed(decision.reason, field="reason", limit=TEXT_LIMIT)
    row.decision_act = typed(decision.act, field="act", limit=LINE_LIMIT)
    event = ProposalDecided(
        number,
        decision.on,
        decision.answer.value,
        text_digest(row.decision_reason),
        text_digest(row.decision_act),
    )
    record(event, actor=actor, now=now)
