"""The Forum votes in a plenary: the first call is deserted, the second holds its lower number; one vote at a time."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from portal.conferences import convene, locked
from portal.conferences.hall import session
from portal.conferences.models import SittingSeat
from portal.conferences.rules import ItemKind, Organ
from portal.conferences.table import polls
from portal.db import db
from portal.kernel.errors import Conflict
from portal.opinions.adoption import carry_over, places, put_to_vote, subjects
from portal.opinions.adoption.put_to_vote import Asked, Plenary
from portal.opinions.adoption.rules import Result
from portal.opinions.amending.rules import AmendmentState
from portal.opinions.requests.rules import Step
from portal.voting.rules import Choice
from tests.adoption import DAY, NO, YES, Vote
from tests.factories import NOW
from tests.hall import HOUR, Hall
from tests.sittings import Chamber

pytestmark = pytest.mark.usefixtures("app")
SECOND = HOUR + DAY


class Assembly(Hall):
    """A plenary of the organisations, with two calls; everybody is accredited."""

    def __init__(self, vote: Vote) -> None:
        self.vote, self.chamber = vote, Chamber(1, organ=Organ.FORUM)
        self.secretariat, self.colleague = self.chamber.secretary, self.chamber.colleague
        self.sitting = self.chamber.planned(HOUR, SECOND)
        self.chamber.item(self.sitting, kind=ItemKind.OPINION, title="Parere del Forum", minutes=20)
        convene.convene(self.secretariat, self.sitting, "", now=NOW)
        rows = db.session.scalars(sa.select(SittingSeat).where(SittingSeat.sitting_id == self.sitting))
        self.seats = {row.number: row.id for row in rows}
        by_body = {who.acting.body_id: who for who in vote.forum.delegates if who.acting}
        self.people = {row.number: by_body[row.body_id] for row in locked.seats(self.sitting) if row.body_id in by_body}
        for number in self.people:
            self.accredit(number)

    def second_call(self, *present: int) -> None:
        """Nobody is there at the first one; these are at the second."""
        self.call_roll(now=HOUR)
        session.desert(self.secretariat, self.sitting, now=HOUR)
        self.call_roll(*present, call=2, now=SECOND)
        session.open_sitting(
            self.secretariat, self.sitting, "La Presidente del Forum", "Il Segretario del Forum", now=SECOND
        )

    def put(self) -> int:
        """What is next, under the item of the opinion."""
        item = next(one for one in places.items(Organ.FORUM) if one.title == "Parere del Forum")
        left = subjects.left(self.vote.request)
        asked = [Asked(left[0] if left else None, "Si approva?")]
        where = Plenary(item.sitting_id, item.item_id)
        return put_to_vote.put_to_vote(self.secretariat, self.vote.request, asked, where, now=SECOND)[0]

    def decide(self, poll: int, answers: dict[int, Choice]) -> None:
        """As the cockpit does, from the opening to the proclamation."""
        polls.open_it(self.secretariat, poll, now=SECOND)
        self.vote.say(poll, answers, SECOND)
        polls.close_it(self.secretariat, poll, now=SECOND)
        polls.proclaim_it(self.secretariat, poll, now=SECOND)
        carry_over.carry_over(self.vote.system, self.vote.request, now=SECOND)


def test_a_quarter_is_enough_in_the_second_call_of_a_plenary() -> None:
    vote = Vote(8)
    hall = Assembly(vote)
    hall.second_call(1, 2)
    poll = hall.put()
    hall.decide(poll, {0: YES, 1: YES})
    row = vote.row(poll)
    assert (row.call, row.result, row.sitting_id) == (2, Result.PASSED, hall.sitting)
    assert Step.ADOPTED in vote.reached()


def test_amendments_are_voted_one_after_the_other_and_what_lapsed_is_not_voted() -> None:
    vote = Vote(8, amendments=2)
    hall = Assembly(vote)
    hall.second_call(1, 2, 3)
    first = hall.put()
    with pytest.raises(Conflict, match="not over"):
        hall.put()
    hall.decide(first, {0: YES, 1: YES, 2: NO})
    assert vote.amendment(2).state is AmendmentState.LAPSED
    final = hall.put()
    assert vote.row(final).is_final


def test_who_is_not_in_the_hall_does_not_answer() -> None:
    vote = Vote(8)
    hall = Assembly(vote)
    hall.second_call(1, 2)
    poll = hall.put()
    polls.open_it(hall.secretariat, poll, now=SECOND)
    with pytest.raises(Conflict):
        vote.say(poll, {5: YES}, SECOND)


def test_without_its_number_in_the_first_call_it_waits_for_the_second() -> None:
    vote = Vote(8)
    vote.taken({0: YES}, NOW)  # over some days, and too few answered
    hall = Assembly(vote)
    hall.open(1, 2, 3, 4, now=HOUR)
    with pytest.raises(Conflict, match="second call"):
        hall.put()


def test_nothing_is_put_to_the_vote_of_a_sitting_that_is_not_open() -> None:
    vote = Vote(4)
    hall = Assembly(vote)
    assert places.items(Organ.FORUM) == []
    item = next(one for one in hall.items if one.title == "Parere del Forum")
    with pytest.raises(Conflict, match="while the sitting is open"):
        put_to_vote.put_to_vote(
            hall.secretariat, vote.request, [Asked(None, "Si approva?")], Plenary(hall.sitting, item.id), now=NOW
        )
