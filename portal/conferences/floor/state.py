"""Rows of the floor as its verbs need them, under the sitting's lock: the item, who speaks, who waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.conferences import locked
from portal.conferences.floor import fairness, order, timing
from portal.conferences.floor.fairness import Said
from portal.conferences.floor.models import FloorOrder, FloorRequest, Speech, SpeechPause
from portal.conferences.floor.order import ANYTIME, Heard, Waiting
from portal.conferences.floor.rules import Ending, Ordering, RequestState
from portal.conferences.floor.timing import SpeechClock, Stretch
from portal.conferences.hall.models import Held, ItemCourse, ItemSpell
from portal.conferences.hall.seats_now import SeatNow, seats_now
from portal.conferences.models import AgendaItem, Sitting, SittingSeat
from portal.conferences.rules import SittingState
from portal.conferences.ruleset import RuleSet, parse
from portal.conferences.table.models import SittingPoll
from portal.db import db
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.words import N_


@dataclass(frozen=True)
class Hall:
    """The sitting as the floor sees it: its rules, the call that is held, the item in discussion."""

    sitting: Sitting
    rule: RuleSet
    call: int
    item: AgendaItem | None
    course: ItemCourse | None

    @property
    def item_id(self) -> int | None:
        """The item in discussion."""
        return None if self.item is None else self.item.id

    @property
    def queue_open(self) -> bool:
        """True while one may ask for the floor on the item in discussion."""
        return self.course is None or self.course.queue_open


def alone(sitting_id: int) -> Hall:
    """The hall, with the sitting under its lock: all that happens on the floor happens one after the other."""
    return hall(locked.sitting(sitting_id))


def hall(sitting: Sitting) -> Hall:
    """The hall of a sitting."""
    if sitting.rule is None:
        raise NotFound()  # nobody has been called yet
    item, course = item_of(sitting.id)
    rule = parse(sitting.rule.get("definition"))
    return Hall(sitting, rule, call_of(sitting.id), item, course)


def check_in_session(sitting: Sitting) -> None:
    """The floor is given while the session goes on."""
    if sitting.state is SittingState.SUSPENDED:
        raise Conflict(N_("The session is suspended: the floor is given when it goes on."), code="suspended")
    if sitting.state is not SittingState.IN_SESSION:
        raise Conflict(N_("The floor is given while the session goes on."), code="not_in_session")


def call_of(sitting_id: int) -> int:
    """The call that is held, or was held last."""
    return db.session.scalar(sa.select(sa.func.max(Held.call)).where(Held.sitting_id == sitting_id)) or 1


def item_of(sitting_id: int) -> tuple[AgendaItem | None, ItemCourse | None]:
    """The item in discussion."""
    row = db.session.execute(
        sa.select(AgendaItem, ItemCourse)
        .join(ItemSpell, ItemSpell.item_id == AgendaItem.id)
        .outerjoin(ItemCourse, ItemCourse.item_id == AgendaItem.id)
        .where(ItemSpell.sitting_id == sitting_id, ItemSpell.ended_at.is_(None))
        .execution_options(populate_existing=True)
    ).first()
    return (row[0], row[1]) if row is not None else (None, None)


def running(sitting_id: int) -> Speech | None:
    """The speech that goes on."""
    query = sa.select(Speech).where(Speech.sitting_id == sitting_id, Speech.ended_at.is_(None))
    return db.session.execute(query.execution_options(populate_existing=True)).scalar_one_or_none()


def check_seen(one: Speech | None, after: int | None) -> None:
    """A button acts on what its page showed: pressed twice, or by two people at once, it acts once."""
    if after is not None and after != (one.id if one else 0):
        raise Conflict(N_("Somebody was quicker: look who has the floor now."), code="seen")


def last(sitting_id: int) -> list[Speech]:
    """The speeches of a sitting, the latest first."""
    query = sa.select(Speech).where(Speech.sitting_id == sitting_id).order_by(Speech.id.desc()).limit(20)
    return list(db.session.execute(query.execution_options(populate_existing=True)).scalars())


def speech(sitting_id: int, speech_id: int) -> Speech:
    """One speech of this sitting; another sitting's is nothing here."""
    query = sa.select(Speech).where(Speech.sitting_id == sitting_id, Speech.id == speech_id)
    found = db.session.execute(query.execution_options(populate_existing=True)).scalar_one_or_none()
    if found is None:
        raise NotFound()
    return found


def pause_of(speech_id: int) -> SpeechPause | None:
    """The pause in which a speech stands."""
    query = sa.select(SpeechPause).where(SpeechPause.speech_id == speech_id, SpeechPause.ended_at.is_(None))
    return db.session.execute(query.execution_options(populate_existing=True)).scalar_one_or_none()


def clock(one: Speech) -> SpeechClock:
    """The clock of a speech."""
    return clocks([one])[one.id]


def clocks(speeches: Iterable[Speech]) -> dict[int, SpeechClock]:
    """The clocks of speeches, with all their pauses read at once."""
    found = list(speeches)
    rows: Any = db.session.execute(
        sa.select(SpeechPause.speech_id, SpeechPause.began_at, SpeechPause.ended_at)
        .where(SpeechPause.speech_id.in_([one.id for one in found]))
        .order_by(SpeechPause.id)
    )
    pauses: dict[int, list[Stretch]] = {}
    for speech_id, began_at, ended_at in rows:
        pauses.setdefault(speech_id, []).append(Stretch(began_at, ended_at))
    return {one.id: timing.read(one.began_at, one.limit_seconds, pauses.get(one.id, ()), one.ended_at) for one in found}


def heard(sitting_id: int, item_id: int | None, now: datetime) -> Heard:
    """How often and how long each seat was heard, at the item and in the whole sitting."""
    query = sa.select(Speech).where(Speech.sitting_id == sitting_id, Speech.seat_id.is_not(None)).order_by(Speech.id)
    speeches = list(db.session.execute(query.execution_options(populate_existing=True)).scalars())
    told = clocks(speeches)
    said = [Said(one.seat_id or 0, one.item_id, told[one.id], one.ending is Ending.INTERRUPTED) for one in speeches]
    at_item = {} if item_id is None else fairness.tally(said, now, item_id=item_id)
    return Heard(at_item, fairness.tally(said, now))


def ordering_of(sitting_id: int) -> Ordering:
    """The rule by which the floor is given; by arrival unless another was chosen."""
    return db.session.scalar(sa.select(FloorOrder.ordering).where(FloorOrder.sitting_id == sitting_id)) or (
        Ordering.ARRIVAL
    )


def waiting(sitting_id: int, item_id: int | None, now: datetime) -> list[FloorRequest]:
    """Who waits for the item in discussion, and who may interrupt at any time: those who are there and sit still."""
    query = sa.select(FloorRequest).where(
        FloorRequest.sitting_id == sitting_id,
        FloorRequest.state == RequestState.WAITING,
        sa.or_(FloorRequest.item_id == item_id, FloorRequest.kind.in_(ANYTIME)),
    )
    rows = list(db.session.execute(query.execution_options(populate_existing=True)).scalars())
    present = there(sitting_id, now) if rows else set()
    return [row for row in rows if row.accreditation_id in present]


def there(sitting_id: int, now: datetime) -> set[int | None]:
    """The accreditations of those who are present under a mandate in force."""
    return {seat.accreditation_id for seat in seats_now(sitting_id, now) if seat.present}


def queue(sitting_id: int, item_id: int | None, now: datetime) -> list[FloorRequest]:
    """The same in the order in which they will be called."""
    rows = {row.id: row for row in waiting(sitting_id, item_id, now)}
    wanted = (Waiting(row.id, row.kind, row.seat_id, row.place, row.asked_at) for row in rows.values())
    turns = order.ordered(wanted, ordering_of(sitting_id), heard(sitting_id, item_id, now))
    return [rows[one.id] for one in turns]


def request(sitting_id: int, request_id: int) -> FloorRequest:
    """One request of this sitting; another sitting's is nothing here."""
    query = sa.select(FloorRequest).where(FloorRequest.sitting_id == sitting_id, FloorRequest.id == request_id)
    found = db.session.execute(query.with_for_update().execution_options(populate_existing=True)).scalar_one_or_none()
    if found is None:
        raise NotFound()
    return found


def seat_number(seat_id: int | None) -> int | None:
    """The number by which everybody knows a seat."""
    return None if seat_id is None else db.session.get_one(SittingSeat, seat_id).number


def somebody_at(sitting_id: int, seat: int, now: datetime) -> SeatNow:
    """The seat with this number and whoever is there for it; nobody speaks for an empty one."""
    found = next((one for one in seats_now(sitting_id, now) if one.number == seat), None)
    if found is None:
        raise NotFound()
    if not found.present:
        raise Conflict(N_("Nobody is present for this seat: let whoever came in be entered first."), code="not_present")
    return found


def has_poll(item_id: int | None) -> bool:
    """True if a vote is tied to the item."""
    tied = sa.select(SittingPoll.poll_id).where(SittingPoll.item_id == item_id)
    return item_id is not None and db.session.scalar(tied.limit(1)) is not None


def asked(sitting_id: int, person_id: int | None = None) -> int:
    """How many requests there have been, of everybody or of one person."""
    query = sa.select(sa.func.count()).where(FloorRequest.sitting_id == sitting_id)
    if person_id is not None:
        query = query.where(FloorRequest.person_id == person_id)
    return db.session.scalar(query) or 0
