"""Votes on the texts of a request: which one was prepared last, and whether one is still going on."""

from __future__ import annotations

import sqlalchemy as sa

from portal.db import db
from portal.kernel.errors import Conflict
from portal.kernel.words import N_
from portal.opinions.models import OpinionPoll
from portal.voting.models import Poll
from portal.voting.rules import PollState

_GOING_ON = frozenset({PollState.PREPARED, PollState.OPEN, PollState.CLOSED})


def last_poll(request_id: int) -> Poll | None:
    """The vote that was prepared last."""
    query = sa.select(Poll).join(OpinionPoll, OpinionPoll.poll_id == Poll.id)
    query = query.where(OpinionPoll.request_id == request_id).order_by(Poll.id.desc()).limit(1)
    return db.session.scalars(query.execution_options(populate_existing=True)).first()


def check_no_vote(request_id: int) -> Poll | None:
    """Refuse while a vote on a text waits or goes on, and once a text has passed; the last vote otherwise."""
    last = last_poll(request_id)
    if last is not None and last.state in _GOING_ON:
        raise Conflict(N_("A vote on a text waits or goes on: proclaim or annul it first."), code="vote")
    if last is not None and last.state is PollState.PROCLAIMED and last.met:
        raise Conflict(N_("The opinion has been reached: nothing more is put to the vote."), code="reached")
    return last
