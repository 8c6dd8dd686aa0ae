"""The Forum votes without a sitting: who is on the roll, until when, what comes of it, in which order."""

from __future__ import annotations

from datetime import date

import pytest

from portal.kernel.errors import Conflict, Forbidden
from portal.kernel.offices import Office
from portal.opinions.adoption import carry_over, conduct, opening, put_to_vote, queries
from portal.opinions.adoption.put_to_vote import Asked, OverDays
from portal.opinions.adoption.rules import Result
from portal.opinions.amending.rules import AmendmentState
from portal.opinions.requests.rules import Step
from portal.voting.rules import PollState
from tests import factories
from tests.adoption import ABSTAIN, DAY, HOUR, MILLISECOND, NO, YES, Vote, everybody
from tests.annulling import agreed
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("app")


def test_the_text_is_adopted_and_dissent_has_a_day() -> None:
    vote = Vote(6)
    row = vote.taken({0: YES, 1: YES, 2: NO})
    assert (row.result, row.seats, row.answered) == (Result.PASSED, 6, 3)
    assert row.dissent_until == NOW + HOUR + DAY
    assert {Step.FINAL_TEXT_FROZEN, Step.VOTED, Step.ADOPTED} <= vote.reached()


def test_a_tie_is_not_adopted() -> None:
    vote = Vote(4)
    assert vote.taken({0: YES, 1: NO, 2: ABSTAIN}).result is Result.NOT_PASSED
    assert Step.NOT_ADOPTED in vote.reached()
    with pytest.raises(Conflict, match="decided"):
        vote.put(final=True, opens=NOW + DAY, now=NOW + DAY)


def test_without_its_number_it_is_taken_again_and_a_quarter_is_enough_then() -> None:
    vote = Vote(8)
    first = vote.taken(everybody(3))
    assert (first.result, first.call) == (Result.NO_QUORUM, 1)
    assert Step.NO_QUORUM in vote.reached()
    second = vote.taken(everybody(2), NOW + DAY)
    assert (second.result, second.call) == (Result.PASSED, 2)
    assert second.text_sha256 == first.text_sha256
    assert Step.NO_QUORUM not in vote.reached()


def test_without_its_number_in_the_second_call_too_it_is_over() -> None:
    vote = Vote(9)
    vote.taken(everybody(4))
    assert vote.taken(everybody(2), NOW + DAY).result is Result.NO_QUORUM  # 2.25 of 9 are needed: three
    assert Step.NO_QUORUM in vote.reached()
    with pytest.raises(Conflict, match="decided"):
        vote.put(final=True, opens=NOW + 2 * DAY, now=NOW + 2 * DAY)


def test_a_vote_a_millisecond_after_the_end_is_refused_though_nobody_has_closed_it() -> None:
    vote = Vote()
    poll = vote.put()[0]
    end = NOW + 5 * DAY
    vote.say(poll, {0: YES}, end - MILLISECOND)
    for late in (end, end + MILLISECOND):
        with pytest.raises(Conflict, match="time to answer is over"):
            vote.say(poll, {1: YES}, late)
    assert vote.row(poll).answered == 1


def test_the_substitute_takes_over_and_one_vote_counts() -> None:
    vote = Vote()
    poll = vote.put()[0]
    vote.say(poll, {0: YES})
    vote.cast(vote.forum.substitutes[0], {poll: NO}, NOW + HOUR)
    vote.say(poll, {1: YES, 2: YES}, NOW + HOUR)
    vote.close(NOW + 2 * HOUR)
    assert [seat.choice for seat in queries.seats(poll, told=True)[:3]] == [NO, YES, YES]
    assert vote.row(poll).answered == 3


def test_two_delegates_of_one_organisation_have_one_vote() -> None:
    vote = Vote()
    second = factories.holder(Office.FORUM_DELEGATE, vote.forum.bodies[0])
    poll = vote.put()[0]
    vote.say(poll, {0: YES})
    vote.cast(second, {poll: NO}, NOW + HOUR)
    vote.close(NOW + 2 * HOUR)
    assert queries.seats(poll, told=True)[0].choice is NO
    assert (vote.row(poll).seats, vote.row(poll).answered) == (5, 1)


def test_an_organisation_admitted_after_the_first_vote_is_on_no_roll_of_this_text() -> None:
    vote = Vote(4, amendments=1)
    first = vote.put()[0]
    late = vote.forum.add(admitted_on=date(2027, 1, 1))
    with pytest.raises(Forbidden, match="after the roll"):
        vote.say(first, {late: YES})
    vote.say(first, everybody(2, NO))
    vote.close()
    final = vote.put(final=True, opens=NOW + DAY, now=NOW + DAY)[0]
    assert vote.row(final).seats == 4
    with pytest.raises(Forbidden, match="after the roll"):
        vote.say(final, {late: YES}, NOW + DAY)


def test_one_suspended_meanwhile_stays_in_the_base_and_nobody_answers_for_it() -> None:
    vote = Vote(4)
    poll = vote.put()[0]
    vote.forum.suspend(0)
    with pytest.raises(Forbidden, match="suspended"):
        vote.say(poll, {0: YES})
    with pytest.raises(Forbidden, match="suspended"):
        vote.record(poll, 1, YES)
    vote.say(poll, {1: YES})
    vote.close()
    assert (vote.row(poll).seats, vote.row(poll).result) == (4, Result.NO_QUORUM)


def test_amendments_come_before_the_text_and_in_their_order() -> None:
    vote = Vote(amendments=2)
    with pytest.raises(Conflict, match="before the final text"):
        vote.put(final=True)
    first, second = vote.put()
    with pytest.raises(Conflict, match="not over"):
        vote.put()
    vote.say(first, everybody(3))
    vote.say(second, everybody(3))
    assert vote.close() == 2
    assert vote.amendment(1).state is AmendmentState.PASSED
    assert vote.amendment(2).state is AmendmentState.LAPSED  # what it adds to is gone
    assert vote.row(second).result is Result.PASSED  # which is what was voted


def test_several_amendments_are_answered_in_one_go_with_a_receipt_each() -> None:
    vote = Vote(amendments=3)
    polls = vote.put()
    answers = dict(zip(polls, (NO, YES, ABSTAIN), strict=True))
    receipts = vote.cast(vote.forum.delegates[0], answers, key="one-page")
    assert [one.choice for one in receipts] == [NO, YES, ABSTAIN]
    assert len({one.code for one in receipts}) == 3
    again = vote.cast(vote.forum.delegates[0], answers, key="one-page")
    assert [one.code for one in again] == [one.code for one in receipts]
    assert [vote.row(poll).answered for poll in polls] == [1, 1, 1]


def test_what_the_cockpit_proclaims_is_carried_over_in_order_by_whoever_hears_of_it() -> None:
    vote = Vote(amendments=2)
    first, second = vote.put()
    for poll in (first, second):
        vote.say(poll, everybody(3, NO))
    conduct.close_all(vote.secretary, vote.request, now=NOW + HOUR)
    vote.proclaim(second, NOW + HOUR)
    assert carry_over.carry_over(vote.system, vote.request, now=NOW + HOUR) == 0
    vote.proclaim(first, NOW + HOUR)
    assert carry_over.carry_over(vote.system, vote.request, now=NOW + HOUR) == 2
    assert carry_over.carry_over(vote.system, vote.request, now=NOW + HOUR) == 0
    assert vote.amendment(2).state is AmendmentState.REJECTED


def test_an_annulled_vote_is_taken_back_and_taken_again_for_its_reason() -> None:
    vote = Vote(4)
    first = vote.taken(everybody(3))
    reason = "La convocazione non era arrivata a un'organizzazione."
    assert not conduct.annul(vote.secretary, vote.request, first.poll_id, reason, now=NOW + 2 * HOUR)
    assert vote.reached() >= {Step.VOTED, Step.ADOPTED}
    agreed(vote.general, first.poll_id, now=NOW + 2 * HOUR)
    assert carry_over.take_back(vote.system, first.poll_id, now=NOW + 2 * HOUR)
    assert not vote.reached() & {Step.VOTED, Step.ADOPTED}
    again = vote.taken(everybody(3), NOW + DAY)
    assert (again.call, again.result) == (1, Result.PASSED)
    assert vote.row(first.poll_id).annul_reason == reason


def test_a_vote_announced_for_later_opens_by_itself_and_nobody_answers_before() -> None:
    vote = Vote()
    poll = vote.put(opens=NOW + DAY)[0]
    with pytest.raises(Conflict, match="not begun"):
        vote.say(poll, {0: YES}, NOW + HOUR)
    assert opening.open_due(NOW + DAY - MILLISECOND) == 0
    assert opening.open_due(NOW + DAY) == 1
    assert vote.row(poll).state is PollState.OPEN
    assert [one.poll_ids for one in queries.open_rounds(NOW + DAY)] == [(poll,)]
    vote.say(poll, {0: YES}, NOW + DAY)
    missing = queries.voters((poll,), missing_only=True)
    assert vote.forum.delegates[0].person_id not in missing
    assert {vote.forum.delegates[1].person_id, vote.forum.substitutes[1].person_id} <= set(missing)


def test_only_the_secretariat_of_the_forum_puts_a_text_to_the_vote() -> None:
    vote = Vote()
    asked = [Asked(None, "Si approva il testo?")]
    with pytest.raises(Forbidden):
        put_to_vote.put_to_vote(vote.forum.delegates[0], vote.request, asked, OverDays(NOW, NOW + DAY), now=NOW)
