"""The votes that are open now, wherever they are held, and how far their ballots have come."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from portal.conferences.table.models import SittingPoll
from portal.db import db
from portal.voting.models import Ballot, Poll
from portal.voting.rules import PollState


@dataclass(frozen=True)
class OpenPoll:
    """An open vote, the sitting it is held in if it is held in one, and its latest ballot."""

    id: int
    sitting_id: int | None
    last_ballot: int | None


_RUNNING = (
    sa.select(
        Poll.id,
        SittingPoll.sitting_id,
        sa.select(sa.func.max(Ballot.id)).where(Ballot.poll_id == Poll.id).scalar_subquery(),
    )
    .outerjoin(SittingPoll, SittingPoll.poll_id == Poll.id)
    .where(Poll.state == PollState.OPEN)
    .order_by(Poll.id)
)


def running() -> list[OpenPoll]:
    """In the order in which they were prepared, in one statement."""
    return [OpenPoll(*row) for row in db.session.execute(_RUNNING)]
