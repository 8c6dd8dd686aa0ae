"""Duplicates: found by themselves if the words are the same, judged by a person if they are alike, never merged."""

from __future__ import annotations

from typing import Any

import pytest

from portal.comments.models import Comment
from portal.comments.rules import CommentKind, CommentState
from portal.db import db
from portal.drafting import approve, compare, give_back, judge, propose, publish, twins
from portal.drafting.counting import counts
from portal.drafting.inbox import Filters
from portal.drafting.models import Answer, AnswerServed, CommentGram, CommentPrint, DuplicateMember, SimilarPair
from portal.drafting.propose import Wording
from portal.drafting.rules import AnswerState, Found, Outcome
from portal.journal.models import Entry
from portal.kernel.errors import Conflict, Forbidden, NotFound
from portal.kernel.offices import BodyKind, Office
from portal.territory.models import Membership
from tests import factories
from tests.factories import NOW
from tests.remarks import REASONS, Round

LETTER = (
    "Chiediamo che il servizio funzioni fino alle ventiquattro nelle sere di venerdì e sabato, per chi finisce tardi."
)
ALIKE = LETTER + " Da noi l'ultima corsa parte alle diciannove."
TOGETHER = Wording(Outcome.ACCEPTED, REASONS, 0)


@pytest.fixture
def round_(database: None) -> Round:
    return Round()


def letter(round_: Round, text: str = LETTER, **more: Any) -> Comment:
    """A remark of a Comune of its own."""
    signer = factories.holder(Office.MAYOR, factories.body())
    return round_.admitted(observation=text, reasons="", signer=signer, **more)


def members() -> dict[int, Found]:
    return dict(db.session.query(DuplicateMember.comment_id, DuplicateMember.how).all())


def answers() -> dict[int, tuple[AnswerState, str]]:
    db.session.rollback()
    return {a.comment_id: (a.state, a.text) for a in db.session.query(Answer)}


def test_the_same_words_on_the_same_place_stand_together_by_themselves(round_: Round) -> None:
    one, other = letter(round_), letter(round_, LETTER.replace("venerdì", "VENERDI\u0300").replace("'", "’") + "  ")
    elsewhere = letter(round_, paragraph_id=None)
    another_kind = letter(round_, kind=CommentKind.OBJECTION)
    assert compare.compare(now=NOW) == 4
    assert members() == {one.id: Found.EXACT, other.id: Found.EXACT}
    assert {elsewhere.id, another_kind.id}.isdisjoint(members())
    entry = db.session.query(Entry).filter_by(kind="DuplicateFound").one()
    assert (entry.person_id, entry.facts["comment_id"]) == (None, other.id)


def test_a_thousand_letters_make_one_group_and_no_pair(round_: Round) -> None:
    for _ in range(12):
        letter(round_)
    while compare.compare(now=NOW, limit=5):
        pass
    assert len(members()) == 12
    assert db.session.query(SimilarPair).count() == 0


def test_what_is_alike_waits_for_a_person(round_: Round) -> None:
    one, other = letter(round_), letter(round_, ALIKE)
    letter(round_, "La pista ciclabile deve arrivare alla scuola media, che oggi si raggiunge solo in automobile.")
    compare.compare(now=NOW)
    assert members() == {}
    (pair,) = twins.pairs(round_.officer)
    assert (pair.low.id, pair.high.id, pair.percent > 50) == (one.id, other.id, True)
    judge.same(round_.officer, other.id, one.id, now=NOW)
    assert members() == {one.id: Found.CONFIRMED, other.id: Found.CONFIRMED}
    assert twins.pairs(round_.officer) == []


def test_what_was_found_different_is_not_put_forward_again(round_: Round) -> None:
    one, other = letter(round_), letter(round_, ALIKE)
    compare.compare(now=NOW)
    judge.different(round_.officer, one.id, other.id, now=NOW)
    compare.renew(other.id, now=NOW)
    assert twins.pairs(round_.officer) == []
    assert twins.how_many_wait() == 0


def test_two_groups_become_one_and_nobody_is_lost(round_: Round) -> None:
    first, second = letter(round_), letter(round_)
    third, fourth = letter(round_, ALIKE), letter(round_, ALIKE)
    compare.compare(now=NOW)
    judge.same(round_.officer, first.id, third.id, now=NOW)
    assert [side.id for side in twins.group_of(round_.officer, fourth.id)] == [first.id, second.id, third.id, fourth.id]
    assert len(twins.groups(round_.officer)) == 1


def test_one_taken_out_stands_by_itself_and_a_group_of_one_is_none(round_: Round) -> None:
    one, other = letter(round_), letter(round_)
    compare.compare(now=NOW)
    judge.part(round_.officer, other.id, now=NOW)
    assert members() == {}
    with pytest.raises(NotFound):
        judge.part(round_.officer, one.id, now=NOW)
    assert twins.group_of(round_.officer, one.id) == []


def test_comparing_again_finds_nothing_new(round_: Round) -> None:
    letter(round_)
    letter(round_, ALIKE)
    assert compare.compare(now=NOW) == 2
    before = db.session.query(CommentGram).count(), db.session.query(SimilarPair).count()
    assert compare.step() == 0
    assert (db.session.query(CommentGram).count(), db.session.query(SimilarPair).count()) == before


def grams_of(comment: Comment) -> set[int]:
    return {gram for (gram,) in db.session.query(CommentGram.gram).filter_by(comment_id=comment.id)}


def test_words_that_change_leave_no_trace_of_what_they_were(round_: Round) -> None:
    first, other, third = letter(round_), letter(round_, ALIKE), letter(round_, ALIKE + " Di sera.")
    compare.compare(now=NOW)
    was = grams_of(first)
    assert (bool(was), grams_of(other), grams_of(third)) == (True, set(), set())
    first.observation = "[passo oscurato]"
    db.session.commit()
    compare.renew(first.id, now=NOW)
    assert len(was & grams_of(first)) < len(was) / 2
    assert twins.pairs_of(round_.officer, first.id) == []
    assert [(pair.low.id, pair.high.id) for pair in twins.pairs(round_.officer)] == [(other.id, third.id)]
    assert db.session.query(CommentPrint).count() == 3


def test_when_the_first_is_refused_those_after_it_are_compared_among_themselves(round_: Round) -> None:
    first, other, third = letter(round_), letter(round_), letter(round_, ALIKE)
    compare.compare(now=NOW)
    first.state = CommentState.NOT_ADMITTED
    db.session.commit()
    compare.renew(first.id, now=NOW)
    assert [(pair.low.id, pair.high.id) for pair in twins.pairs(round_.officer)] == [(other.id, third.id)]
    first.state = CommentState.ADMITTED
    db.session.commit()
    compare.revive(first.id, now=NOW)
    assert [side.id for side in twins.group_of(round_.officer, first.id)] == [first.id, other.id]


def test_what_is_hidden_is_in_no_pair_and_no_group(round_: Round) -> None:
    one, other = letter(round_), letter(round_)
    third = letter(round_, ALIKE)
    compare.compare(now=NOW)
    for row in (other, third):
        row.state = CommentState.NOT_ADMITTED
    db.session.commit()
    assert twins.group_of(round_.officer, one.id) == []
    assert (twins.pairs(round_.officer), twins.how_many_wait(), twins.groups(round_.officer)) == ([], 0, [])


def test_only_the_team_judges(round_: Round) -> None:
    one, other = letter(round_), letter(round_)
    for outsider in (round_.secretary, round_.mayor):
        with pytest.raises(Forbidden):
            judge.same(outsider, one.id, other.id, now=NOW)
    with pytest.raises(NotFound):
        judge.same(round_.officer, one.id, one.id, now=NOW)


def test_one_answer_serves_the_group_and_each_keeps_its_own(round_: Round) -> None:
    one, two, three = letter(round_), letter(round_), letter(round_)
    compare.compare(now=NOW)
    items = propose.propose_for_group(round_.officer, one.id, TOGETHER, now=NOW)
    assert [(item.comment_id, item.refused) for item in items] == [(two.id, None), (three.id, None)]
    approve.approve_for_group(round_.lead, one.id, 1, now=NOW)
    publish.publish(round_.lead, [one.id, two.id, three.id], now=NOW)
    assert answers() == dict.fromkeys((one.id, two.id, three.id), (AnswerState.PUBLISHED, REASONS))
    assert db.session.query(AnswerServed.comment_id).count() == 2
    entry = db.session.query(Entry).filter_by(kind="AnswerShared").one()
    assert entry.facts["served_ids"] == [two.id, three.id]


def test_an_answer_that_somebody_wrote_is_not_written_over(round_: Round) -> None:
    one, two = letter(round_), letter(round_)
    compare.compare(now=NOW)
    round_.proposed(two, text=REASONS + " Per questo Comune vale altro.")
    (item,) = propose.propose_for_group(round_.officer, one.id, TOGETHER, now=NOW)
    assert item.refused is not None
    assert answers()[two.id][1].endswith("vale altro.")


def test_a_new_wording_reaches_all_it_serves_and_one_of_its_own_sets_a_remark_free(round_: Round) -> None:
    one, two, three = letter(round_), letter(round_), letter(round_)
    compare.compare(now=NOW)
    propose.propose_for_group(round_.officer, one.id, TOGETHER, now=NOW)
    propose.propose(round_.officer, three.id, Outcome.NOTED, REASONS + " A parte.", 1, now=NOW)
    again = Wording(Outcome.ACCEPTED, REASONS + " Di nuovo.", 1)
    propose.propose_for_group(round_.officer, one.id, again, now=NOW)
    found = answers()
    assert found[two.id][1].endswith("Di nuovo.")
    assert found[three.id][1].endswith("A parte.")


def test_given_back_it_goes_back_for_all(round_: Round) -> None:
    one, two = letter(round_), letter(round_)
    compare.compare(now=NOW)
    propose.propose_for_group(round_.officer, one.id, TOGETHER, now=NOW)
    give_back.give_back(round_.lead, one.id, "Citare il comma 2.", 1, now=NOW)
    assert {state for state, _ in answers().values()} == {AnswerState.ASSIGNED}
    assert db.session.query(Entry).filter_by(kind="AnswerReturned").count() == 2
    with pytest.raises(Conflict):
        approve.approve_for_group(round_.lead, one.id, 1, now=NOW)
    assert {state for state, _ in answers().values()} == {AnswerState.ASSIGNED}
    assert two.id in answers()


def test_what_is_answered_stays_in_its_group(round_: Round) -> None:
    one, two = letter(round_), letter(round_)
    compare.compare(now=NOW)
    round_.approved(one)
    with pytest.raises(Conflict):
        judge.part(round_.officer, one.id, now=NOW)
    judge.part(round_.officer, two.id, now=NOW)


def test_submissions_remarks_requests_bodies_and_residents_are_counted_apart(database: None) -> None:
    comuni = [factories.body() for _ in range(3)]
    union = factories.body("Unione", BodyKind.UNION)
    figures = factories.snapshot(dict(zip(comuni, (1000, 200, 30), strict=True)))
    for member in comuni[:2]:
        factories.add(Membership(group_id=union.id, member_id=member.id, starts_on=NOW.date().replace(year=2020)))
    round_ = Round(factories.consultation(snapshot_id=figures.id))
    mayor = factories.holder(Office.MAYOR, comuni[0])
    president = factories.holder(Office.UNION_PRESIDENT, union)
    for signer in (mayor, mayor, president):
        round_.admitted(observation=LETTER, signer=signer)
    round_.admitted(observation="Tutt'altro: servono più alberi lungo le strade.", signer=mayor)
    compare.compare(now=NOW)
    found = counts(round_.lead, Filters())
    assert (found.submissions, found.remarks, found.requests, found.bodies) == (4, 4, 2, 2)
    assert found.represented is not None
    assert (found.represented.residents, found.represented.municipalities) == (1200, 2)
    assert counts(round_.lead, Filters(twins=True)).remarks == 3
    assert counts(round_.lead, Filters(late=True)).represented is None
