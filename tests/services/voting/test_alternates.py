"""One seat, several who may answer for it: the delegate or the substitute of an organisation of the Forum."""

from __future__ import annotations

import pytest

from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.voting import cast, close, export, mine, open_poll, prepare, results
from portal.voting.may_vote import may_vote
from portal.voting.prepare import Question
from portal.voting.rules import Choice, Matter
from portal.voting.verifier import Check
from tests.factories import NOW
from tests.forum import Forum
from tests.votes import key


def test_delegate_and_substitute_have_one_vote_and_the_last_answer_counts() -> None:
    forum = Forum(2, alone=(1,))
    number = prepare.prepare(forum.clerk, Question("Parere del Forum?", Matter.FORUM_OPINION), now=NOW)
    open_poll.open_poll(forum.clerk, number, now=NOW)
    delegate, substitute = forum.delegates[0], forum.substitutes[0]
    assert mine.asked_of(substitute)[0].mandate_id == (substitute.acting and substitute.acting.mandate_id)
    first = cast.cast(delegate, number, Choice.YES, key=key(), now=NOW)
    assert may_vote(substitute, number, NOW).code == "may_change"
    second = cast.cast(substitute, number, Choice.NO, key=key(), now=NOW)
    assert (first.seat, second.seat, second.version) == (1, 1, 2)
    own = mine.own_seat(delegate, number)
    assert own is not None and own.choice is Choice.NO
    close.close(forum.clerk, number, now=NOW)
    assert {seat: answer.choice for seat, answer in results.answers(number).items()} == {1: Choice.NO}

    document = export.document(Actor.anonymous(), number)
    assert Check(document).run().faults == []
    del document["roll"][0]["alternates"]
    assert "not_holder" in {code for code, _ in Check(document).run().faults}


def test_who_may_answer_besides_conducts_nothing() -> None:
    forum = Forum(2)
    number = prepare.prepare(forum.clerk, Question("Parere del Forum?", Matter.FORUM_OPINION), now=NOW)
    both = Actor(person_id=forum.substitutes[0].person_id, is_system=False, acting=forum.clerk.acting)
    with pytest.raises(Conflict) as refused:
        open_poll.open_poll(both, number, now=NOW)
    assert refused.value.code == "own_seat"
