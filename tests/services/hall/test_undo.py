"""What was done a moment ago is taken back: the rows are as before, the record says both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from portal.conferences import undo
from portal.conferences.floor import ask, give, hold
from portal.conferences.floor.models import FloorRequest
from portal.conferences.floor.rules import FloorKind, RequestState, SpeechKind
from portal.conferences.hall import acts, attend, incidents, items, roll_call, session
from portal.conferences.hall.models import (
    Held,
    Incident,
    ItemCourse,
    ItemSpell,
    Presence,
    PresenceClaim,
    RollAnswer,
    RollCall,
    Suspension,
)
from portal.conferences.hall.rules import IncidentKind
from portal.conferences.models import Sitting, SittingSeat
from portal.db import db
from portal.journal.models import Entry
from portal.kernel.errors import Conflict, Forbidden, Gone
from portal.kernel.offices import Office
from portal.territory.models import Body
from tests import factories
from tests.conftest import Clock
from tests.hall import Hall

pytestmark = pytest.mark.once
KEPT = (Sitting, Held, Suspension, ItemCourse, ItemSpell, Presence, PresenceClaim, RollCall, RollAnswer, Incident)


def rows(hall: Hall) -> list[Any]:
    """Everything that the hall keeps of the sitting."""
    db.session.rollback()
    tables: list[Any] = [model.__table__ for model in KEPT]
    return [db.session.execute(sa.select(one).order_by(*one.primary_key)).all() for one in tables]


def take_back(hall: Hall, minutes: float) -> None:
    act = acts.last(hall.secretariat, hall.sitting, hall.at(minutes))
    assert act is not None
    undo.undo(hall.colleague, hall.sitting, act.id, now=hall.at(minutes, seconds=9))


def test_every_act_of_a_session_can_be_taken_back(clock: Clock) -> None:
    hall = Hall()
    hall.need(2, 5)
    hall.open(1, 2)
    current = hall.call_item(3)  # out of its turn: two items wait
    waiting = attend.claim(hall.people[3], hall.sitting, now=hall.at(2)) or 0
    who, sitting, at = hall.secretariat, hall.sitting, hall.at(2)
    done: list[Callable[[], Any]] = [
        lambda: items.next_item(who, sitting, current, now=at),
        lambda: items.conclude_item(who, sitting, current, "Raccolti i contributi.", now=at),
        lambda: items.adjourn_item(who, sitting, current, now=at),
        lambda: items.withdraw_item(who, sitting, hall.items[1].id, now=at),
        lambda: items.move_item(who, sitting, hall.items[0].id, 1, now=at),
        lambda: hall.enter(4, now=at),
        lambda: hall.leave(2, now=at),
        lambda: attend.settle_claim(who, sitting, waiting, confirmed=True, now=at),
        lambda: attend.settle_claim(who, sitting, waiting, confirmed=False, reason="Non c'è.", now=at),
        lambda: session.suspend(who, sitting, "Pausa", now=at),
        lambda: roll_call.verify(who, sitting, now=at),
        lambda: incidents.note(who, sitting, IncidentKind.ORDER, "Brusio.", now=at),
    ]
    for act in done:
        before = rows(hall)
        act()
        assert rows(hall) != before
        take_back(hall, 2)
        assert rows(hall) == before
    told = list(db.session.execute(sa.select(Entry.kind, Entry.seq, Entry.facts).order_by(Entry.seq)))
    undone = {facts["undone_seq"] for kind, _, facts in told if kind == "ActUndone"}
    lost = [seq for kind, seq, _ in told if kind == "QuorumLost"]
    assert lost and set(lost) <= undone
    assert "QuorumRegained" not in hall.told()  # what was never lost is not regained


def test_the_roll_call_and_the_opening_can_be_taken_back(clock: Clock) -> None:
    hall = Hall()
    who, sitting, at = hall.secretariat, hall.sitting, hall.at()
    restored: list[bool] = []

    def step(act: Callable[[], Any]) -> Any:
        before = rows(hall)
        act()
        take_back(hall, 0)
        restored.append(rows(hall) == before)
        return act()

    roll = step(lambda: roll_call.begin(who, sitting, 1, now=at))
    step(lambda: roll_call.answer(who, sitting, roll, hall.seats[1], True, now=at))
    step(lambda: roll_call.answer(who, sitting, roll, hall.seats[1], False, now=at))
    step(lambda: roll_call.end(who, sitting, roll, now=at))
    step(lambda: session.open_sitting(who, sitting, "La Sindaca", "Il Segretario", now=at))
    step(lambda: session.suspend(who, sitting, "", now=at))
    step(lambda: session.resume(who, sitting, now=at))
    assert restored[1:] == [True] * 6  # the first act leaves the items ready to be taken up


def test_after_ten_seconds_or_when_things_have_gone_on_nothing_is_taken_back(clock: Clock) -> None:
    hall = Hall()
    hall.open()
    hall.call_item(1, now=hall.at(1))
    act = acts.last(hall.secretariat, hall.sitting, hall.at(1))
    assert act is not None
    with pytest.raises(Gone):
        undo.undo(hall.secretariat, hall.sitting, act.id, now=hall.at(1, seconds=10.1))
    for who in (hall.auditor, hall.people[1]):
        with pytest.raises(Forbidden):
            undo.undo(who, hall.sitting, act.id, now=hall.at(1))
    hall.call_item(2, now=hall.at(1, seconds=2))
    with pytest.raises(Conflict):
        undo.undo(hall.secretariat, hall.sitting, act.id, now=hall.at(1, seconds=3))
    take_back(hall, 1)
    undo.undo(hall.secretariat, hall.sitting, act.id, now=hall.at(1, seconds=9))
    with pytest.raises(Conflict):  # a second click
        undo.undo(hall.secretariat, hall.sitting, act.id, now=hall.at(1, seconds=9))
    assert db.session.query(ItemSpell).count() == 0


def test_who_had_not_come_in_after_all_waits_for_nothing(clock: Clock) -> None:
    hall = Hall()
    hall.open(1, 2)
    hall.call_item(1)
    hall.enter(3, now=hall.at(2))
    ask.ask(hall.people[3], hall.sitting, FloorKind.ORDINARY, "chiave-0001", now=hall.at(2))
    take_back(hall, 2)
    assert db.session.query(FloorRequest).one().state is RequestState.WITHDRAWN


def test_nothing_is_taken_back_from_under_what_was_begun_upon_it(clock: Clock) -> None:
    hall = Hall()
    hall.call_roll(1, 2, now=hall.at())
    ended = acts.last(hall.secretariat, hall.sitting, hall.at())
    session.open_sitting(hall.secretariat, hall.sitting, "P", "S", now=hall.at())
    hall.call_item(1, now=hall.at())
    called = acts.last(hall.secretariat, hall.sitting, hall.at())
    give.give_seat(hall.secretariat, hall.sitting, 1, SpeechKind.ORDINARY, now=hall.at())
    assert ended is not None and called is not None
    for act in (ended, called):
        with pytest.raises(Conflict):
            undo.undo(hall.secretariat, hall.sitting, act.id, now=hall.at(0, seconds=5))


def test_an_incident_noted_by_two_clicks_is_one(clock: Clock) -> None:
    hall = Hall()
    hall.open()
    for _ in range(2):
        incidents.note(hall.secretariat, hall.sitting, IncidentKind.OTHER, "Suona un allarme.", now=hall.at(3))
    assert db.session.query(Incident).count() == 1


def test_nothing_is_taken_back_under_a_call_that_has_ended(clock: Clock) -> None:
    hall = Hall()
    hall.open()
    hall.call_item(1)
    give.give_seat(hall.secretariat, hall.sitting, 1, SpeechKind.ORDINARY, now=hall.at(2))
    hold.end(hall.secretariat, hall.sitting, now=hall.at(3))
    spoke = acts.last(hall.secretariat, hall.sitting, hall.at(3))
    assert spoke is not None
    hall.close(now=hall.at(3, seconds=4))
    before = rows(hall)
    assert acts.last(hall.secretariat, hall.sitting, hall.at(3, seconds=5)) is None
    with pytest.raises(Conflict) as over:
        undo.undo(hall.secretariat, hall.sitting, spoke.id, now=hall.at(3, seconds=5))
    assert over.value.code == "moved_on" and rows(hall) == before


def test_nobody_speaks_again_for_a_seat_that_was_left_nor_sits_again_on_one_handed_over(clock: Clock) -> None:
    hall = Hall()
    hall.open()
    hall.call_item(1)
    give.give_seat(hall.secretariat, hall.sitting, 1, SpeechKind.ORDINARY, now=hall.at(2))
    hold.end(hall.secretariat, hall.sitting, now=hall.at(3))
    spoke = acts.last(hall.secretariat, hall.sitting, hall.at(3))
    hall.leave(1, now=hall.at(3, seconds=2))
    left = acts.last(hall.secretariat, hall.sitting, hall.at(3, seconds=2))
    comune = db.session.get_one(Body, db.session.get_one(SittingSeat, hall.seats[1]).body_id)
    hall.accredit(1, factories.holder(Office.DEPUTY_MAYOR, comune), now=hall.at(3, seconds=4))
    before = rows(hall)
    for act in (spoke, left):
        assert act is not None
        with pytest.raises(Conflict) as over:
            undo.undo(hall.colleague, hall.sitting, act.id, now=hall.at(3, seconds=6))
        assert over.value.code == "moved_on" and rows(hall) == before
