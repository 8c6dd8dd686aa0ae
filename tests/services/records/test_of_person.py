"""The copy of one's own data has what one said for an organisation, and nothing of what others said."""

from __future__ import annotations

import json

import pytest

from portal.opinions.deliberation import weigh
from portal.opinions.deliberation.rules import Weight
from portal.records import of_person
from portal.voting import record_answer
from portal.voting.rules import Choice
from tests.discussion import Discussion
from tests.factories import NOW
from tests.forum_texts import Drafting
from tests.votes import Hall, key

pytestmark = pytest.mark.usefixtures("app", "database")


def test_votes_are_those_one_gave_and_not_those_a_clerk_recorded() -> None:
    hall = Hall()
    number = hall.open()
    hall.say(number, {1: Choice.YES})
    record_answer.record_answer(hall.clerk, number, 2, Choice.NO, key=key(), now=NOW)
    [own] = of_person.votes(hall.mayors[1])
    assert (own["poll"], own["seat"], own["choice"]) == (number, "Comune 001", Choice.YES)
    assert of_person.votes(hall.clerk) == of_person.votes(hall.mayors[2]) == []


def test_weighings_are_those_of_the_person() -> None:
    room = Discussion()
    number, delegates = room.stated("Più treni"), room.forum.delegates
    for actor, weight in ((delegates[0], Weight.AGREE), (delegates[1], Weight.DISAGREE)):
        weigh.weigh(actor, room.number, number, weight, now=NOW)
    [own] = of_person.in_the_forum(delegates[1])["weighings"]
    assert (own["opinion"], own["statement"], own["weight"]) == (room.number, number, "disagree")


def test_words_and_amendments_are_those_of_the_person_and_can_be_written_as_json() -> None:
    drafting = Drafting()
    drafting.open()
    drafting.propose(drafting.first.text.replace("continuo", "protetto"))
    own = of_person.in_the_forum(drafting.rapporteur)
    assert {one["opinion"] for one in own["wordings"]} == {drafting.number} and own["amendments"] == []
    [other] = of_person.in_the_forum(drafting.delegates[1])["amendments"]
    assert "protetto" in json.loads(json.dumps(other))["text"]
