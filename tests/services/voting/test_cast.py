"""Casting: the last answer of a seat counts, a resend doubles nothing, nobody learns anything before the closing."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from portal.kernel.offices import Office
from portal.voting import cast, close, mine, queries, receipts, record_answer, results
from portal.voting.models import Ballot
from portal.voting.rules import Channel, Choice
from tests import factories
from tests.factories import NOW
from tests.votes import Hall, key

PUBLIC = Actor.anonymous()


def ballots() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Ballot)) or 0


def test_an_answer_is_acknowledged_with_a_code_and_an_instant() -> None:
    hall = Hall()
    number = hall.open()
    receipt = cast.cast(hall.mayors[1], number, Choice.YES, key=key(), now=NOW)
    assert (receipt.seat, receipt.choice, receipt.version, receipt.cast_at) == (1, Choice.YES, 1, NOW)
    assert receipts.receipt(receipt.code.lower().replace("-", " ")).sha256 == receipt.sha256
    assert receipts.receipt(receipt.sha256).code == receipt.code


def test_three_sends_of_one_answer_are_one_ballot_with_one_receipt() -> None:
    hall = Hall()
    number, sent = hall.open(), key()
    first, *again = [cast.cast(hall.mayors[1], number, Choice.YES, key=sent, now=NOW) for _ in range(3)]
    assert {r.code for r in again} == {first.code}
    assert [r.again for r in (first, *again)] == [False, True, True]
    assert ballots() == 1


def test_a_resend_after_the_closing_returns_the_receipt_and_a_new_answer_is_refused() -> None:
    hall = Hall()
    number, sent = hall.open(), key()
    receipt = cast.cast(hall.mayors[1], number, Choice.YES, key=sent, now=NOW)
    close.close(hall.clerk, number, now=NOW)
    assert cast.cast(hall.mayors[1], number, Choice.YES, key=sent, now=NOW).code == receipt.code
    with pytest.raises(Conflict, match="Not recorded: the poll is closed"):
        cast.cast(hall.mayors[2], number, Choice.YES, key=key(), now=NOW)


def test_one_key_never_carries_two_answers() -> None:
    hall = Hall()
    number, sent = hall.open(), key()
    cast.cast(hall.mayors[1], number, Choice.YES, key=sent, now=NOW)
    with pytest.raises(Conflict):
        cast.cast(hall.mayors[1], number, Choice.NO, key=sent, now=NOW)
    with pytest.raises(Conflict):
        cast.cast(hall.mayors[2], number, Choice.YES, key=sent, now=NOW)
    assert ballots() == 1


def test_a_changed_answer_is_another_version_and_the_last_counts() -> None:
    hall = Hall()
    number = hall.closed({1: Choice.NO})
    running = hall.open()
    for choice in (Choice.YES, Choice.NO, Choice.ABSTAIN):
        cast.cast(hall.mayors[1], running, choice, key=key(), now=NOW)
    close.close(hall.clerk, running, now=NOW)
    assert [(b.version, b.choice) for b in results.ballots(running)] == [
        (1, Choice.YES),
        (2, Choice.NO),
        (3, Choice.ABSTAIN),
    ]
    assert results.answers(running)[1].choice is Choice.ABSTAIN
    assert results.answers(number)[1].choice is Choice.NO


def test_where_the_rule_set_forbids_changes_the_first_answer_stays() -> None:
    hall = Hall()
    hall.forbid_changes()
    number = hall.open()
    cast.cast(hall.mayors[1], number, Choice.YES, key=key(), now=NOW)
    with pytest.raises(Conflict, match="cannot be changed"):
        cast.cast(hall.mayors[1], number, Choice.NO, key=key(), now=NOW)
    with pytest.raises(Conflict, match="cannot be changed"):
        record_answer.record_answer(hall.clerk, number, 1, Choice.NO, key=key(), now=NOW)
    assert ballots() == 1


def test_a_poll_that_is_not_open_records_nothing() -> None:
    hall = Hall()
    number = hall.prepared()
    with pytest.raises(NotFound):
        cast.cast(hall.mayors[1], number, Choice.YES, key=key(), now=NOW)
    with pytest.raises(Conflict):
        record_answer.record_answer(hall.clerk, number, 1, Choice.YES, key=key(), now=NOW)
    assert ballots() == 0


@pytest.mark.parametrize("office", [Office.OFFICER, Office.DEPUTY_MAYOR])
def test_others_of_the_same_body_hold_no_seat(office: Office) -> None:
    hall = Hall()
    number = hall.open()
    with pytest.raises((Forbidden, NotFound)):
        cast.cast(factories.holder(office, hall.bodies[0]), number, Choice.YES, key=key(), now=NOW)
    assert ballots() == 0


def test_the_desk_does_not_vote() -> None:
    hall = Hall()
    number = hall.open()
    for who in (hall.clerk, hall.general, PUBLIC):
        with pytest.raises(Forbidden):
            cast.cast(who, number, Choice.YES, key=key(), now=NOW)


def test_only_the_clerk_withdraws_an_entry_and_the_seat_is_absent_again() -> None:
    hall = Hall()
    number = hall.open()
    with pytest.raises(Invalid):
        cast.cast(hall.mayors[1], number, Choice.WITHDRAWN, key=key(), now=NOW)
    record_answer.record_answer(hall.clerk, number, 1, Choice.YES, key=key(), now=NOW)
    assert queries.answered(number) == {1}
    record_answer.record_answer(hall.clerk, number, 1, Choice.WITHDRAWN, key=key(), now=NOW)
    assert queries.answered(number) == frozenset()
    outcome = close.close(hall.clerk, number, now=NOW).outcome
    assert outcome.tally[Choice.YES].seats == 0
    assert results.answers(number) == {}


def test_roll_call_and_personal_forms_are_one_poll_and_each_ballot_keeps_its_channel() -> None:
    hall = Hall()
    number = hall.open()
    cast.cast(hall.mayors[1], number, Choice.YES, key=key(), now=NOW)
    record_answer.record_answer(hall.clerk, number, 2, Choice.YES, key=key(), now=NOW)
    record_answer.record_answer(Actor.system(), number, 3, Choice.NO, key=key(), now=NOW)
    assert close.close(hall.clerk, number, now=NOW).outcome.met
    found = results.answers(number)
    assert [found[n].channel for n in (1, 2, 3)] == [Channel.FORM, Channel.CLERK, Channel.COMMAND_LINE]
    assert hall.clerk.acting is not None
    assert found[2].mandate_id == hall.clerk.acting.mandate_id


def test_the_clerk_records_nothing_for_a_vacant_seat() -> None:
    hall = Hall(vacant=[2])
    number = hall.open()
    with pytest.raises(Conflict):
        record_answer.record_answer(hall.clerk, number, 2, Choice.YES, key=key(), now=NOW)


def test_an_answer_of_a_fast_clock_or_a_slow_one_lies_within_the_poll() -> None:
    hall = Hall()
    number = hall.open()
    early = cast.cast(hall.mayors[1], number, Choice.YES, key=key(), now=NOW - timedelta(seconds=5))
    late = cast.cast(hall.mayors[2], number, Choice.YES, key=key(), now=NOW + timedelta(seconds=5))
    close.close(hall.clerk, number, now=NOW)
    page = queries.poll(PUBLIC, number)
    assert page.opened_at == early.cast_at
    assert page.closed_at == late.cast_at


def test_turnout_says_who_is_missing_to_the_desk_and_how_many_to_everybody() -> None:
    hall = Hall((50, 30, 10, 6, 4), vacant=[5])
    number = hall.open()
    cast.cast(hall.mayors[2], number, Choice.NO, key=key(), now=NOW)
    turnout = queries.turnout(queries.poll(PUBLIC, number))
    assert (turnout.answered, turnout.seats, turnout.vacant) == (1, 5, 1)
    assert (turnout.population_answered, turnout.population_base) == (30, 100)
    assert [s.number for s in queries.not_answered(hall.clerk, number)] == [1, 3, 4]
    with pytest.raises(Forbidden):
        queries.not_answered(hall.mayors[1], number)


def test_what_is_within_reach_does_not_depend_on_what_was_answered() -> None:
    hall = Hall((50, 30, 10, 6, 4))
    yes, no = hall.open(), hall.open()
    hall.say(yes, {1: Choice.YES, 2: Choice.YES})
    hall.say(no, {1: Choice.NO, 2: Choice.ABSTAIN})
    seen = [queries.turnout(queries.poll(PUBLIC, n)) for n in (yes, no)]
    assert seen[0] == seen[1]
    assert seen[0].enough_answered
    assert not queries.turnout(queries.poll(PUBLIC, hall.open())).enough_answered


def test_a_poll_whose_thresholds_nobody_can_reach_says_so() -> None:
    hall = Hall((90, 5, 5), vacant=[1])
    turnout = queries.turnout(queries.poll(PUBLIC, hall.open()))
    assert not turnout.enough_possible
    assert [r.met for r in turnout.possible.results] == [True, False]


def test_a_voter_reads_back_the_own_answer_and_no_other() -> None:
    hall = Hall()
    number = hall.open()
    cast.cast(hall.mayors[1], number, Choice.YES, key=key(), now=NOW)
    own, other = mine.own_seat(hall.mayors[1], number), mine.own_seat(hall.mayors[2], number)
    assert own is not None and own.choice is Choice.YES
    assert other is not None and other.choice is None
    assert mine.own_seat(hall.clerk, number) is None
    assert [row.answered for row in mine.asked_of(hall.mayors[1])] == [True]
    assert [row.answered for row in mine.asked_of(hall.mayors[2])] == [False]


def test_before_the_closing_no_reading_tells_a_choice_or_a_sum_to_anybody() -> None:
    hall = Hall()
    number = hall.open()
    receipt = cast.cast(hall.mayors[1], number, Choice.YES, key=key(), now=NOW)
    admin = factories.holder(Office.ADMINISTRATOR)
    for who in (PUBLIC, admin, hall.clerk, hall.general, Actor.system()):
        page = queries.poll(who, number)
        assert page.outcome is None and page.root_hash is None
    assert receipts.receipt(receipt.code).choice is None
    for reading in (results.ballots, results.answers):
        with pytest.raises(Conflict):
            reading(number)


@pytest.mark.parametrize("bad", ["", "short", "x" * 65, "chiave-à-à-à", "new\nline\nhere"])
def test_a_key_that_is_none_is_refused(bad: str) -> None:
    hall = Hall()
    number = hall.open()
    with pytest.raises(Invalid):
        cast.cast(hall.mayors[1], number, Choice.YES, key=bad, now=NOW)
    assert ballots() == 0
