"""What hangs on the course of a sitting and belongs to its other parts: an open poll, a speech that runs."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.conferences.table.models import SittingPoll
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.words import N_
from portal.voting.models import Poll
from portal.voting.rules import PollState


def check_no_open_poll(sitting_id: int) -> None:
    """Who votes, and on what, does not change while a vote of this sitting is open."""
    query = (
        sa.select(Poll.id)
        .join(SittingPoll, SittingPoll.poll_id == Poll.id)
        .where(SittingPoll.sitting_id == sitting_id, Poll.state == PollState.OPEN)
        .limit(1)
    )
    if db.session.scalar(query) is not None:
        raise Conflict(N_("A vote of this sitting is open: close it first."), code="poll_open")


def end_what_runs(actor: Actor, sitting_id: int, now: datetime) -> None:
    """The speech that runs ends with its item."""
