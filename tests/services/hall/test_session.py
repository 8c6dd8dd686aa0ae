"""From the roll call to the closing: what is refused, what is counted, what is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.conferences.hall import agenda, board, incidents, items, roll_call, session
from portal.conferences.hall.models import Held, ItemSpell, Presence
from portal.conferences.hall.rules import IncidentKind, ItemState, Outcome, RollKind, Source
from portal.conferences.models import Sitting
from portal.conferences.rules import Organ, SittingState
from portal.db import db
from portal.journal.verify import verify
from portal.kernel.errors import Conflict, Forbidden
from tests.conftest import Clock
from tests.hall import HOUR, Hall

pytestmark = pytest.mark.once


def state(hall: Hall) -> SittingState:
    db.session.rollback()
    return db.session.get_one(Sitting, hall.sitting, populate_existing=True).state


def test_a_sitting_runs_from_the_roll_call_to_its_closing(clock: Clock) -> None:
    hall = Hall()
    hall.open(1, 2, 5)
    hall.call_item(1)
    items.next_item(hall.secretariat, hall.sitting, hall.items[0].id, now=hall.at(30))
    incidents.note(hall.moderator, hall.sitting, IncidentKind.TECHNICAL, "Manca il microfono.", now=hall.at(31))
    hall.close(now=hall.at(50))
    told = hall.told()
    assert told[:2] == ["RollCallBegun", "RollAnswered"] and told[-2:] == ["ItemEnded", "SittingClosed"]
    assert state(hall) is SittingState.CLOSED
    found = agenda.course_board(hall.auditor, hall.sitting, hall.at(60))
    assert [one.state for one in found.items] == [ItemState.CONCLUDED, ItemState.ADJOURNED, ItemState.PENDING]
    assert found.items[0].taken == timedelta(minutes=29) and found.ends_at == hall.at(50)
    ends = {(row.until_at, row.left_by) for row in db.session.query(Presence)}
    assert ends == {(hall.at(50), Source.CLOSING)}
    assert verify() == []


def test_the_roll_is_called_by_whoever_conducts_and_at_its_hour(clock: Clock) -> None:
    hall = Hall()
    for who in (hall.auditor, hall.people[1]):
        with pytest.raises(Forbidden):
            roll_call.begin(who, hall.sitting, 1, now=hall.at())
    with pytest.raises(Conflict):
        roll_call.begin(hall.secretariat, hall.sitting, 1, now=hall.at(-61))
    roll_call.begin(hall.moderator, hall.sitting, 1, now=hall.at(-60))
    with pytest.raises(Conflict):  # a second click
        roll_call.begin(hall.secretariat, hall.sitting, 1, now=hall.at(-60))


def test_a_sitting_opens_at_its_hour_after_its_roll_call(clock: Clock) -> None:
    hall = Hall()
    roll = roll_call.begin(hall.secretariat, hall.sitting, 1, now=hall.at(-5))
    for minutes in (-5, 0):
        with pytest.raises(Conflict):
            session.open_sitting(hall.secretariat, hall.sitting, "P", "S", now=hall.at(minutes))
    roll_call.end(hall.secretariat, hall.sitting, roll, now=hall.at(-4))
    with pytest.raises(Conflict):
        session.open_sitting(hall.secretariat, hall.sitting, "P", "S", now=hall.at(-1))
    session.open_sitting(hall.secretariat, hall.sitting, "P", "S", now=hall.at())
    with pytest.raises(Conflict):  # a second click
        session.open_sitting(hall.secretariat, hall.sitting, "P", "S", now=hall.at())


def test_without_its_number_a_call_is_deserted_and_the_next_one_waits(clock: Clock) -> None:
    hall = Hall(HOUR, HOUR + timedelta(days=1), organ=Organ.MAYORS)
    hall.need(1, 2)
    hall.call_roll(1)
    seen = board.presence_board(hall.secretariat, hall.sitting, hall.at(1))
    assert seen.numbers.quorum is not None and seen.numbers.quorum.missing == 1 and seen.may_desert
    with pytest.raises(Conflict):
        session.open_sitting(hall.secretariat, hall.sitting, "P", "S", now=hall.at())
    session.desert(hall.secretariat, hall.sitting, now=hall.at(60))
    db.session.rollback()
    assert db.session.get_one(Held, (hall.sitting, 1)).outcome is Outcome.DESERTED
    assert state(hall) is SittingState.CONVENED and hall.told()[-1] == "SittingDeserted"
    with pytest.raises(Conflict):
        roll_call.begin(hall.secretariat, hall.sitting, 1, now=hall.at(90))
    tomorrow = HOUR + timedelta(days=1)
    hall.call_roll(1, 2, now=tomorrow, call=2)  # no number is asked for at this one
    session.open_sitting(hall.secretariat, hall.sitting, "P", "S", now=tomorrow)
    assert state(hall) is SittingState.IN_SESSION


def test_a_number_that_is_there_deserts_nothing(clock: Clock) -> None:
    hall = Hall()
    hall.call_roll(1)
    with pytest.raises(Conflict):
        session.desert(hall.secretariat, hall.sitting, now=hall.at(5))


def test_the_number_lost_and_regained_is_told_by_who_left_and_who_came(clock: Clock) -> None:
    hall = Hall()
    hall.need(3, 5)
    hall.open(1, 2, 3)
    hall.leave(3, now=hall.at(10))
    hall.leave(2, now=hall.at(11))  # lost already: not told twice
    hall.enter(2, now=hall.at(12))
    hall.enter(4, now=hall.at(13))
    told = [kind for kind in hall.told() if kind.startswith("Quorum")]
    assert told == ["QuorumLost", "QuorumRegained"] and hall.told()[-1] == "QuorumRegained"


def test_a_verification_counts_who_is_left(clock: Clock) -> None:
    hall = Hall()
    hall.need(3, 5)
    hall.open(1, 2, 3)
    roll = roll_call.verify(hall.secretariat, hall.sitting, now=hall.at(20))
    roll_call.answer(hall.secretariat, hall.sitting, roll, hall.seats[1], False, now=hall.at(20))
    found = roll_call.end(hall.secretariat, hall.sitting, roll, now=hall.at(21))
    assert not found.valid and found.entitled.present == 2
    last = board.presence_board(hall.secretariat, hall.sitting, hall.at(22)).last_roll
    assert last is not None and (last.kind, last.present, last.met) == (RollKind.VERIFICATION, 2, False)


def test_two_moderators_at_once_go_on_by_one_item(clock: Clock) -> None:
    hall = Hall()
    hall.open()
    first = hall.call_item(1)
    items.next_item(hall.secretariat, hall.sitting, first, now=hall.at(5))
    with pytest.raises(Conflict):
        items.next_item(hall.moderator, hall.sitting, first, now=hall.at(5))
    hall.call_item(2, now=hall.at(5))  # it is in discussion already: nothing more is told
    assert hall.told().count("ItemCalled") == 2 and db.session.query(ItemSpell).count() == 2


def test_the_order_changes_while_an_item_is_discussed_and_other_business_stays_last(clock: Clock) -> None:
    hall = Hall()
    hall.open()
    current = hall.call_item(1)
    last = hall.items[2].id
    with pytest.raises(Conflict):
        items.move_item(hall.secretariat, hall.sitting, last, -1, now=hall.at(2))
    items.adjourn_item(hall.secretariat, hall.sitting, last, now=hall.at(3))
    items.call_item(hall.secretariat, hall.sitting, last, now=hall.at(4))  # out of its turn; the first is left
    found = agenda.course_board(hall.secretariat, hall.sitting, hall.at(4))
    assert found.current is not None and found.current.id == last
    assert found.next is not None and found.next.id == current
    items.move_item(hall.secretariat, hall.sitting, current, 1, now=hall.at(5))
    found = agenda.course_board(hall.secretariat, hall.sitting, hall.at(6))
    assert [one.id for one in found.items if one.is_waiting] == [hall.items[1].id, current]


def test_a_suspension_stands_the_clock_of_the_item_still(clock: Clock) -> None:
    hall = Hall()
    hall.open()
    hall.call_item(1, now=hall.at(0))
    session.suspend(hall.secretariat, hall.sitting, "Pausa", hall.at(40), now=hall.at(10))
    with pytest.raises(Conflict):
        hall.call_item(2, now=hall.at(11))
    assert agenda.course_board(hall.secretariat, hall.sitting, hall.at(15)).ends_at == hall.at(90)
    session.resume(hall.secretariat, hall.sitting, now=hall.at(30))
    found = agenda.course_board(hall.secretariat, hall.sitting, hall.at(35))
    assert found.current is not None and found.current.taken == timedelta(minutes=15)
