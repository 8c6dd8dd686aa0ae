"""Giving the floor: one after the other, by the clock of the server, and back again within ten seconds."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from flask import Flask

from portal.conferences.floor import ask, give, hold, note_speech, settle
from portal.conferences.floor.board import speeches
from portal.conferences.floor.give import Guest
from portal.conferences.floor.mine import mine
from portal.conferences.floor.models import FloorRequest
from portal.conferences.floor.rules import Ending, RequestState, SpeechKind
from portal.conferences.floor.timing import Phase
from portal.conferences.hall import session
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden
from tests.races import at_once
from tests.sittings import looked_at, pdf, store
from tests.speaking import ORDINARY, POINT, Floor


@pytest.fixture
def floor(database: None) -> Floor:
    """A session that goes on."""
    return Floor()


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


@pytest.mark.once
def test_whoever_a_point_of_order_interrupts_goes_on_with_the_time_that_was_left(floor: Floor) -> None:
    floor.gives(floor.asks(1), now=floor.at(10))
    floor.asks(2, now=floor.at(11))
    floor.gives(floor.asks(3, POINT, now=floor.at(11)), now=floor.at(12))
    stopped = floor.board(floor.at(12)).interrupted
    assert stopped is not None
    assert stopped.voice.seat == 1
    floor.leave(1, now=floor.at(12, 10))
    assert floor.board(floor.at(12, 20)).interrupted is None
    floor.back(floor.at(12, 20))
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
    called = at_once(app, [partial(give.next_speaker, who, sitting, 0, now=floor.at(3)) for who in desks])
    assert [getattr(one, "code", "") for one in called if isinstance(one, Conflict)] == ["seen"]
    assert floor.waiting() == [2]
    request = floor.asks(3)
    given = at_once(app, [partial(give.give, who, sitting, request, now=floor.at(4)) for who in desks])
    assert len([one for one in given if isinstance(one, Conflict)]) == 1
    running = floor.board(floor.at(5)).speaking
    assert running is not None
    assert running.voice.seat == 3


@pytest.mark.once
def test_a_button_that_is_pressed_twice_acts_once(floor: Floor) -> None:
    speech = floor.gives(floor.asks(1))
    floor.asks(2)
    hold.extend(floor.secretariat, floor.sitting, 60, 300, now=floor.at(4))
    with pytest.raises(Conflict, match="quicker"):
        hold.extend(floor.secretariat, floor.sitting, 60, 300, now=floor.at(4))
    give.next_speaker(floor.secretariat, floor.sitting, speech, now=floor.at(5))
    for act in (give.next_speaker, hold.end, hold.cut_off):
        with pytest.raises(Conflict, match="quicker"):
            act(floor.secretariat, floor.sitting, speech, now=floor.at(5))
    with pytest.raises(Conflict, match="has the floor already"):
        give.give_seat(floor.secretariat, floor.sitting, 2, SpeechKind.ORDINARY, now=floor.at(5))
