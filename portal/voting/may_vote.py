"""May I vote, for which seat, and if not why: one answer for every page on which somebody could."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.words import N_, Words
from portal.voting import rules
from portal.voting.models import Ballot, Poll, PollAlternate, PollSeat
from portal.voting.rules import Choice, PollState, SeatPresence
from portal.voting.suspension import suspended_since

WHY: dict[str, str] = {
    "may": N_("You may vote for %(seat)s."),
    "may_change": N_("The vote of %(seat)s is recorded. You may change it until the vote is closed."),
    "not_open": N_("The vote is not open yet."),
    "closed": N_("The vote is closed."),
    "time_over": N_("The time to answer is over."),
    "answered": N_("The vote of %(seat)s is recorded, and an answer cannot be changed."),
    "away": N_(
        "Nobody was counted as present for %(seat)s when this vote was opened, and its rules admit nobody who comes "
        "later. You may vote in the next one."
    ),
    "come": N_("Have yourself counted as present: you may vote from then on."),
    "held_by_other": N_("For %(seat)s votes %(person)s: seats were assigned when the vote was opened."),
    "vacant": N_("Nobody votes for %(seat)s: the seat was empty when the vote was opened."),
    "mandate_ended": N_("The mandate under which you held the seat of %(seat)s is not in force any more."),
    "no_seat": N_("None of your mandates holds a seat in this vote."),
    "suspended": N_("%(seat)s is suspended: its seat stays in the base of the vote and does not answer."),
    "visitor": N_("Who holds a seat signs in to vote."),
}


@dataclass(frozen=True)
class MayVote:
    """Whether the reader may answer now, under which mandate and for which seat, or why not."""

    allowed: bool
    code: str
    words: Words
    seat: int | None = None
    seat_name: str = ""
    mandate_id: int | None = None  # the one to act under
    answered: bool = False


@dataclass(frozen=True)
class _Found:
    """A seat of the roll that has to do with the reader."""

    number: int
    name: str
    body_id: int
    reserved_for_id: int | None
    person_id: int | None
    mandate_id: int | None
    presence: SeatPresence | None
    person: str | None
    alternate: int | None  # a mandate of the reader's that may answer for it besides
    last: Choice | None

    @property
    def answered(self) -> bool:
        """True if an answer of this seat stands."""
        return self.last not in {None, Choice.WITHDRAWN}


def may_vote(actor: Actor, poll_id: int, now: datetime) -> MayVote:
    """The same rules as the verb follows, asked beforehand; it writes nothing."""
    poll = db.session.execute(
        sa.select(Poll.state, Poll.closes_at, Poll.may_change, Poll.electorate, Poll.rule).where(Poll.id == poll_id)
    ).one_or_none()
    if poll is None:
        raise NotFound()
    if poll.state is PollState.PREPARED:
        return _no("not_open")
    if poll.state is not PollState.OPEN:
        return _no("closed")
    if actor.person_id is None:
        return _no("visitor")
    return _of_seat(actor, poll, _seats(actor, poll_id), now)


def _of_seat(actor: Actor, poll: Any, found: list[_Found], now: datetime) -> MayVote:
    held = [(seat, mandate) for seat in found if (mandate := _mandate(actor, seat)) is not None]
    if not held:
        return _not_mine(actor, found)
    acting = actor.acting.mandate_id if actor.acting else None
    seat, mandate = next((pair for pair in held if pair[1] == acting), held[0])
    code = _code(poll, seat, now)
    return MayVote(
        code in {"may", "may_change"},
        code,
        Words(WHY[code], {"seat": seat.name}),
        seat.number,
        seat.name,
        mandate,
        seat.answered,
    )


def _code(poll: Any, seat: _Found, now: datetime) -> str:
    if rules.is_over(poll.state, poll.closes_at, now):
        return "time_over"
    if suspended_since(poll.electorate, seat.body_id, now):
        return "suspended"
    if seat.presence is SeatPresence.AWAY:
        return "come" if poll.rule["definition"].get("late_arrivals") else "away"
    if seat.last is not None and not poll.may_change:
        return "answered"
    return "may_change" if seat.answered else "may"


def _not_mine(actor: Actor, found: list[_Found]) -> MayVote:
    """Why the reader answers for none of these seats."""
    mine = [seat for seat in found if seat.person_id == actor.person_id]
    if mine:
        return _no("mandate_ended", mine[0])
    if not found:
        return _no("no_seat")
    return _no("held_by_other" if found[0].mandate_id is not None else "vacant", found[0])


def _no(code: str, seat: _Found | None = None) -> MayVote:
    said = {"seat": seat.name, "person": seat.person or ""} if seat else {}
    return MayVote(False, code, Words(WHY[code], said), seat.number if seat else None, seat.name if seat else "")


def _mandate(actor: Actor, seat: _Found) -> int | None:
    """The mandate of the reader, in force, that answers for a seat."""
    in_force = {grant.mandate_id for grant in actor.grants}
    return next((m for m in (seat.mandate_id, seat.alternate) if m in in_force), None)


def _seats(actor: Actor, poll_id: int) -> list[_Found]:
    """Seats that the reader holds or held, then those of a body for which the reader acts."""
    mandates = [grant.mandate_id for grant in actor.grants]
    bodies = [grant.body_id for grant in actor.grants]
    alternate = (
        sa.select(sa.func.max(PollAlternate.mandate_id))
        .where(PollAlternate.seat_id == PollSeat.id, PollAlternate.mandate_id.in_(mandates))
        .scalar_subquery()
    )
    last = (
        sa.select(Ballot.choice)
        .where(Ballot.seat_id == PollSeat.id)
        .order_by(Ballot.version.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows: Any = db.session.execute(
        sa.select(
            PollSeat.number,
            PollSeat.name,
            PollSeat.body_id,
            PollSeat.reserved_for_id,
            PollSeat.person_id,
            PollSeat.mandate_id,
            PollSeat.presence,
            Person.name,
            alternate,
            last,
        )
        .outerjoin(Person, Person.id == PollSeat.person_id)
        .where(
            PollSeat.poll_id == poll_id,
            sa.or_(
                PollSeat.person_id == actor.person_id,
                PollSeat.mandate_id.in_(mandates),
                sa.and_(PollSeat.reserved_for_id.is_(None), PollSeat.body_id.in_(bodies)),
                PollSeat.reserved_for_id.in_(mandates),
            ),
        )
        .order_by(PollSeat.number)
    )
    return [_Found(*row) for row in rows]
