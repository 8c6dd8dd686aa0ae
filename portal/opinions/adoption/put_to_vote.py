"""Put amendments in their order, then the final text, to the vote: in a plenary sitting or over some days (art. 14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.conferences.models import Conference, Sitting
from portal.conferences.rules import Organ
from portal.conferences.table import locked as table
from portal.conferences.table import polls
from portal.db import atomic, db
from portal.forum import settings
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.opinions.adoption import locked, opening, rules, subjects
from portal.opinions.adoption.events import ForumVoteCalled
from portal.opinions.adoption.locked import Held
from portal.opinions.adoption.models import ForumVote, ForumVoteSeat
from portal.opinions.models import OpinionRequest
from portal.opinions.requests import locked as requests
from portal.opinions.requests import queries as known
from portal.opinions.requests import steps
from portal.opinions.requests.rules import Step
from portal.opinions.requests.standing import check_running
from portal.territory.models import Body
from portal.voting import prepare
from portal.voting.models import PollSeat
from portal.voting.prepare import Question
from portal.voting.roll import Place
from portal.voting.rules import Matter

_MATTERS = {
    (Organ.FORUM, False): Matter.FORUM_OPINION,
    (Organ.FORUM, True): Matter.FORUM_AMENDMENT,
    (Organ.YOUTH_FORUM, False): Matter.YOUTH_FORUM_OPINION,
    (Organ.YOUTH_FORUM, True): Matter.YOUTH_FORUM_AMENDMENT,
}


@dataclass(frozen=True)
class Plenary:
    """In a sitting, under one of its items; one vote after the other."""

    sitting_id: int
    item_id: int


@dataclass(frozen=True)
class OverDays:
    """Without a sitting, from one instant to another."""

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class Asked:
    """An amendment, or the final text (none), and the question as it is put."""

    amendment_id: int | None
    question: str


@atomic()
def put_to_vote(
    actor: Actor, request_id: int, asked: Sequence[Asked], way: Plenary | OverDays, *, now: datetime
) -> list[int]:
    """The numbers of the votes. Amendments come in their order, all at once over days; the final text comes last."""
    request = requests.request(request_id)
    require(actor, Permission.FORUM_MANAGE)
    check_running(request_id, now)
    votes = locked.votes(request_id)
    subjects.check_turn(request_id, [one.amendment_id for one in asked], in_sitting=isinstance(way, Plenary), now=now)
    call = _call(request, way, now)
    for step in (Step.VOTED, Step.NO_QUORUM):
        steps.undo(request_id, step)  # where the vote is taken again
    made = [_put(actor, request, one, way, call, votes, now) for one in asked]
    if isinstance(way, OverDays) and way.opens_at <= now:
        opening.open_round(actor, request_id, made, now=now)
    return made


def _call(request: OpinionRequest, way: Plenary | OverDays, now: datetime) -> int:
    """The call that is held; days without a sitting are a first one."""
    if isinstance(way, OverDays):
        rules.check_term(max(way.opens_at, now), way.closes_at, now)
        return 1
    query = sa.select(Conference.organ).join(Sitting, Sitting.conference_id == Conference.id)
    if db.session.scalar(query.where(Sitting.id == way.sitting_id)) is not request.organ:
        raise Invalid(N_("Choose a sitting of this Forum."), code="sitting", field="item")
    table.running(way.sitting_id)  # before it is open nobody knows which call is held
    return min(rules.CALLS, table.call_of(way.sitting_id))


def _put(
    actor: Actor,
    request: OpinionRequest,
    asked: Asked,
    way: Plenary | OverDays,
    held: int,
    votes: list[Held],
    now: datetime,
) -> int:
    same = [one for one in votes if one.vote.amendment_id == asked.amendment_id]
    call, follows = rules.next_vote(same[-1].taken if same else None, held)
    if isinstance(way, Plenary) and call > held:
        raise Conflict(N_("The legal number was missing: the vote is taken again in the second call."), code="call")
    question = Question(
        asked.question,
        _MATTERS[request.organ, asked.amendment_id is not None],
        version_id=request.version_id,
        follows_id=follows,
        places=() if follows else _places(votes),
        call=call,
    )
    if isinstance(way, Plenary):
        poll_id = polls.prepare_poll(actor, way.sitting_id, way.item_id, question, now=now)
    else:
        poll_id = prepare.prepare(actor, question, now=now)
    vote = _vote(request.id, poll_id, asked.amendment_id, way, call, now)
    db.session.add(vote)
    db.session.flush()
    seats = _keep_families(poll_id)
    _record(actor, vote, seats, now)
    return poll_id


def _places(votes: list[Held]) -> tuple[Place, ...]:
    """The roll that the first vote on this text has fixed, whoever was admitted or left since."""
    if not votes:
        return ()
    query = sa.select(PollSeat).where(PollSeat.poll_id == votes[0].poll.id).order_by(PollSeat.number)
    return tuple(Place(s.key, s.name, s.body_id, s.population, s.group) for s in db.session.scalars(query))


def _vote(
    request_id: int, poll_id: int, amendment_id: int | None, way: Plenary | OverDays, call: int, now: datetime
) -> ForumVote:
    days = way if isinstance(way, OverDays) else None
    held = settings.of(known.request(request_id).forum_id, local_day(now))
    return ForumVote(
        poll_id=poll_id,
        request_id=request_id,
        amendment_id=amendment_id,
        call=call,
        sitting_id=None if isinstance(way, OverDays) else way.sitting_id,
        opens_at=max(days.opens_at, now) if days else None,
        closes_at=days.closes_at if days else None,
        text_sha256=subjects.fingerprint(request_id, amendment_id, now),
        minority_numerator=held.minority_numerator,
        minority_denominator=held.minority_denominator,
    )


def _keep_families(poll_id: int) -> int:
    """Each seat with the family of its organisation as it is now; how many seats there are."""
    rows = sa.select(PollSeat.id, PollSeat.poll_id, Body.forum_category).join(Body, Body.id == PollSeat.body_id)
    found = db.session.execute(rows.where(PollSeat.poll_id == poll_id)).all()
    db.session.add_all(ForumVoteSeat(seat_id=row.id, poll_id=row.poll_id, category=row.forum_category) for row in found)
    return len(found)


def _record(actor: Actor, vote: ForumVote, seats: int, now: datetime) -> None:
    event = ForumVoteCalled(
        vote.request_id,
        vote.poll_id,
        vote.amendment_id,
        vote.call,
        vote.sitting_id,
        vote.opens_at,
        vote.closes_at,
        vote.text_sha256,
        seats,
    )
    record(event, actor=actor, now=now)
