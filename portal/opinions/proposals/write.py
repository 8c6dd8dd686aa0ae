"""Write a proposal to the Council, and write it anew until it is approved (art. 14 c.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.db import atomic, db, next_numbers
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import digest
from portal.kernel.errors import Conflict
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.opinions.proposals import locked
from portal.opinions.proposals.events import ProposalWritten
from portal.opinions.proposals.models import Proposal
from portal.opinions.proposals.proposers import check_own, proposer
from portal.opinions.proposals.rules import TEXT_LIMIT, TITLE_LIMIT, ProposalStage


@dataclass(frozen=True)
class Wording:
    """What is asked of the Council, and why."""

    title: str
    text: str
    reason: str


@atomic()
def write(actor: Actor, forum_id: int, wording: Wording, *, now: datetime) -> int:
    """A member organisation proposes, or the Forum's secretary does; the number of the proposal."""
    body_id = proposer(actor, forum_id, now)
    row = Proposal(id=next_numbers("forum_proposal")[0], forum_id=forum_id, body_id=body_id)
    row.written_at, row.written_by_id = now, actor.person_id
    _fill(row, wording, now)
    db.session.add(row)
    _record(actor, row, now)
    return row.id


@atomic()
def rewrite(actor: Actor, number: int, wording: Wording, read: str, *, now: datetime) -> None:
    """Anew, by whoever proposed it; `read` is the fingerprint of the text that was changed."""
    row = locked.proposal(number)
    check_own(actor, row, now)
    locked.check_stage(row, ProposalStage.WRITTEN)
    if read != row.text_hash:
        raise Conflict(N_("Somebody else has changed the proposal meanwhile. Read it again."), code="changed")
    _fill(row, wording, now)
    _record(actor, row, now)


def _fill(row: Proposal, wording: Wording, now: datetime) -> None:
    row.title = typed(wording.title, field="title", limit=TITLE_LIMIT)
    row.text = typed(wording.text, field="text", limit=TEXT_LIMIT)
    row.reason = typed(wording.reason, field="reason", limit=TEXT_LIMIT)
    row.text_hash = digest({"title": row.title, "text": row.text, "reason": row.reason})
    row.changed_at = now


def _record(actor: Actor, row: Proposal, now: datetime) -> None:
    record(ProposalWritten(row.id, row.forum_id, row.body_id, row.text_hash), actor=actor, now=now)
