"""Rows that verbs need under their lock."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from portal.db import db
from portal.kernel.errors import NotFound
from portal.voting.models import Poll, PollSeat
from portal.voting.rules import Electorate


def poll_for_update(poll_id: int) -> Poll:
    """The poll, alone: no ballot comes in and nobody else changes it until this transaction ends."""
    query = sa.select(Poll).where(Poll.id == poll_id).with_for_update().execution_options(populate_existing=True)
    poll = db.session.execute(query).scalar_one_or_none()
    if poll is None:
        raise NotFound()
    return poll


def seats_of(poll_id: int) -> Sequence[PollSeat]:
    """The roll in the order of its seats."""
    query = sa.select(PollSeat).where(PollSeat.poll_id == poll_id).order_by(PollSeat.number)
    return db.session.execute(query.execution_options(populate_existing=True)).scalars().all()


def electorate_of(poll_id: int) -> Electorate:
    """Whose poll it is, without a lock."""
    found = db.session.scalar(sa.select(Poll.electorate).where(Poll.id == poll_id))
    if found is None:
        raise NotFound()
    return found
