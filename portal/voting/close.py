"""Close a poll (art. 30 c.5): its row is taken alone, the state changes and all is counted in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import digest
from portal.kernel.errors import Conflict
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.voting import conditions, hashes, locked, roll, rules, seating, thresholds
from portal.voting.events import PollClosed, RollDiffered
from portal.voting.models import Ballot, Poll, PollSeat
from portal.voting.rules import ANSWERS, IN_THE_HALL, POLL_MACHINE, Choice, PollState
from portal.voting.thresholds import Outcome, Seat


@dataclass(frozen=True)
class Closed:
    """What was counted."""

    poll_id: int
    outcome: Outcome
    root_hash: str
    ballots: int


@atomic()
def close(actor: Actor, poll_id: int, *, now: datetime) -> Closed:
    """No answer comes in after this; every one acknowledged before is counted, the last of each seat."""
    poll = locked.poll_for_update(poll_id)
    require(actor, Permission.POLL_CONDUCT, poll)
    seats = locked.seats_of(poll_id)
    rules.check_no_seat(actor.person_id, seating.voters_of(poll_id))
    state = POLL_MACHINE.advance(poll.state, PollState.CLOSED)

    cast = _ballots(poll_id)
    outcome = _count(poll, seats, cast)
    poll.closed_at = max(now.astimezone(UTC), poll.opened_at or poll.prepared_at, *(b.cast_at for b in cast))
    poll.root_hash = hashes.chain((ballot.seat, ballot.version, ballot.hash) for ballot in cast)
    poll.outcome, poll.met = outcome.as_data(), outcome.met
    poll.state = state
    differing = _changed_hands(poll, seats, now)
    if differing:
        record(RollDiffered(poll_id, differing), actor=actor, now=now)
    record(_event(poll, outcome, len(cast)), actor=actor, now=now)
    return Closed(poll_id, outcome, poll.root_hash, len(cast))


def _ballots(poll_id: int) -> Sequence[Any]:
    return db.session.execute(
        sa.select(
            PollSeat.number.label("seat"),
            Ballot.version,
            Ballot.choice,
            Ballot.channel,
            Ballot.code,
            Ballot.cast_at,
            Ballot.mandate_id,
            Ballot.hash,
        )
        .join(PollSeat, PollSeat.id == Ballot.seat_id)
        .where(Ballot.poll_id == poll_id)
        .order_by(PollSeat.number, Ballot.version)
    ).all()


def _count(poll: Poll, seats: Sequence[PollSeat], cast: Sequence[Any]) -> Outcome:
    last: dict[int, Choice] = {}
    for b in cast:
        facts = hashes.BallotFacts(
            poll.id, b.seat, b.choice.value, b.channel.value, b.code, b.cast_at.astimezone(UTC), b.mandate_id
        )
        if facts.fingerprint() != b.hash:
            raise Conflict(
                N_("A ballot is not as it was received (seat %(seat)d). Do not go on: call whoever keeps the portal."),
                code="tampered",
                seat=b.seat,
            )
        last[b.seat] = b.choice
    rule = conditions.parse(poll.rule["definition"])
    on_roll = [Seat(seat.number, seat.population, seat.group) for seat in seats]
    answers = {number: choice for number, choice in last.items() if choice in ANSWERS}
    there = [seat.number for seat in seats if seat.presence in IN_THE_HALL]
    return thresholds.evaluate(
        rule, on_roll, answers, call=poll.call, population_base=poll.population_base, there=there
    )


def _changed_hands(poll: Poll, seats: Sequence[PollSeat], now: datetime) -> list[int]:
    rule = conditions.parse(poll.rule["definition"])
    standing = roll.sitters({seat.body_id for seat in seats}, (*rule.sits, *rule.by_delegation), now)
    present = {sitter.mandate_id for held in standing.values() for sitter in held}
    right = roll.by_right(seats, rule.sits, now)
    return [
        seat.number
        for seat in seats
        if (seat.mandate_id is not None and seat.mandate_id not in present)
        or (seat.mandate_id is None and seat.number in right)
    ]


def _event(poll: Poll, outcome: Outcome, ballots: int) -> PollClosed:
    assert poll.closed_at is not None
    assert poll.root_hash is not None
    return PollClosed(
        poll_id=poll.id,
        closed_at=poll.closed_at,
        roll_hash=poll.roll_hash or "",
        root_hash=poll.root_hash,
        outcome_hash=digest(poll.outcome),
        ballots=ballots,
        yes=outcome.tally[Choice.YES].seats,
        no=outcome.tally[Choice.NO].seats,
        abstain=outcome.tally[Choice.ABSTAIN].seats,
        present_not_voting=outcome.tally[Choice.PRESENT_NOT_VOTING].seats,
        met=outcome.met,
    )
