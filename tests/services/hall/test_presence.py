"""Presence as intervals: how people come in and go out, hand over, lose their mandate, and at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.queries import actor_of_person
from portal.conferences import grant
from portal.conferences.accreditation_rules import Identification
from portal.conferences.accreditation_rules import Presence as Means
from portal.conferences.hall import attend, board, roll_call, standing
from portal.conferences.hall.models import Presence, PresenceClaim
from portal.conferences.hall.rules import ClaimState, Source, Way
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, DomainError, Forbidden, Invalid
from tests.conftest import Clock
from tests.hall import Hall
from tests.races import at_once


def intervals(hall: Hall, number: int) -> list[tuple[Way, Source, Source | None]]:
    db.session.rollback()
    rows = db.session.scalars(
        sa.select(Presence).where(Presence.seat_id == hall.seats[number]).order_by(Presence.id)
    )  # fmt: skip
    return [(row.way, row.came_by, row.left_by) for row in rows]


def seen(hall: Hall, minutes: float) -> board.PresenceBoard:
    return board.presence_board(hall.auditor, hall.sitting, hall.at(minutes))


def test_a_badge_at_the_scanner_lets_in_and_out(clock: Clock) -> None:
    hall = Hall()
    code = hall.accreditation(1).badge_code or ""
    address = f"https://parere.example/segreteria/tessere/{code}"
    assert attend.scan(hall.secretariat, hall.sitting, address, now=hall.at(-50)).changed
    assert not attend.scan(hall.colleague, hall.sitting, code.lower(), now=hall.at(-49)).changed
    spaced = f"{code[:4]} {code[4:8]}-{code[8:]}"
    attend.scan(hall.secretariat, hall.sitting, spaced, leaving=True, now=hall.at(-40))
    assert intervals(hall, 1) == [(Way.ROOM, Source.BADGE, Source.BADGE)]
    for unknown in ("ABCDEFGHJKLM", "12", "https://altrove.example/"):
        with pytest.raises(Invalid):
            attend.scan(hall.secretariat, hall.sitting, unknown, now=hall.at(-39))


def test_a_badge_of_whoever_handed_the_seat_over_is_worth_nothing(clock: Clock) -> None:
    hall = Hall()
    code = hall.accreditation(1).badge_code or ""
    hall.accredit(1, hall.chamber.deputies[0])
    with pytest.raises(Invalid):
        attend.scan(hall.secretariat, hall.sitting, code, now=hall.at(-10))


def test_nobody_comes_in_before_the_doors_open_or_from_where_the_notice_does_not_say(clock: Clock) -> None:
    hall = Hall()
    with pytest.raises(Conflict):
        hall.enter(1, now=hall.at(-61))
    hall.open(1)
    hall.close()
    with pytest.raises(Conflict):
        hall.enter(2, now=hall.at(91))


def test_ones_own_word_waits_for_the_desk(clock: Clock) -> None:
    hall = Hall()
    mayor = hall.people[2]
    claim = attend.claim(mayor, hall.sitting, now=hall.at(-5))
    assert claim and attend.claim(mayor, hall.sitting, now=hall.at(-5)) == claim
    with pytest.raises(Forbidden):
        standing.present(mayor, hall.sitting)
    attend.settle_claim(hall.moderator, hall.sitting, claim, confirmed=True, now=hall.at(-4))
    with pytest.raises(Conflict):  # the other colleague pressed as well
        attend.settle_claim(hall.secretariat, hall.sitting, claim, confirmed=False, now=hall.at(-4))
    assert standing.present(mayor, hall.sitting).mode is Way.ROOM
    attend.claim(hall.people[3], hall.sitting, now=hall.at(-4))
    hall.call_roll(3, now=hall.at(-3))  # whoever answers waits no more
    assert seen(hall, -2).claims == ()
    assert intervals(hall, 2)[0][:2] == (Way.ROOM, Source.OWN)


def test_somebody_far_signs_in_comes_into_the_hall_and_leaves(clock: Clock) -> None:
    hall = Hall()
    president = hall.people[5]
    attend.join_remote(president, hall.sitting, now=hall.at(-5))
    assert not attend.join_remote(president, hall.sitting, now=hall.at(-4)).changed
    hall.enter(5, now=hall.at(10))
    attend.leave_myself(president, hall.sitting, now=hall.at(20))
    assert intervals(hall, 5) == [
        (Way.REMOTE, Source.REMOTE, Source.DESK),
        (Way.ROOM, Source.DESK, Source.OWN),
    ]
    with pytest.raises(Forbidden):
        attend.join_remote(hall.chamber.deputies[0], hall.sitting, now=hall.at(21))


def test_a_mandate_that_ends_counts_no_more_from_that_instant(clock: Clock) -> None:
    hall = Hall()
    hall.need(2, 5)
    hall.open(1, 2)
    hall.end_mandate(1, hall.at(30))
    assert seen(hall, 29).numbers.valid and not seen(hall, 30).numbers.valid
    gone = actor_of_person(hall.people[1].person_id or 0, acting=None, now=hall.at(31))
    assert gone is None or standing.find(gone, hall.sitting) is None
    hall.enter(3, now=hall.at(40))  # the next act at the desk writes it down
    row = db.session.scalars(sa.select(Presence).where(Presence.left_by == Source.MANDATE)).one()
    assert row.until_at == hall.at(30)
    with pytest.raises(Conflict):
        hall.enter(1, now=hall.at(41))


def test_a_seat_is_handed_over_while_its_person_is_there(clock: Clock) -> None:
    hall = Hall()
    hall.need(2, 5)
    hall.open(1, 2)
    hall.accredit(1, hall.chamber.deputies[0], now=hall.at(15))
    assert intervals(hall, 1) == [
        (Way.ROOM, Source.ROLL_CALL, Source.HAND_OVER),
        (Way.ROOM, Source.HAND_OVER, None),
    ]
    assert standing.present(hall.chamber.deputies[0], hall.sitting).seat_number == 1
    with pytest.raises(Forbidden) as refused:
        standing.standing(hall.people[1], hall.sitting)
    assert refused.value.code == "handed_over"
    assert "QuorumLost" not in hall.told()


def test_who_is_taken_back_is_there_no_more(clock: Clock) -> None:
    hall = Hall()
    hall.open(1, 2)
    grant.end(hall.secretariat, hall.sitting, hall.accreditation(2).id, "Chiesto dal Comune.", now=hall.at(5))
    assert seen(hall, 6).numbers.entitled.present == 1


def test_mayor_and_deputy_who_claim_one_seat_at_once_leave_one_of_them_there(app: Flask, clock: Clock) -> None:
    hall = Hall()
    clock.set(hall.at(-5))

    def by_exception(who: Actor, staff: Actor) -> None:
        assert who.acting is not None
        shown = Identification.IDENTITY_DOCUMENT
        wanted = grant.Late(1, who.acting.mandate_id, Means.ROOM, shown, "Delega", "Arrivati insieme.")
        grant.admit(staff, hall.sitting, wanted, now=hall.at(-5))

    mayor, deputy = hall.people[1], hall.chamber.deputies[0]
    seat = hall.seats[1]
    db.session.rollback()
    acts: list[Callable[[], Any]] = [
        partial(by_exception, deputy, hall.secretariat),
        partial(attend.join_remote, mayor, hall.sitting, now=hall.at(-5)),
        partial(attend.enter, hall.colleague, hall.sitting, seat, Way.ROOM, now=hall.at(-5)),
        partial(attend.join_remote, deputy, hall.sitting, now=hall.at(-5)),
    ]
    at_once(app, acts)
    there = db.session.scalars(sa.select(Presence).where(Presence.until_at.is_(None))).all()
    assert [row.seat_id for row in there] == [seat]
    assert there[0].accreditation_id == hall.accreditation(1).id


def test_four_clicks_on_one_answer_are_one_answer(app: Flask, clock: Clock) -> None:
    hall = Hall()
    roll = roll_call.begin(hall.secretariat, hall.sitting, 1, now=hall.at(-5))
    claim = attend.claim(hall.people[2], hall.sitting, now=hall.at(-5)) or 0
    db.session.rollback()
    answer = partial(roll_call.answer, hall.secretariat, hall.sitting, roll, hall.seats[1], True, now=hall.at(-4))
    settle = partial(attend.settle_claim, hall.moderator, hall.sitting, claim, confirmed=True, now=hall.at(-4))
    acts: list[Callable[[], Any]] = [answer, answer, answer, answer, settle, settle]
    found = at_once(app, acts)
    assert sum(isinstance(one, DomainError) for one in found) == 1  # the second confirmation
    assert hall.told().count("SeatEntered") == 2
    assert db.session.query(PresenceClaim).one().state is ClaimState.CONFIRMED
