"""What waits for an organisation: votes that can be answered on one page, a window in which it may dissent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.db import db
from portal.kernel.actor import Actor
from portal.opinions.adoption.models import ForumVote
from portal.opinions.requests import queries as requests
from portal.voting.models import Ballot, Poll, PollSeat
from portal.voting.rules import ANSWERS, PollState


@dataclass(frozen=True)
class Asked:
    """A request with votes that are not answered, or with notes of dissent that can be written until an instant."""

    request_id: int
    subject: str
    votes: int
    until: datetime


def asked_of(actor: Actor, now: datetime) -> list[Asked]:
    """Those that end first come first; one vote alone is on the desk by itself."""
    if actor.acting is None:
        return []
    body_id = actor.acting.body_id
    found = [*_votes(body_id, now), *_dissent(body_id, now)]
    return sorted(found, key=lambda one: one.until)


def _votes(body_id: int, now: datetime) -> list[Asked]:
    answered = sa.exists().where(Ballot.seat_id == PollSeat.id, Ballot.choice.in_(ANSWERS))
    rows = db.session.execute(
        sa.select(ForumVote.request_id, Poll.closes_at, sa.func.count())
        .join(Poll, Poll.id == ForumVote.poll_id)
        .join(PollSeat, PollSeat.poll_id == Poll.id)
        .where(Poll.state == PollState.OPEN, Poll.closes_at > now, PollSeat.body_id == body_id, ~answered)
        .group_by(ForumVote.request_id, Poll.closes_at)
        .having(sa.func.count() > 1)
    )
    return [Asked(number, requests.request(number).subject, votes, until) for number, until, votes in rows if until]


def _dissent(body_id: int, now: datetime) -> list[Asked]:
    rows = db.session.execute(
        sa.select(ForumVote.request_id, ForumVote.dissent_until)
        .join(PollSeat, PollSeat.poll_id == ForumVote.poll_id)
        .where(ForumVote.dissent_until > now, PollSeat.body_id == body_id)
    )
    return [Asked(number, requests.request(number).subject, 0, until) for number, until in rows if until]
