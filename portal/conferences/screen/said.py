"""Which remarks were made or called up in a sitting, and which votes it has held: what all may know of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from portal.conferences.table.models import SittingPoll, SittingRemark
from portal.db import db
from portal.voting.models import Poll
from portal.voting.rules import PUBLIC_STATES, PollState


def of_sitting(sitting_id: int) -> Any:
    """The remarks of a sitting, for the filters of any list of remarks."""
    return sa.select(SittingRemark.comment_id).where(SittingRemark.sitting_id == sitting_id)


@dataclass(frozen=True)
class Vote:
    """A vote of the sitting that was opened."""

    number: int
    question: str
    state: PollState
    item_id: int


def votes(sitting_id: int) -> list[Vote]:
    """Those that were opened, the latest first."""
    query = sa.select(Poll.id, Poll.question, Poll.state, SittingPoll.item_id).join(
        SittingPoll, SittingPoll.poll_id == Poll.id
    )
    query = query.where(
        SittingPoll.sitting_id == sitting_id, Poll.opened_at.is_not(None), Poll.state.in_(PUBLIC_STATES)
    )
    return [Vote(*row) for row in db.session.execute(query.order_by(Poll.id.desc()))]


def sitting_of(poll_id: int) -> int | None:
    """The sitting to which a vote belongs, if it belongs to one."""
    return db.session.scalar(sa.select(SittingPoll.sitting_id).where(SittingPoll.poll_id == poll_id))
