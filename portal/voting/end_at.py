"""Say when a poll ends by itself: an instant from which no answer is taken, whether or not somebody has closed it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from portal.db import atomic
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.permissions import Permission, require
from portal.voting import locked, rules
from portal.voting.events import PollEndSet
from portal.voting.models import Poll


@atomic()
def end_at(actor: Actor, poll_id: int, at: datetime | None, *, now: datetime) -> datetime | None:
    """Return the instant; one told while the poll is open is put off or lifted (None), never brought forward."""
    poll = locked.poll_for_update(poll_id)
    require(actor, Permission.POLL_CONDUCT, poll)
    rules.check_may_end(poll.state, poll.closes_at, now)
    if at is not None:
        rules.check_end(at, poll.closes_at if poll.opened_at else None, now)
    return _set(actor, poll, at, now)


@atomic()
def last_call(actor: Actor, poll_id: int, seconds: int, *, now: datetime) -> datetime:
    """Who has not answered yet has so many seconds left; asked again, it counts from now."""
    poll = locked.poll_for_update(poll_id)
    require(actor, Permission.POLL_CONDUCT, poll)
    rules.check_open(poll.state)
    rules.check_may_end(poll.state, poll.closes_at, now)
    at = now + timedelta(seconds=rules.check_seconds(seconds))
    rules.check_end(at, poll.closes_at, now)
    _set(actor, poll, at, now)
    return at


def _set(actor: Actor, poll: Poll, at: datetime | None, now: datetime) -> datetime | None:
    poll.closes_at = at.astimezone(UTC) if at else None
    record(PollEndSet(poll.id, poll.closes_at), actor=actor, now=now)
    return poll.closes_at
