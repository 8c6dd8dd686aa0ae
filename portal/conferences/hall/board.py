"""What those who conduct read: who is there and who is asked for, and how the sitting goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.conferences import queries
from portal.conferences.accreditation_models import Accreditation
from portal.conferences.hall import calls
from portal.conferences.hall.counting import Numbers
from portal.conferences.hall.intervals import UNDER_WAY, deserted, hours
from portal.conferences.hall.models import Held, PresenceClaim, RollAnswer, RollCall
from portal.conferences.hall.rules import ClaimState, Outcome, RollKind
from portal.conferences.hall.seats_now import SeatNow, numbers, seats_now
from portal.conferences.models import Sitting, SittingSeat
from portal.conferences.queries import SittingRow
from portal.conferences.rules import Organ, SittingState
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.offices import Office
from portal.kernel.permissions import Permission, require


@dataclass(frozen=True)
class Roll:
    """A roll call: running while `ended_at` is empty; counts once it has ended."""

    id: int
    number: int
    kind: RollKind
    call: int
    begun_at: datetime
    ended_at: datetime | None
    present: int | None
    seats: int | None
    present_population: int | None
    population: int | None
    needed: int | None
    met: bool | None
    answers: dict[int, bool]  # by seat

    @property
    def is_running(self) -> bool:
        """True until it is ended."""
        return self.ended_at is None


@dataclass(frozen=True)
class Claim:
    """Somebody says to be in the room and waits to be seen."""

    id: int
    seat_id: int
    seat_number: int
    name: str
    person: str
    office: Office
    claimed_at: datetime


@dataclass(frozen=True)
class HeldCall:
    """A call that came to its hour."""

    call: int
    begun_at: datetime
    opened_at: datetime | None
    ended_at: datetime | None
    outcome: Outcome | None
    chair: str
    secretary: str


@dataclass(frozen=True)
class PresenceBoard:
    """Who is there."""

    row: SittingRow
    now: datetime
    call: int  # that is being held, or whose hour it is, or comes next
    call_starts_at: datetime
    seats: tuple[SeatNow, ...]
    numbers: Numbers
    rolls: tuple[Roll, ...]  # of this call, latest first
    claims: tuple[Claim, ...]
    held: HeldCall | None
    due: int | None  # the call for which the roll can be called now, before the sitting is under way

    @property
    def roll(self) -> Roll | None:
        """The roll call that runs."""
        return next((one for one in self.rolls if one.is_running), None)

    @property
    def last_roll(self) -> Roll | None:
        """The one that ended last."""
        return next((one for one in self.rolls if not one.is_running), None)

    @property
    def is_under_way(self) -> bool:
        """True from the roll call to the closing."""
        return self.row.state in UNDER_WAY

    @property
    def takes_people(self) -> bool:
        """True while somebody can come in."""
        return self.is_under_way or self.due is not None

    @property
    def may_open(self) -> bool:
        """True if the session can be declared open."""
        counted = self.row.state is SittingState.ROLL_CALL and self.roll is None and self.last_roll is not None
        return counted and self.numbers.valid and self.now >= self.call_starts_at

    @property
    def may_desert(self) -> bool:
        """True if the call can be declared deserted."""
        if self.row.state is not SittingState.ROLL_CALL or self.roll is not None or self.last_roll is None:
            return False
        if self.numbers.quorum is not None:
            return not self.numbers.valid
        return self.row.organ is Organ.MAYORS or not self.numbers.entitled.present

    @property
    def unanswered(self) -> list[SeatNow]:
        """Who has not been asked yet in the roll call that runs."""
        roll = self.roll
        return [one for one in self.seats if one.id not in roll.answers] if roll else []


def presence_board(actor: Actor, sitting_id: int, now: datetime) -> PresenceBoard:
    """Who is there at an instant, for whoever may watch."""
    require(actor, Permission.SITTING_WATCH)
    row = queries.sitting(actor, sitting_id)
    held = held_calls(sitting_id)
    running = next((one for one in held if one.ended_at is None), None)
    starts, over = hours(sitting_id), deserted(sitting_id)
    due = calls.due(starts, over, now) if row.state is SittingState.CONVENED else None
    call = running.call if running else due or _coming(starts, over, held)
    seats = seats_now(sitting_id, now)
    rule = db.session.scalar(sa.select(Sitting.rule).where(Sitting.id == sitting_id))
    return PresenceBoard(
        row=row,
        now=now,
        call=call,
        call_starts_at=starts[call - 1],
        seats=tuple(seats),
        numbers=numbers(seats, rule, call),
        rolls=tuple(_rolls(sitting_id, call)),
        claims=tuple(_claims(sitting_id)),
        held=running or (held[-1] if held else None),
        due=due,
    )


def held_calls(sitting_id: int) -> list[HeldCall]:
    """The calls that came to their hour, in order."""
    rows = db.session.execute(
        sa.select(
            Held.call, Held.begun_at, Held.opened_at, Held.ended_at, Held.outcome, Held.chair, Held.secretary
        )
        .where(Held.sitting_id == sitting_id)
        .order_by(Held.call)
    )  # fmt: skip
    return [HeldCall(*row) for row in rows]


def _coming(starts: list[datetime], over: set[int], held: list[HeldCall]) -> int:
    """The call that was held, or the first one that was not deserted."""
    done = [one.call for one in held if one.outcome is Outcome.HELD]
    return (done or [n for n in range(1, len(starts) + 1) if n not in over] or [len(starts)])[0]


def _rolls(sitting_id: int, call: int) -> list[Roll]:
    rows = db.session.scalars(
        sa.select(RollCall)
        .where(RollCall.sitting_id == sitting_id, RollCall.call == call)
        .order_by(RollCall.number.desc())
        .limit(20)
    ).all()
    given: Any = db.session.execute(
        sa.select(RollAnswer.roll_call_id, RollAnswer.seat_id, RollAnswer.present).where(
            RollAnswer.roll_call_id.in_([one.id for one in rows[:1]])
        )
    )
    answers: dict[int, dict[int, bool]] = {}
    for roll_id, seat_id, present in given:
        answers.setdefault(roll_id, {})[seat_id] = present
    return [
        Roll(
            one.id,
            one.number,
            one.kind,
            one.call,
            one.begun_at,
            one.ended_at,
            one.present,
            one.seats,
            one.present_population,
            one.population,
            one.needed,
            one.met,
            answers.get(one.id, {}),
        )
        for one in rows
    ]


def _claims(sitting_id: int) -> list[Claim]:
    rows = db.session.execute(
        sa.select(PresenceClaim.id, SittingSeat.id, SittingSeat.number, SittingSeat.name, Person.name)
        .add_columns(Accreditation.office, PresenceClaim.claimed_at)
        .join(Accreditation, Accreditation.id == PresenceClaim.accreditation_id)
        .join(SittingSeat, SittingSeat.id == Accreditation.seat_id)
        .join(Person, Person.id == Accreditation.person_id)
        .where(PresenceClaim.sitting_id == sitting_id, PresenceClaim.state == ClaimState.WAITING)
        .order_by(PresenceClaim.claimed_at, PresenceClaim.id)
    )
    return [Claim(*row) for row in rows]
