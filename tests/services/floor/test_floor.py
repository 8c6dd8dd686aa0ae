"""The floor on a real database: who may ask, whose turn it is, what the clock keeps, what can be taken back."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.conferences import undo
from portal.conferences.floor import arrange, ask, give, hold, note_speech, settle
from portal.conferences.floor.board import FloorBoard, floor_board, speeches
from portal.conferences.floor.give import Guest
from portal.conferences.floor.mine import mine
from portal.conferences.floor.models import FloorRequest
from portal.conferences.floor.rules import Ending, FloorKind, Ordering, RequestState, SpeechKind
from portal.conferences.floor.timing import Phase
from portal.conferences.hall import acts, session
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, DomainError, Forbidden
from tests import factories
from tests.hall import Hall
from tests.races import at_once
from tests.sittings import looked_at, pdf, store

ORDINARY, POINT = FloorKind.ORDINARY, FloorKind.POINT_OF_ORDER


class Floor(Hall):
    """A session on its first item, everybody present, and nobody who speaks."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.open()
        self.item = self.call_item(1)

    def asks(self, number: int, kind: FloorKind = ORDINARY, *, key: str = "", now: datetime | None = None) -> int:
        """Whoever sits there asks from the phone."""
        now = now or self.at(2)
        return ask.ask(self.people[number], self.sitting, kind, key or f"{number}-{kind}", now=now)

    def gives(self, request: int, *, now: datetime | None = None) -> int:
        """The secretariat gives the floor."""
        return give.give(self.secretariat, self.sitting, request, now=now or self.at(3))

    def next(self, *, now: datetime | None = None) -> int | None:
        """The key of the cockpit."""
        return give.next_speaker(self.secretariat, self.sitting, now=now or self.at(3))

    def board(self, at: datetime | None = None) -> FloorBoard:
        """As the secretariat sees it."""
        db.session.rollback()
        return floor_board(self.secretariat, self.sitting, at or self.at(3))

    def waiting(self) -> list[int | None]:
        """The seats in their turn."""
        return [one.voice.seat for one in self.board().queue]

    def back(self, at: datetime) -> None:
        """Undo."""
        db.session.rollback()
        last = acts.last(self.secretariat, self.sitting, at)
        assert last is not None
        undo.undo(self.secretariat, self.sitting, last.id, now=at)


@pytest.fixture
def floor(database: None) -> Floor:
    """A session that goes on."""
    return Floor()


def test_whoever_is_present_asks_once_however_often_the_signal_is_lost(floor: Floor) -> None:
    first = floor.asks(1)
    assert floor.asks(1) == first
    with pytest.raises(Conflict, match="in the queue already"):
        floor.asks(1, key="another-tab")
    assert floor.asks(1, POINT) != first
    assert floor.waiting() == [1, 1]
    settle.withdraw(floor.people[1], floor.sitting, first, now=floor.at(2))
    assert floor.asks(1, key="again") != first


@pytest.mark.once
def test_nobody_asks_who_is_not_there_or_not_accredited_or_when_nothing_goes_on(floor: Floor) -> None:
    floor.leave(2)
    with pytest.raises(Forbidden, match="not counted as present"):
        floor.asks(2)
    with pytest.raises(Forbidden, match="not accredited"):
        ask.ask(floor.chamber.deputies[0], floor.sitting, ORDINARY, "deputy", now=floor.at(2))
    with pytest.raises(Forbidden, match="not accredited"):
        ask.ask(Actor.anonymous(), floor.sitting, ORDINARY, "stranger", now=floor.at(2))
    floor.end_mandate(3, floor.at(-1))
    ended = factories.actor(db.session.get_one(Person, floor.people[3].person_id), now=floor.at(2))
    with pytest.raises(Forbidden, match="not in force"):
        ask.ask(ended, floor.sitting, ORDINARY, "ended", now=floor.at(2))
    session.suspend(floor.secretariat, floor.sitting, "Verifica", now=floor.at(2))
    with pytest.raises(Conflict, match="suspended"):
        floor.asks(1)


def test_who_leaves_the_hall_leaves_the_queue_and_comes_back_with_the_undo(floor: Floor) -> None:
    floor.asks(1)
    floor.gives(floor.asks(2))
    floor.asks(2, POINT)
    floor.leave(2, now=floor.at(4))
    assert floor.waiting() == [1]
    assert floor.board().speaking is None
    floor.back(floor.at(4, 5))
    board = floor.board(floor.at(5))
    assert board.speaking is not None
    assert board.speaking.voice.seat == 2
    assert floor.waiting() == [2, 1]


@pytest.mark.once
def test_only_those_who_conduct_give_the_floor(floor: Floor) -> None:
    request = floor.asks(1)
    for stranger in (floor.people[1], floor.auditor, Actor.anonymous()):
        with pytest.raises(Forbidden):
            give.give(stranger, floor.sitting, request, now=floor.at(3))
        with pytest.raises(Forbidden):
            give.next_speaker(stranger, floor.sitting, now=floor.at(3))
    with pytest.raises(Forbidden):
        settle.withdraw(floor.people[2], floor.sitting, request, now=floor.at(3))
    give.give(floor.moderator, floor.sitting, request, now=floor.at(3))


@pytest.mark.once
def test_the_next_one_speaks_from_the_instant_at_which_the_one_before_ends(floor: Floor) -> None:
    floor.asks(1)
    floor.asks(2)
    floor.asks(3, POINT)
    assert floor.waiting() == [3, 1, 2]
    begun = [floor.next(now=floor.at(3 + n)) for n in range(3)]
    assert floor.next(now=floor.at(6)) is None
    made = speeches(floor.secretariat, floor.sitting, floor.at(9))[::-1]
    assert [one.id for one in made] == begun
    assert [one.voice.seat for one in made] == [3, 1, 2]
    assert [one.clock.spoken(floor.at(9)) for one in made] == [timedelta(minutes=1)] * 3
    assert [one.clock.ended_at for one in made][:2] == [one.clock.started_at for one in made][1:]
    with pytest.raises(Conflict, match="Nobody waits"):
        floor.next(now=floor.at(7))


def test_the_clock_stops_goes_on_is_extended_and_ends_where_it_should(floor: Floor) -> None:
    floor.gives(floor.asks(1), now=floor.at(10))
    hold.pause(floor.secretariat, floor.sitting, now=floor.at(12))
    with pytest.raises(Conflict, match="paused already"):
        hold.pause(floor.colleague, floor.sitting, now=floor.at(12, 1))
    hold.resume(floor.secretariat, floor.sitting, now=floor.at(15))
    hold.extend(floor.secretariat, floor.sitting, 60, now=floor.at(16))
    board = floor.board(floor.at(16))
    assert board.speaking is not None
    assert board.speaking.clock.ends_at == floor.at(19)
    assert board.speaking.clock.phase(floor.at(18)) is Phase.WARNING
    hold.cut_off(floor.secretariat, floor.sitting, now=floor.at(19, 23))
    made = speeches(floor.secretariat, floor.sitting, floor.at(30))[0]
    assert made.ending is Ending.CUT_OFF
    assert made.clock.overrun(floor.at(30)) == timedelta(seconds=23)
    assert made.clock.spoken(floor.at(30)) == timedelta(minutes=6, seconds=23)
    assert floor.told()[-5:] == ["SpeechBegun", "SpeechPaused", "SpeechResumed", "SpeechExtended", "SpeechEnded"]


@pytest.mark.once
def test_a_suspended_session_takes_no_time_from_whoever_speaks(floor: Floor) -> None:
    floor.gives(floor.asks(1), now=floor.at(10))
    session.suspend(floor.secretariat, floor.sitting, "Pausa", now=floor.at(11))
    session.resume(floor.secretariat, floor.sitting, now=floor.at(41))
    hold.resume(floor.secretariat, floor.sitting, now=floor.at(41))
    board = floor.board(floor.at(41))
    assert board.speaking is not None
    assert board.speaking.clock.left(floor.at(41)) == timedelta(minutes=4)


def test_whoever_a_point_of_order_interrupts_goes_on_with_the_time_that_was_left(floor: Floor) -> None:
    floor.gives(floor.asks(1), now=floor.at(10))
    floor.asks(2, now=floor.at(11))
    floor.gives(floor.asks(3, POINT, now=floor.at(11)), now=floor.at(12))
    stopped = floor.board(floor.at(12)).interrupted
    assert stopped is not None
    assert stopped.voice.seat == 1
    floor.next(now=floor.at(13))
    board = floor.board(floor.at(13))
    assert board.speaking is not None
    assert (board.speaking.voice.seat, board.speaking.clock.left(floor.at(13))) == (1, timedelta(minutes=3))
    floor.next(now=floor.at(15))
    shares = {one.voice.seat: (one.times, one.time) for one in floor.board(floor.at(15)).shares}
    assert shares[1] == (1, timedelta(minutes=4))
    assert shares[3] == (1, timedelta(minutes=1))


@pytest.mark.once
def test_one_act_of_the_desk_gives_the_floor_to_who_did_not_ask_and_to_who_holds_no_seat(floor: Floor) -> None:
    request = floor.asks(4)
    give.give_seat(floor.secretariat, floor.sitting, 4, SpeechKind.ORDINARY, now=floor.at(3))
    assert db.session.get_one(FloorRequest, request).state is RequestState.SPEAKING
    give.give_seat(floor.secretariat, floor.sitting, 5, SpeechKind.ORDINARY, 3, now=floor.at(4))
    guest = Guest("Ing. Relatrice", SpeechKind.REPORT, 15)
    give.give_guest(floor.secretariat, floor.sitting, guest, now=floor.at(5))
    board = floor.board(floor.at(5))
    assert board.speaking is not None
    assert (board.speaking.voice.name, board.speaking.clock.allowed) == ("Ing. Relatrice", timedelta(minutes=15))
    floor.leave(3)
    with pytest.raises(Conflict, match="Nobody is present"):
        give.give_seat(floor.secretariat, floor.sitting, 3, SpeechKind.ORDINARY, now=floor.at(6))


@pytest.mark.once
def test_a_closed_list_takes_points_of_order_alone_and_the_next_item_has_its_own(floor: Floor) -> None:
    floor.asks(1)
    arrange.close_queue(floor.secretariat, floor.sitting, now=floor.at(2))
    with pytest.raises(Conflict, match="closed"):
        floor.asks(2)
    floor.asks(2, POINT)
    floor.call_item(2, now=floor.at(5))
    assert floor.waiting() == [2]
    floor.asks(1, FloorKind.EXPLANATION_OF_VOTE, now=floor.at(6))
    floor.asks(1, key="on-the-second", now=floor.at(6))
    assert floor.waiting() == [2, 1, 1]
    floor.close()
    assert floor.waiting() == []


def test_the_rule_and_the_hand_put_the_queue_in_order_and_both_can_be_taken_back(floor: Floor) -> None:
    floor.gives(floor.asks(1))
    floor.next(now=floor.at(4))
    second = floor.asks(1, key="second", now=floor.at(5))
    floor.asks(2, now=floor.at(5, 1))
    floor.asks(3, now=floor.at(5, 2))
    assert floor.waiting() == [1, 2, 3]
    arrange.set_ordering(floor.secretariat, floor.sitting, Ordering.FIRST_TIMERS, now=floor.at(6))
    assert floor.waiting() == [2, 3, 1]
    arrange.move(floor.secretariat, floor.sitting, second, -1, now=floor.at(7))
    assert floor.waiting() == [2, 1, 3]
    floor.back(floor.at(7, 9))
    assert floor.waiting() == [2, 3, 1]
    arrange.move(floor.secretariat, floor.sitting, second, -1, now=floor.at(8))
    arrange.set_ordering(floor.secretariat, floor.sitting, Ordering.ARRIVAL, now=floor.at(9))
    assert floor.waiting() == [1, 2, 3]


def test_within_ten_seconds_the_floor_goes_back_to_who_had_it(floor: Floor) -> None:
    floor.gives(floor.asks(1), now=floor.at(10))
    floor.asks(2, now=floor.at(10))
    floor.next(now=floor.at(12))
    floor.back(floor.at(12, 8))
    board = floor.board(floor.at(13))
    assert board.speaking is not None
    assert (board.speaking.voice.seat, board.speaking.clock.left(floor.at(13))) == (1, timedelta(minutes=2))
    assert floor.waiting() == [2]
    assert floor.told()[-4:] == ["SpeechEnded", "SpeechBegun", "ActUndone", "ActUndone"]
    hold.pause(floor.secretariat, floor.sitting, now=floor.at(14))
    hold.end(floor.secretariat, floor.sitting, now=floor.at(14, 5))
    floor.back(floor.at(14, 6))
    assert floor.board(floor.at(14, 7)).speaking is not None
    hold.resume(floor.secretariat, floor.sitting, now=floor.at(14, 8))
    hold.extend(floor.secretariat, floor.sitting, 60, now=floor.at(15))
    floor.back(floor.at(15, 1))
    assert floor.board(floor.at(15)).speaking.clock.allowed == timedelta(minutes=5)  # type: ignore[union-attr]
    refused = floor.asks(3, now=floor.at(16))
    settle.refuse(floor.secretariat, floor.sitting, refused, "Fuori tema", now=floor.at(16))
    assert mine(floor.people[3], floor.sitting, floor.at(17)).refused[0].reason == "Fuori tema"
    floor.back(floor.at(16, 2))
    assert floor.waiting() == [2, 3]


@pytest.mark.once
def test_a_delegate_reads_which_turn_it_is_and_about_how_long_that_is(floor: Floor) -> None:
    floor.gives(floor.asks(1), now=floor.at(10))
    for number in (2, 3):
        floor.asks(number, now=floor.at(11))
    own = mine(floor.people[3], floor.sitting, floor.at(11))
    assert [(turn.place, turn.minutes) for turn in own.turns] == [(2, 9)]
    assert own.offered == (FloorKind.PERSONAL_STATEMENT, POINT)
    assert mine(floor.people[1], floor.sitting, floor.at(11)).speaking is not None
    floor.leave(4)
    assert str(mine(floor.people[4], floor.sitting, floor.at(12)).why_not).startswith("You are not counted")


@pytest.mark.once
def test_names_are_told_to_those_who_conduct_and_of_those_who_sit_by_right(floor: Floor) -> None:
    deputy = floor.chamber.deputies[1]
    floor.accredit(2, deputy, now=floor.at(1))
    floor.people[2] = deputy
    floor.enter(2)
    floor.asks(1)
    floor.asks(2)
    staff = {one.voice.seat: one.voice.person for one in floor.board().queue}
    public = {
        one.voice.seat: one.voice.person for one in floor_board(Actor.anonymous(), floor.sitting, floor.at(3)).queue
    }
    assert staff == {1: floor.people[1].name, 2: deputy.name}
    assert public == {1: floor.people[1].name, 2: ""}


def test_what_a_speech_said_is_kept_for_the_minutes(floor: Floor) -> None:
    speech = floor.gives(floor.asks(1))
    note_speech.write_synopsis(floor.secretariat, floor.sitting, speech, "Chiede più treni.", now=floor.at(4))
    with looked_at(pdf()) as found:
        note_speech.file_text(
            floor.secretariat, floor.sitting, speech, "intervento.pdf", found, store=store(), now=floor.at(5)
        )
    made = speeches(floor.secretariat, floor.sitting, floor.at(6))[0]
    assert made.text is not None
    assert (made.synopsis, made.text.name, made.text.sha256) == ("Chiede più treni.", "intervento.pdf", found.sha256)
    assert speeches(Actor.anonymous(), floor.sitting, floor.at(6))[0].synopsis == ""
    with pytest.raises(Forbidden):
        note_speech.write_synopsis(floor.people[1], floor.sitting, speech, "Altro", now=floor.at(6))


def test_from_two_tabs_and_two_desks_at_once_comes_one_request_and_one_speech(floor: Floor, app: Flask) -> None:
    person, sitting = floor.people[1], floor.sitting
    asked = at_once(app, [partial(ask.ask, person, sitting, ORDINARY, key, now=floor.at(2)) for key in "abcd"])
    assert len([one for one in asked if isinstance(one, int)]) == 1
    floor.asks(2)
    desks = (floor.secretariat, floor.colleague)
    called = at_once(app, [partial(give.next_speaker, who, sitting, now=floor.at(3)) for who in desks])
    assert [one for one in called if isinstance(one, DomainError)] == []
    request = floor.asks(3)
    given = at_once(app, [partial(give.give, who, sitting, request, now=floor.at(4)) for who in desks])
    assert len([one for one in given if isinstance(one, Conflict)]) == 1
    running = floor.board(floor.at(5)).speaking
    assert running is not None
    assert running.voice.seat == 3
