"""Conduct the votes of a request: open in a sitting, close, proclaim and carry over, annul for a reason (art. 14)."""

from __future__ import annotations

from datetime import datetime

from portal.conferences.table import polls
from portal.db import atomic
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.opinions.adoption import carry_over, locked
from portal.opinions.requests import locked as requests
from portal.opinions.requests import steps
from portal.opinions.requests.rules import Step
from portal.voting.rules import PollState


@atomic()
def close_all(actor: Actor, request_id: int, *, now: datetime) -> int:
    """Close and count what is open; how many votes."""
    requests.request(request_id)
    require(actor, Permission.FORUM_MANAGE)
    found = [one.poll.id for one in locked.waiting(request_id) if one.poll.state is PollState.OPEN]
    for poll_id in found:
        polls.close_it(actor, poll_id, now=now)
    return len(found)


@atomic()
def proclaim_all(actor: Actor, request_id: int, *, now: datetime) -> int:
    """Proclaim what was counted, in the order of the votes, and carry it over."""
    requests.request(request_id)
    require(actor, Permission.FORUM_MANAGE)
    waiting = locked.waiting(request_id)
    if any(one.poll.state in {PollState.PREPARED, PollState.OPEN} for one in waiting):
        raise Conflict(N_("A vote is still open, or was not opened: results are proclaimed together."), code="open")
    for one in waiting:
        if one.poll.state is PollState.CLOSED:
            polls.proclaim_it(actor, one.poll.id, now=now)
    return carry_over.carry_over(actor, request_id, now=now)


@atomic()
def annul(actor: Actor, request_id: int, poll_id: int, reason: str, *, now: datetime) -> bool:
    """The vote does not count and is taken again; one on an amendment only before the final text is frozen.

    Once it is counted another person has to agree: until then it stands.
    """
    requests.request(request_id)
    require(actor, Permission.FORUM_MANAGE)
    vote = locked.vote(request_id, poll_id).vote
    if vote.amendment_id is not None and Step.FINAL_TEXT_FROZEN in steps.taken(request_id):
        raise Conflict(
            N_("This vote has gone into the final text: what comes of that is decided by the vote on the whole."),
            code="carried",
        )
    done = polls.annul_it(actor, poll_id, reason, now=now)
    if done:
        carry_over.take_back(actor, poll_id, now=now)
    return done
