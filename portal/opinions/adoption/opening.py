"""Open votes without a sitting: by hand, or by the worker once their hour has come; each says when it ends."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from portal.conferences.table import polls
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import DomainError
from portal.kernel.permissions import Permission, require
from portal.opinions.adoption import locked
from portal.opinions.adoption.events import ForumRoundOpened
from portal.opinions.adoption.models import ForumVote
from portal.opinions.requests import locked as requests
from portal.voting import end_at
from portal.voting.models import Poll
from portal.voting.rules import PollState

log = logging.getLogger(__name__)


@atomic()
def open_round(actor: Actor, request_id: int, poll_ids: Sequence[int], *, now: datetime) -> None:
    """Seats may answer from now on; whoever was delegated until now sits on them."""
    requests.request(request_id)
    require(actor, Permission.FORUM_MANAGE)
    over_days = []
    for poll_id in poll_ids:
        vote = locked.vote(request_id, poll_id).vote
        if vote.closes_at is not None:
            end_at.end_at(actor, poll_id, vote.closes_at, now=now)
            over_days.append(vote)
        polls.open_it(actor, poll_id, now=now)
    ends = [vote.closes_at for vote in over_days if vote.closes_at is not None]
    if ends:
        event = ForumRoundOpened(request_id, [vote.poll_id for vote in over_days], min(ends))
        record(event, actor=actor, now=now)


def due(now: datetime) -> dict[int, list[int]]:
    """Votes whose hour has come, by request; one whose last hour has gone too is not opened any more."""
    rows = db.session.execute(
        sa.select(ForumVote.request_id, ForumVote.poll_id)
        .join(Poll, Poll.id == ForumVote.poll_id)
        .where(Poll.state == PollState.PREPARED, ForumVote.opens_at <= now, ForumVote.closes_at > now)
        .order_by(ForumVote.poll_id)
    )
    found: dict[int, list[int]] = {}
    for row in rows:
        found.setdefault(row.request_id, []).append(row.poll_id)
    return found


def open_due(now: datetime) -> int:
    """Open what is due; how many votes began. A round that cannot be opened is tried again and holds up no other."""
    began = 0
    for request_id, poll_ids in due(now).items():
        try:
            open_round(Actor.system(), request_id, poll_ids, now=now)
        except DomainError as refused:
            log.warning("the votes of request %s were not opened at their hour: %s", request_id, refused.code)
        else:
            began += len(poll_ids)
    return began
