"""Rows that the verbs of proposals and of the Forum's document need under their lock."""

from __future__ import annotations

from typing import Any, TypeVar

import sqlalchemy as sa

from portal.db import db
from portal.kernel.clock import local_day
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.words import N_
from portal.opinions.proposals.models import Paper, PaperItem, Proposal, ProposalSupport
from portal.opinions.proposals.rules import AGENDA_MONTHS, DECISION_MONTHS, Facts, ProposalStage, stage

Row = TypeVar("Row")


def proposal(number: int) -> Proposal:
    """The proposal, alone: everything about it changes under this lock."""
    return _one(Proposal, sa.select(Proposal).where(Proposal.id == number))


def facts(row: Proposal) -> Facts:
    """What happened to it."""
    return Facts(
        row.approved_at is not None,
        row.sent_on,
        row.agenda_on,
        row.decided_on,
        local_day(row.withdrawn_at) if row.withdrawn_at else None,
        row.agenda_months or AGENDA_MONTHS,
        row.decision_months or DECISION_MONTHS,
    )


def check_stage(row: Proposal, *allowed: ProposalStage) -> None:
    """Refuse an act that comes too early or too late."""
    if stage(facts(row)) not in allowed:
        raise Conflict(N_("The proposal has gone further, or not far enough, for this act."), code="stage")


def supporters(row: Proposal) -> list[ProposalSupport]:
    """Who supports it as it is worded now."""
    query = sa.select(ProposalSupport).where(
        ProposalSupport.proposal_id == row.id, ProposalSupport.text_hash == row.text_hash
    )
    return list(db.session.scalars(query.order_by(ProposalSupport.given_at)))


def open_paper(paper_id: int) -> Paper:
    """The version that is being written, alone."""
    found = _one(Paper, sa.select(Paper).where(Paper.id == paper_id))
    if found.adopted_at is not None:
        raise Conflict(N_("This version is adopted: it does not change. Begin the next one."), code="adopted")
    return found


def items(paper_id: int) -> list[PaperItem]:
    """The items of a version in order."""
    query = sa.select(PaperItem).where(PaperItem.paper_id == paper_id).order_by(PaperItem.number)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def item(paper_id: int, number: int) -> PaperItem:
    """One of them."""
    found = next((one for one in items(paper_id) if one.number == number), None)
    if found is None:
        raise NotFound()
    return found


def adopted_item(item_id: int) -> PaperItem:
    """An item of a version that was adopted, alone: what the plan answers to it changes under this lock."""
    query = sa.select(PaperItem).join(Paper, Paper.id == PaperItem.paper_id)
    query = query.where(PaperItem.id == item_id, Paper.adopted_at.is_not(None))
    return _one(PaperItem, query)


def _one(kind: type[Row], query: Any) -> Row:
    alone = query.with_for_update(of=kind).execution_options(populate_existing=True)
    found: Row | None = db.session.execute(alone).scalar_one_or_none()
    if found is None:
        raise NotFound()
    return found
