"""The answer to a remark: proposed by one person, approved by another, published once and for all."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from portal.comments.rules import CommentState
from portal.db import db
from portal.drafting import approve, give_back, propose, publish, queries, write_note
from portal.drafting.models import Answer, AnswerRevision, InternalNote
from portal.drafting.rules import AnswerState, Outcome
from portal.journal.models import Entry
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from portal.kernel.offices import Office
from tests import factories
from tests.factories import NOW
from tests.remarks import REASONS, Round


@pytest.fixture
def round_(database: None) -> Round:
    return Round()


def kinds() -> list[str]:
    return [e.kind for e in db.session.query(Entry).filter(Entry.stream.like("consultation:%")).order_by(Entry.id)]


def test_one_proposes_another_approves_and_the_answer_is_published(round_: Round) -> None:
    answer = round_.published()
    assert (answer.state, answer.outcome, answer.published_at) == (AnswerState.PUBLISHED, Outcome.ACCEPTED, NOW)
    assert kinds()[-4:] == ["AnswerAssigned", "AnswerProposed", "AnswerApproved", "AnswerPublished"]


def test_every_wording_that_was_put_forward_is_kept(round_: Round) -> None:
    answer = round_.proposed(text=REASONS)
    propose.propose(round_.officer, answer.comment_id, Outcome.NOTED, REASONS + " Due.", 1, now=NOW)
    kept = db.session.query(AnswerRevision).order_by(AnswerRevision.revision)
    assert [(r.revision, r.outcome, r.text) for r in kept] == [
        (1, Outcome.ACCEPTED, REASONS),
        (2, Outcome.NOTED, REASONS + " Due."),
    ]


def test_who_proposed_does_not_approve_even_under_another_mandate(round_: Round) -> None:
    comment = round_.admitted()
    who = factories.person()
    as_officer = factories.mandate(who, factories.city(), Office.DRAFTING_OFFICER)
    as_lead = factories.mandate(who, factories.city(), Office.DRAFTING_LEAD)
    propose.propose(factories.actor(who, acting=as_officer), comment.id, Outcome.NOTED, REASONS, 0, now=NOW)
    with pytest.raises(Conflict) as refused:
        approve.approve(factories.actor(who, acting=as_lead), comment.id, 1, now=NOW)
    assert refused.value.code == "second_person"


def test_the_database_refuses_one_person_twice(round_: Round) -> None:
    answer = round_.proposed()
    with pytest.raises(sa.exc.IntegrityError, match="two_persons"), db.engine.begin() as connection:
        connection.execute(
            sa.update(Answer)
            .where(Answer.id == answer.id)
            .values(state=AnswerState.APPROVED, approved_by_id=answer.proposed_by_id, approved_at=NOW)
        )


def test_an_officer_does_not_approve(round_: Round) -> None:
    answer = round_.proposed()
    colleague = factories.holder(Office.DRAFTING_OFFICER)
    with pytest.raises(Forbidden):
        approve.approve(colleague, answer.comment_id, 1, now=NOW)


def test_a_reason_is_more_than_a_formula(round_: Round) -> None:
    comment = round_.admitted()
    for text in ("Accolta.", " " * 80, "\u200b" * 60, ""):
        with pytest.raises(Invalid) as refused:
            propose.propose(round_.officer, comment.id, Outcome.ACCEPTED, text, 0, now=NOW)
        assert refused.value.field == "text"
    assert db.session.query(Answer).count() == 0


def test_a_reason_has_a_limit(round_: Round) -> None:
    comment = round_.admitted()
    with pytest.raises(Invalid) as refused:
        propose.propose(round_.officer, comment.id, Outcome.ACCEPTED, "a" * 200_000, 0, now=NOW)
    assert refused.value.code == "too_long"


def test_the_second_of_two_tabs_is_refused_and_the_first_stays(round_: Round) -> None:
    answer = round_.proposed(text=REASONS + " Prima scheda.")
    with pytest.raises(Conflict) as refused:
        propose.propose(round_.officer, answer.comment_id, Outcome.NOTED, REASONS + " Seconda scheda.", 0, now=NOW)
    assert refused.value.code == "stale"
    assert db.session.get_one(Answer, answer.id).text.endswith("Prima scheda.")


def test_what_is_approved_is_what_was_read(round_: Round) -> None:
    answer = round_.proposed()
    propose.propose(round_.officer, answer.comment_id, Outcome.NOTED, REASONS + " Cambiata.", 1, now=NOW)
    with pytest.raises(Conflict) as refused:
        approve.approve(round_.lead, answer.comment_id, 1, now=NOW)
    assert refused.value.code == "stale"


def test_an_answer_goes_back_with_a_note_and_can_be_proposed_again(round_: Round) -> None:
    answer = round_.approved()
    give_back.give_back(round_.lead, answer.comment_id, "Citare il comma 2.", 1, now=NOW)
    assert db.session.query(InternalNote.text).scalar() == "Citare il comma 2."
    again = propose.propose(round_.officer, answer.comment_id, Outcome.NOTED, REASONS, 1, now=NOW)
    assert (again.state, again.revision, again.approved_by_id) == (AnswerState.PROPOSED, 2, None)


def test_a_note_is_needed_to_give_an_answer_back(round_: Round) -> None:
    answer = round_.proposed()
    with pytest.raises(Invalid) as refused:
        give_back.give_back(round_.lead, answer.comment_id, " ", 1, now=NOW)
    assert refused.value.field == "why"


def test_a_published_answer_never_changes(round_: Round) -> None:
    answer = round_.published()
    acts = [
        lambda: propose.propose(round_.officer, answer.comment_id, Outcome.NOTED, REASONS, 1, now=NOW),
        lambda: approve.approve(round_.lead, answer.comment_id, 1, now=NOW),
        lambda: give_back.give_back(round_.lead, answer.comment_id, "Nota.", 1, now=NOW),
        lambda: publish.publish(round_.lead, [answer.comment_id], now=NOW),
    ]
    for act in acts:
        with pytest.raises((Conflict, Invalid)):
            act()
    assert db.session.get_one(Answer, answer.id).state is AnswerState.PUBLISHED


@pytest.mark.parametrize("state", [CommentState.SUBMITTED, CommentState.NOT_ADMITTED])
def test_only_an_admitted_remark_is_answered(round_: Round, state: CommentState) -> None:
    comment = round_.remark(state)
    with pytest.raises(Conflict) as refused:
        propose.propose(round_.officer, comment.id, Outcome.NOTED, REASONS, 0, now=NOW)
    assert refused.value.code == "not_admitted"


def test_a_remark_assigned_to_a_colleague_is_the_colleagues(round_: Round) -> None:
    answer = round_.proposed()
    with pytest.raises(Forbidden) as refused:
        propose.propose(
            factories.holder(Office.DRAFTING_OFFICER), answer.comment_id, Outcome.NOTED, REASONS, 1, now=NOW
        )
    assert refused.value.code == "not_yours"


def test_who_signed_a_remark_neither_answers_nor_approves(round_: Round) -> None:
    who = factories.person()
    as_mayor = factories.mandate(who, round_.body, Office.MAYOR)
    as_lead = factories.actor(who, acting=factories.mandate(who, factories.city(), Office.DRAFTING_LEAD))
    comment = round_.admitted(signer=factories.actor(who, acting=as_mayor))
    with pytest.raises(Forbidden) as refused:
        propose.propose(as_lead, comment.id, Outcome.NOTED, REASONS, 0, now=NOW)
    assert refused.value.code == "own_remark"
    answer = round_.proposed(comment)
    with pytest.raises(Forbidden):
        approve.approve(as_lead, answer.comment_id, 1, now=NOW)


def test_many_are_published_at_one_instant(round_: Round) -> None:
    answers = [round_.approved() for _ in range(3)]
    done = publish.publish(round_.lead, [a.comment_id for a in answers], now=NOW)
    assert {a.published_at for a in done} == {NOW}
    assert kinds().count("AnswerPublished") == 3


def test_if_one_cannot_be_published_none_is(round_: Round) -> None:
    ready, withdrawn_from = round_.approved(), round_.approved()
    round_.refuse(withdrawn_from.comment)
    with pytest.raises(Invalid) as refused:
        publish.publish(round_.lead, [ready.comment_id, withdrawn_from.comment_id], now=NOW)
    assert [p.params["number"] for p in refused.value.problems] == [withdrawn_from.comment.number]
    assert db.session.get_one(Answer, ready.id).state is AnswerState.APPROVED


def test_notes_stay_inside(round_: Round) -> None:
    comment = round_.admitted()
    note = write_note.write_note(round_.secretary, comment.id, "Sentire l'ufficio tecnico.", now=NOW)
    assert note.text == "Sentire l'ufficio tecnico."
    for outsider in (round_.mayor, factories.holder(Office.AUDITOR)):
        with pytest.raises(Forbidden):
            write_note.write_note(outsider, comment.id, "Ciao", now=NOW)
    with pytest.raises(NotFound):
        write_note.write_note(round_.secretary, 10_000, "Ciao", now=NOW)


def test_the_journal_holds_no_word_of_the_answer(round_: Round) -> None:
    round_.published()
    facts = " ".join(str(e.facts) for e in db.session.query(Entry))
    assert "integrato" not in facts


def test_readers_learn_of_an_answer_what_is_theirs(round_: Round) -> None:
    answer = round_.proposed()
    public, other = Actor.anonymous(), factories.holder(Office.MAYOR, factories.body())
    assert queries.answer_of(public, answer.comment_id) is None
    assert queries.answer_of(other, answer.comment_id) is None
    own = queries.answer_of(round_.mayor, answer.comment_id)
    assert own is not None
    assert (own.in_preparation, own.outcome, own.text, own.officer) == (True, None, "", "")
    for insider in (round_.officer, round_.secretary, factories.holder(Office.AUDITOR)):
        seen = queries.answer_of(insider, answer.comment_id)
        assert seen is not None
        assert seen.text == REASONS
    approve.approve(round_.lead, answer.comment_id, 1, now=NOW)
    publish.publish(round_.lead, [answer.comment_id], now=NOW)
    for reader in (public, other, round_.mayor):
        seen = queries.answer_of(reader, answer.comment_id)
        assert seen is not None
        assert (seen.text, seen.outcome, seen.officer) == (REASONS, Outcome.ACCEPTED, "")


def test_a_remark_refused_later_takes_its_answer_out_of_sight(round_: Round) -> None:
    answer = round_.published()
    assert [a.number for a in queries.latest_published()] == [answer.comment.number]
    assert queries.outcomes_of([answer.comment_id]) == {answer.comment_id: Outcome.ACCEPTED}
    round_.refuse(answer.comment)
    assert queries.latest_published() == []
    assert queries.outcomes_of([answer.comment_id]) == {}
    assert queries.answer_of(Actor.anonymous(), answer.comment_id) is None
    assert queries.answer_of(round_.mayor, answer.comment_id) is None
