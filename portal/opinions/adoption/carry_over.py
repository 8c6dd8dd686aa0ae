"""Carry what was proclaimed into the text and the steps of its request, in the order in which it was voted, once."""

from __future__ import annotations

from datetime import datetime, timedelta

from portal.db import atomic, db
from portal.forum import settings
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.opinions.adoption import locked, rules
from portal.opinions.adoption.events import ForumOpinionAdopted, ForumVoteCarriedOver, ForumVoteTakenBack
from portal.opinions.adoption.locked import Held
from portal.opinions.adoption.models import ForumVote
from portal.opinions.adoption.rules import Result
from portal.opinions.amending import settle
from portal.opinions.amending.models import Amendment
from portal.opinions.amending.rules import AmendmentState
from portal.opinions.requests import locked as requests
from portal.opinions.requests import queries as known
from portal.opinions.requests import steps
from portal.opinions.requests.rules import Step
from portal.voting import thresholds
from portal.voting.rules import PollState

ENDINGS = {Result.PASSED: Step.ADOPTED, Result.NOT_PASSED: Step.NOT_ADOPTED, Result.NO_QUORUM: Step.NO_QUORUM}


@atomic()
def carry_over(actor: Actor, request_id: int, *, now: datetime) -> int:
    """How many votes were carried over; one waits until those before it are proclaimed."""
    requests.request(request_id)
    done = 0
    for one in locked.waiting(request_id):
        if one.poll.state is not PollState.PROCLAIMED:
            break
        _carry(actor, one, now)
        done += 1
    return done


def _carry(actor: Actor, one: Held, now: datetime) -> None:
    vote = one.vote
    result = rules.result_of(thresholds.outcome_of(one.poll.outcome or {}).verdict)
    vote.result, vote.carried_at = result, now
    ends = rules.decided(result, vote.call)
    event = ForumVoteCarriedOver(vote.request_id, vote.poll_id, vote.amendment_id, result.value, ends)
    record(event, actor=actor, now=now)
    if vote.amendment_id is None:
        _decide(actor, vote, result, one.poll.proclaimed_at or now, now)
    elif ends:
        _settle(vote, result, now)


def _settle(vote: ForumVote, result: Result, now: datetime) -> None:
    """Into the text, unless it lapsed with one that was voted before it."""
    amendment = db.session.get_one(Amendment, vote.amendment_id, populate_existing=True)
    if amendment.state is AmendmentState.TO_VOTE:
        settle.settle(vote.request_id, amendment.id, result is Result.PASSED, vote.poll_id, now)


def _decide(actor: Actor, vote: ForumVote, result: Result, proclaimed_at: datetime, now: datetime) -> None:
    steps.reach(vote.request_id, Step.VOTED, now)
    steps.reach(vote.request_id, ENDINGS[result], now)
    if result is not Result.PASSED:
        return
    held = settings.of(known.request(vote.request_id).forum_id, local_day(proclaimed_at))
    vote.dissent_until = proclaimed_at + timedelta(hours=held.dissent_hours)
    event = ForumOpinionAdopted(vote.request_id, vote.poll_id, vote.text_sha256, vote.dissent_until)
    record(event, actor=actor, now=now)


@atomic()
def take_back(actor: Actor, poll_id: int, *, now: datetime) -> bool:
    """A vote was annulled after it was carried over: its steps, or what it changed in the text, are taken back.

    What an amendment changed stays once the final text is frozen: that is what the Forum votes on, or has voted on.
    """
    request_id = locked.request_of(poll_id)
    if request_id is None:
        return False
    requests.request(request_id)
    one = locked.vote(request_id, poll_id)
    vote, was = one.vote, one.vote.result
    if one.poll.state is not PollState.ANNULLED or was is None:
        return False
    if vote.amendment_id is None:
        for step in (Step.VOTED, Step.DISSENT_CLOSED, *ENDINGS.values()):
            steps.undo(request_id, step)
    elif Step.FINAL_TEXT_FROZEN in steps.taken(request_id):
        return False
    else:
        settle.reopen(request_id, vote.amendment_id, now)
    vote.result = vote.carried_at = vote.dissent_until = None
    record(ForumVoteTakenBack(request_id, poll_id, was.value), actor=actor, now=now)
    return True
