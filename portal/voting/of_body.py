"""How a body voted in the polls that were counted, for its public page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.db import db
from portal.voting.models import Ballot, Poll, PollSeat
from portal.voting.rules import COUNTED_STATES, Choice, Electorate


@dataclass(frozen=True)
class Voted:
    """A counted poll in which the body held a seat; no choice: it did not answer."""

    poll_id: int
    question: str
    closed_at: datetime
    met: bool | None
    choice: Choice | None


def votes_of(body_id: int, electorates: Collection[Electorate], limit: int = 30) -> list[Voted]:
    """The latest first; the last answer of each seat is the one that counted."""
    last = (
        sa.select(Ballot.choice)
        .where(Ballot.seat_id == PollSeat.id)
        .order_by(Ballot.version.desc())
        .limit(1)
        .correlate(PollSeat)
        .scalar_subquery()
    )
    query = (
        sa.select(Poll.id, Poll.question, Poll.closed_at, Poll.met, last)
        .join(PollSeat, PollSeat.poll_id == Poll.id)
        .where(PollSeat.body_id == body_id, Poll.electorate.in_(electorates), Poll.state.in_(COUNTED_STATES))
        .order_by(Poll.closed_at.desc(), Poll.id.desc())
    )
    rows = db.session.execute(query.limit(limit))
    return [Voted(i, q, at, met, None if c is Choice.WITHDRAWN else c) for i, q, at, met, c in rows if at is not None]
