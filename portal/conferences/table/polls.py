"""Polls of an item: tie one that was prepared, or prepare it there; conduct it, and tell those who follow the sitting.

Statute art. 28-30, 32 c.7: only opinions and resolutions are put to the vote; any other business never is.
"""

from __future__ import annotations

import logging
from datetime import datetime

from portal.conferences.hall import acts, attendees
from portal.conferences.models import AgendaItem
from portal.conferences.rules import votable
from portal.conferences.table import locked
from portal.conferences.table.events import PollMoved, PollTied
from portal.conferences.table.models import SittingPoll
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, DomainError, Invalid, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.voting import annul, close, end_at, open_poll, prepare, proclaim, queries
from portal.voting.close import Closed
from portal.voting.models import Poll
from portal.voting.open_poll import Opened
from portal.voting.prepare import Question
from portal.voting.rules import PollState

log = logging.getLogger(__name__)
TIED = "poll.tied"


@atomic()
def tie_poll(actor: Actor, sitting_id: int, item_id: int, poll_id: int, *, now: datetime) -> None:
    """A poll that waits to be opened belongs to an item from now on."""
    require(actor, Permission.SITTING_CONDUCT)
    require(actor, Permission.POLL_PREPARE)  # nobody else knows of a vote that was not opened yet
    item = _item(sitting_id, item_id)
    poll = db.session.get(Poll, poll_id, populate_existing=True, with_for_update=True)
    if poll is None:
        raise NotFound()
    if poll.state is not PollState.PREPARED:
        raise Conflict(N_("Only a vote that has not been opened is put to an item."), code="state")
    _tie(actor, sitting_id, item, poll_id, now)
    acts.done(sitting_id, TIED, {"poll": poll_id}, actor, now, of=poll_id)


@atomic()
def prepare_poll(actor: Actor, sitting_id: int, item_id: int, question: Question, *, now: datetime) -> int:
    """Prepare a poll for an item; its number."""
    item = _item(sitting_id, item_id)
    poll_id = prepare.prepare(actor, question, now=now)
    _tie(actor, sitting_id, item, poll_id, now)
    return poll_id


@atomic()
def open_it(actor: Actor, poll_id: int, *, now: datetime) -> Opened:
    """Open a poll; one that belongs to a sitting is opened while it is in session, and asks who is there."""
    tied = db.session.get(SittingPoll, poll_id)
    if tied is not None:
        locked.running(tied.sitting_id, suspended=False)
    hall = attendees.attendees(tied.sitting_id, now) if tied else None
    opened = open_poll.open_poll(actor, poll_id, hall=hall, now=now)
    _moved(actor, poll_id, PollState.OPEN, now)
    return opened


@atomic()
def last_call(actor: Actor, poll_id: int, seconds: int, *, now: datetime) -> datetime:
    """Who has not answered has so many seconds left; whoever follows the sitting sees them run."""
    closes_at = end_at.last_call(actor, poll_id, seconds, now=now)
    _moved(actor, poll_id, PollState.OPEN, now, closes_at)
    return closes_at


def close_due(now: datetime) -> int:
    """Count what has come to its end though nobody has closed it; how many. One that cannot be is tried again."""
    closed = 0
    for poll_id in queries.over(now):
        try:
            close_it(Actor.system(), poll_id, now=now)
        except DomainError as refused:
            log.warning("poll %s was not closed at its end: %s", poll_id, refused.code)
        else:
            closed += 1
    return closed


@atomic()
def close_it(actor: Actor, poll_id: int, *, now: datetime) -> Closed:
    """Close and count."""
    closed = close.close(actor, poll_id, now=now)
    _moved(actor, poll_id, PollState.CLOSED, now)
    return closed


@atomic()
def proclaim_it(actor: Actor, poll_id: int, *, now: datetime) -> None:
    """Proclaim the result."""
    proclaim.proclaim(actor, poll_id, now=now)
    _moved(actor, poll_id, PollState.PROCLAIMED, now)


@atomic()
def annul_it(actor: Actor, poll_id: int, reason: str, *, now: datetime) -> bool:
    """Annul, for a reason; what is counted already waits for a second person."""
    done = annul.annul(actor, poll_id, reason, now=now)
    if done:
        _moved(actor, poll_id, PollState.ANNULLED, now)
    return done


@atomic()
def agree_to_annul(actor: Actor, poll_id: int, asked_id: int, *, now: datetime) -> None:
    """The second person agrees."""
    annul.agree(actor, poll_id, asked_id, now=now)
    _moved(actor, poll_id, PollState.ANNULLED, now)


def _item(sitting_id: int, item_id: int) -> AgendaItem:
    locked.unfinished(sitting_id)
    item = locked.item(sitting_id, item_id)
    if not votable(item.kind):
        raise Invalid(N_("Only opinions and resolutions are put to the vote."), code="not_votable", field="item")
    return item


def _tie(actor: Actor, sitting_id: int, item: AgendaItem, poll_id: int, now: datetime) -> None:
    if db.session.get(SittingPoll, poll_id) is not None:
        raise Conflict(N_("This vote belongs to an item already."), code="tied")
    call = locked.call_of(sitting_id)
    db.session.add(SittingPoll(poll_id=poll_id, sitting_id=sitting_id, item_id=item.id, call=call, tied_at=now))
    record(PollTied(sitting_id, poll_id, item.id), actor=actor, now=now)


def _moved(actor: Actor, poll_id: int, state: PollState, now: datetime, closes_at: datetime | None = None) -> None:
    """Whoever follows the sitting hears of its polls; of others the sitting knows nothing."""
    tied = db.session.get(SittingPoll, poll_id)
    if tied is not None:
        event = PollMoved(tied.sitting_id, poll_id, tied.item_id, state.value, closes_at)
        record(event, actor=actor, now=now)
