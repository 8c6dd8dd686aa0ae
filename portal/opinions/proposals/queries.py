"""Reading proposals: before one is sent the Forum reads it, from then on everybody does."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from portal.db import db
from portal.forum.models import Forum
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, can
from portal.opinions.proposals import locked
from portal.opinions.proposals.models import Proposal, ProposalSupport
from portal.opinions.proposals.rows import ProposalRow, SupporterRow
from portal.territory.models import Body

MOST = 1000


def reads_unsent(actor: Actor) -> bool:
    """True for the offices of the Forum and the delegates of its organisations."""
    return can(actor, Permission.FORUM_WATCH) or can(actor, Permission.FORUM_TAKE_PART)


def proposals(actor: Actor) -> list[ProposalRow]:
    """All that the actor may read, latest first."""
    rows = db.session.execute(_readable(actor).order_by(Proposal.id.desc()).limit(MOST))
    return [_row(*row) for row in rows]


def proposal(actor: Actor, number: int) -> ProposalRow:
    """One proposal."""
    row = db.session.execute(_readable(actor).where(Proposal.id == number)).one_or_none()
    if row is None:
        raise NotFound()
    return _row(*row)


def supporters(number: int) -> list[SupporterRow]:
    """Who supports it, in order of name; whoever supported an earlier wording last."""
    rows = db.session.execute(
        sa.select(
            Body.id,
            Body.key,
            Body.name,
            Body.forum_category,
            ProposalSupport.given_at,
            ProposalSupport.text_hash == Proposal.text_hash,
        )
        .join(Proposal, Proposal.id == ProposalSupport.proposal_id)
        .join(Body, Body.id == ProposalSupport.body_id)
        .where(ProposalSupport.proposal_id == number)
        .order_by(Body.name)
    )
    return sorted((SupporterRow(*row) for row in rows), key=lambda row: not row.current)


def support_counts() -> dict[int, int]:
    """How many organisations support each proposal as it is worded now."""
    query = sa.select(Proposal.id, sa.func.count()).join(ProposalSupport, ProposalSupport.proposal_id == Proposal.id)
    query = query.where(ProposalSupport.text_hash == Proposal.text_hash).group_by(Proposal.id)
    return {row[0]: row[1] for row in db.session.execute(query)}


def supported_by(body_id: int) -> set[int]:
    """The proposals that an organisation supports as they are worded now."""
    query = sa.select(Proposal.id).join(ProposalSupport, ProposalSupport.proposal_id == Proposal.id)
    query = query.where(ProposalSupport.body_id == body_id, ProposalSupport.text_hash == Proposal.text_hash)
    return set(db.session.scalars(query))


def _readable(actor: Actor) -> sa.Select[Any]:
    query: Any = sa.select(Proposal, Forum.key, Body.key, Body.name).join(Forum, Forum.id == Proposal.forum_id)
    query = query.outerjoin(Body, Body.id == Proposal.body_id)
    found: sa.Select[Any] = query if reads_unsent(actor) else query.where(Proposal.sent_on.is_not(None))
    return found


_SAME = (
    "forum_id", "body_id", "title", "text", "reason", "text_hash", "written_at", "changed_at", "approved_at",
    "poll_id", "sent_on", "sent_register", "agenda_on", "agenda_reference", "agenda_sitting_id", "decided_on",
    "answer", "decision_reason", "decision_act", "withdrawn_at", "withdrawn_reason",
)  # fmt: skip


def _row(row: Proposal, forum: Any, key: str | None, name: str | None) -> ProposalRow:
    same = {field: getattr(row, field) for field in _SAME}
    return ProposalRow(
        number=row.id, forum=forum, body_key=key, body_name=name, facts=locked.facts(row), **same
    )  # fmt: skip
