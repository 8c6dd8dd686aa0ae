"""What is seen of the floor: who speaks, who waits and for how long, how often and how long each seat was heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.conferences import queries
from portal.conferences.accreditation_models import Accreditation
from portal.conferences.floor import fairness, order, state
from portal.conferences.floor.fairness import NEVER
from portal.conferences.floor.give import interrupted
from portal.conferences.floor.models import FloorRequest, Speech
from portal.conferences.floor.order import Heard
from portal.conferences.floor.rules import Channel, Ending, FloorKind, Ordering, SpeechKind
from portal.conferences.floor.state import Hall
from portal.conferences.floor.timing import NOTHING, SpeechClock
from portal.conferences.hall.seats_now import SeatNow, seats_now
from portal.conferences.models import Sitting
from portal.conferences.rules import SittingState
from portal.conferences.ruleset import RuleSet
from portal.db import db
from portal.files.models import StoredFile
from portal.files.rules import FileKind
from portal.kernel.actor import Actor
from portal.kernel.offices import Office
from portal.kernel.permissions import Permission, can


@dataclass(frozen=True)
class Voice:
    """Who speaks or waits, as this reader may know it: the person is empty where only the office is told."""

    seat: int | None  # the number; none for who holds no seat
    name: str  # the body, or who holds no seat as the desk wrote it
    office: Office | None
    person: str
    remote: bool


@dataclass(frozen=True)
class Text:
    """A file."""

    name: str
    sha256: str
    kind: FileKind


@dataclass(frozen=True)
class Speaking:
    """A speech, with its clock."""

    id: int
    voice: Voice
    kind: SpeechKind
    item: int | None
    clock: SpeechClock
    ending: Ending | None
    synopsis: str
    text: Text | None  # that the speaker handed in


@dataclass(frozen=True)
class Queued:
    """Somebody who waits: in which place, for how long, and how much the seat was heard so far."""

    id: int
    place: int
    voice: Voice
    kind: FloorKind
    channel: Channel
    asked_at: datetime
    allowed: timedelta
    wait: timedelta  # if everybody ahead uses the whole of their time
    times: int  # at the item in discussion
    time: timedelta  # in the whole sitting
    by_hand: bool
    may_go_up: bool
    may_go_down: bool


@dataclass(frozen=True)
class Share:
    """A seat's part of what was said."""

    voice: Voice
    present: bool
    times: int
    time: timedelta
    item_times: int
    item_time: timedelta
    per_mille: int


@dataclass(frozen=True)
class FloorBoard:
    """The floor at an instant."""

    sitting: int
    state: SittingState
    item_id: int | None
    item_number: int | None
    item_title: str
    rule: RuleSet
    ordering: Ordering
    queue_open: bool
    by_hand: bool
    speaking: Speaking | None
    interrupted: Speaking | None
    queue: tuple[Queued, ...]
    shares: tuple[Share, ...]
    seats: tuple[Voice, ...]  # those present, in the order of their numbers
    votable: bool
    known: tuple[str, ...]  # who is expected to speak without a seat: whoever presides, whoever reports
    key: str  # of the desk's next request: sent twice, it asks once

    @property
    def open_session(self) -> bool:
        """True while the floor can be given."""
        return self.state is SittingState.IN_SESSION


def floor_board(actor: Actor, sitting_id: int, now: datetime) -> FloorBoard:
    """For whoever may see the sitting; who waits is told by body and office, by name to those who conduct or watch."""
    queries.sitting(actor, sitting_id)
    hall = state.hall(db.session.get_one(Sitting, sitting_id))
    seats = {seat.id: seat for seat in seats_now(sitting_id, now)}
    teller = _Teller(seats, hall.rule, named=can(actor, Permission.SITTING_WATCH))
    heard = state.heard(sitting_id, hall.item_id, now)
    running, stopped = state.running(sitting_id), interrupted(hall, now)
    ordering = state.ordering_of(sitting_id)
    told = state.clocks([one for one in (running, stopped) if one is not None])
    queue = _queue(hall, teller, heard, told[running.id].left(now) if running else NOTHING, now)
    item = hall.item
    return FloorBoard(
        sitting=sitting_id,
        state=hall.sitting.state,
        item_id=hall.item_id,
        item_number=item.position if item else None,
        item_title=item.title if item else "",
        rule=hall.rule,
        ordering=ordering,
        queue_open=hall.queue_open,
        by_hand=any(one.by_hand for one in queue),
        speaking=teller.speaking(running, told[running.id]) if running else None,
        interrupted=teller.speaking(stopped, told[stopped.id]) if stopped else None,
        queue=queue,
        shares=_shares(teller, heard),
        seats=tuple(teller.voice(seat.id) for seat in seats.values() if seat.present),
        votable=item is not None and order.votes(item.kind, state.has_poll(item.id)),
        known=tuple(filter(None, dict.fromkeys((item.rapporteur if item else "", hall.sitting.chair)))),
        key=f"desk-{state.asked(sitting_id)}",
    )


def speeches(actor: Actor, sitting_id: int, now: datetime) -> list[Speaking]:
    """All that were made, the latest first, for the desk that writes what they said."""
    queries.sitting(actor, sitting_id)
    hall = state.hall(db.session.get_one(Sitting, sitting_id))
    seats = {seat.id: seat for seat in seats_now(sitting_id, now)}
    teller = _Teller(seats, hall.rule, named=can(actor, Permission.SITTING_WATCH))
    rows = db.session.scalars(sa.select(Speech).where(Speech.sitting_id == sitting_id).order_by(Speech.id.desc()))
    found = list(rows)
    told = state.clocks(found)
    return [teller.speaking(one, told[one.id]) for one in found]


class _Teller:
    """Says who somebody is, and no more than the reader may know."""

    def __init__(self, seats: Mapping[int, SeatNow], rule: RuleSet, *, named: bool) -> None:
        self.seats, self.rule, self.named = seats, rule, named

    def voice(self, seat_id: int | None, speaker: str = "") -> Voice:
        """Whoever sits by right is told by name to everybody; others by their office."""
        seat = self.seats.get(seat_id or 0)
        if seat is None:
            return Voice(None, speaker, None, "", remote=False)
        by_right = seat.office in self.rule.sits
        person = seat.person if self.named or by_right else ""
        remote = seat.way is not None and seat.way.value == "remote"
        return Voice(seat.number, seat.name, seat.office, person, remote)

    def speaking(self, one: Speech, clock: SpeechClock) -> Speaking:
        """A speech as it is shown, by whoever made it; what was noted of it only to those who watch."""
        noted = (one.synopsis, _text(one)) if self.named else ("", None)
        voice = self.voice(one.seat_id, one.speaker)
        if one.accreditation_id is not None and one.seat_id is not None:
            held = db.session.get_one(Accreditation, one.accreditation_id)
            told = self.named or held.office in self.rule.sits
            person = db.session.get_one(Person, held.person_id).name if told else ""
            voice = replace(voice, office=held.office, person=person)
        return Speaking(one.id, voice, one.kind, one.item_id, clock, one.ending, *noted)


def _text(one: Speech) -> Text | None:
    if one.text_sha256 is None:
        return None
    return Text(one.text_name, one.text_sha256, db.session.get_one(StoredFile, one.text_sha256).kind)


def _queue(hall: Hall, teller: _Teller, heard: Heard, left: timedelta, now: datetime) -> tuple[Queued, ...]:
    rows = state.queue(hall.sitting.id, hall.item_id, now)
    found: list[Queued] = []
    for number, row in enumerate(rows, 1):
        before, after = rows[: number - 1], rows[number:]
        found.append(
            Queued(
                id=row.id,
                place=number,
                voice=teller.voice(row.seat_id),
                kind=row.kind,
                channel=row.channel,
                asked_at=row.asked_at,
                allowed=order.limit(row.kind, hall.rule),
                wait=order.wait((one.kind for one in before), hall.rule, left),
                times=heard.item.get(row.seat_id, NEVER).times,
                time=heard.sitting.get(row.seat_id, NEVER).time,
                by_hand=row.place is not None,
                may_go_up=_is_next(before[::-1], row),
                may_go_down=_is_next(after, row),
            )
        )
    return tuple(found)


def _is_next(others: Sequence[FloorRequest], row: FloorRequest) -> bool:
    """True if the neighbour on this side asks for the same."""
    return bool(others) and others[0].kind is row.kind


def _shares(teller: _Teller, heard: Heard) -> tuple[Share, ...]:
    parts = fairness.shares(heard.sitting)
    found = [
        Share(
            voice=teller.voice(seat.id),
            present=seat.present,
            times=heard.sitting.get(seat.id, NEVER).times,
            time=heard.sitting.get(seat.id, NEVER).time,
            item_times=heard.item.get(seat.id, NEVER).times,
            item_time=heard.item.get(seat.id, NEVER).time,
            per_mille=parts.get(seat.id, 0),
        )
        for seat in teller.seats.values()
        if seat.present or seat.id in heard.sitting
    ]
    return tuple(sorted(found, key=lambda one: (-one.time, one.voice.seat or 0)))
