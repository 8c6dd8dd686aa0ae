"""The author is asked, answers in place, and the term rests in between; what is overdue is told once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal.comments import admission_queries, answer_question, ask_author, escalate, exchange, term_queries
from portal.comments import decide as admission
from portal.comments.admission_models import AdmissionTerm, AuthorQuestion, Escalation
from portal.comments.admission_queries import Show
from portal.comments.models import Comment
from portal.comments.open_consultation import Conditions, open_consultation
from portal.comments.rules import Admission, CommentState
from portal.db import db
from portal.drafting import withdraw
from portal.jobs.models import Mail
from portal.journal.models import Entry
from portal.kernel.clock import at_rome, local_day
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from portal.kernel.offices import BodyKind, Office
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.remarks import Round

ASK = "A quale dei due torrenti si riferisce la seconda frase?"
DAY = timedelta(days=1)


@pytest.fixture
def round_(clock: Clock, database: None) -> Round:
    """Admission before publication, within five working days."""
    round_ = Round(factories.consultation(admission=Admission.BEFORE))
    factories.add(AdmissionTerm(consultation_id=round_.consultation.id, working_days=5, patron_day=""))
    return round_


def listed(round_: Round, show: Show, clock: Clock) -> list[int]:
    db.session.rollback()
    return [row.number for row in admission_queries.queue(round_.secretary, show, now=clock.at)]


def test_a_question_takes_the_remark_off_the_list_until_it_is_answered(round_: Round, clock: Clock) -> None:
    comment = round_.remark()
    question = ask_author.ask_author(round_.secretary, comment.id, ASK, now=clock.at)
    assert (listed(round_, Show.PENDING, clock), listed(round_, Show.WAITING, clock)) == ([], [comment.number])
    officer = factories.holder(Office.OFFICER, round_.body)
    answer_question.answer_question(officer, comment.number or 0, question.id, "Al primo.", now=clock.forward(days=1))
    assert (listed(round_, Show.PENDING, clock), listed(round_, Show.WAITING, clock)) == ([comment.number], [])
    (row,) = exchange.dossier(comment.id, clock.at).questions
    assert (row.text, row.answer, row.answered_by, row.is_open) == (ASK, "Al primo.", officer.name, False)


def test_without_an_answer_it_comes_back_by_itself(round_: Round, clock: Clock) -> None:
    comment = round_.remark()
    ask_author.ask_author(round_.secretary, comment.id, ASK, now=clock.at)
    clock.forward(days=11)
    assert listed(round_, Show.PENDING, clock) == [comment.number]


def test_one_question_at_a_time_and_a_whole_sentence(round_: Round, clock: Clock) -> None:
    comment = round_.remark()
    with pytest.raises(Invalid):
        ask_author.ask_author(round_.secretary, comment.id, "Eh?", now=clock.at)
    ask_author.ask_author(round_.secretary, comment.id, ASK, now=clock.at)
    with pytest.raises(Conflict):
        ask_author.ask_author(round_.secretary, comment.id, ASK, now=clock.at)


@pytest.mark.parametrize("state", [CommentState.ADMITTED, CommentState.NOT_ADMITTED, CommentState.WITHDRAWN])
def test_what_was_decided_is_not_asked_about(round_: Round, clock: Clock, state: CommentState) -> None:
    comment = round_.remark(state)
    with pytest.raises(Conflict):
        ask_author.ask_author(round_.secretary, comment.id, ASK, now=clock.at)


def test_strangers_do_not_answer(round_: Round, clock: Clock) -> None:
    comment = round_.remark()
    question = ask_author.ask_author(round_.secretary, comment.id, ASK, now=clock.at)
    other = factories.holder(Office.MAYOR, factories.body("Comune Vicino"))
    for stranger in (other, round_.secretary, round_.lead):
        with pytest.raises(NotFound):
            answer_question.answer_question(stranger, comment.number or 0, question.id, "Sì.", now=clock.at)
    with pytest.raises(NotFound):
        answer_question.answer_question(round_.mayor, comment.number or 0, 4711, "Sì.", now=clock.at)


def test_only_the_secretariat_asks(round_: Round, clock: Clock) -> None:
    comment = round_.remark()
    for actor in (round_.lead, round_.mayor, factories.holder(Office.AUDITOR)):
        with pytest.raises(Forbidden):
            ask_author.ask_author(actor, comment.id, ASK, now=clock.at)


def test_a_decision_and_a_withdrawal_end_the_question(round_: Round, clock: Clock) -> None:
    decided, withdrawn = round_.remark(), round_.remark()
    for comment in (decided, withdrawn):
        ask_author.ask_author(round_.secretary, comment.id, ASK, now=clock.at)
    admission.decide(round_.secretary, decided.id, True, None, "", now=clock.at)
    withdraw.withdraw(round_.mayor, withdrawn.number or 0, now=clock.at)
    questions = db.session.query(AuthorQuestion).all()
    assert [q.ended_at for q in questions] == [clock.at, clock.at]
    with pytest.raises(Conflict):
        answer_question.answer_question(round_.mayor, decided.number or 0, questions[0].id, "Sì.", now=clock.at)


def test_the_term_rests_while_the_author_is_asked(round_: Round, clock: Clock) -> None:
    comment, other = round_.remark(), round_.remark()
    question = ask_author.ask_author(round_.secretary, comment.id, ASK, now=clock.at)
    clock.forward(days=3)
    answer_question.answer_question(round_.mayor, comment.number or 0, question.id, "Al primo.", now=clock.at)
    due = [term_queries.due_day(c.id, c.consultation_id, NOW) for c in (comment, other)]
    assert due == [local_day(NOW) + 10 * DAY, local_day(NOW) + 7 * DAY]
    assert term_queries.overdue_count(NOW + 7 * DAY) == 0
    assert term_queries.overdue_count(NOW + 8 * DAY) == 1
    assert term_queries.overdue_count(NOW + 11 * DAY) == 2


def test_midnight_in_rome_makes_overdue(round_: Round, clock: Clock) -> None:
    round_.remark()
    last = at_rome(local_day(NOW) + 7 * DAY)
    assert term_queries.overdue_count(last) == 0
    assert term_queries.overdue_count(last + timedelta(seconds=1)) == 1


def test_admission_after_publication_has_no_term(clock: Clock, database: None) -> None:
    round_ = Round()
    factories.add(AdmissionTerm(consultation_id=round_.consultation.id, working_days=1, patron_day=""))
    round_.remark()
    assert term_queries.overdue_count(NOW + 90 * DAY) == 0
    assert not escalate.is_due(NOW + 90 * DAY)


def test_the_secretary_general_is_told_of_each_overdue_remark_once(
    round_: Round, clock: Clock, mail: Callable[[], list[Mail]]
) -> None:
    general = factories.holder(Office.SECRETARY_GENERAL)
    first, _ = round_.remark(), round_.remark(now=NOW + DAY)
    mail()
    clock.forward(days=8)
    sent = [m for m in mail() if m.template == "overdue"]
    assert [(m.recipient, str(first.number) in m.text) for m in sent] == [(general.email, True)]
    assert len([m for m in mail() if m.template == "overdue"]) == 1
    clock.forward(days=1)
    assert len([m for m in mail() if m.template == "overdue"]) == 2
    assert db.session.query(Escalation).count() == 2
    entries = db.session.query(Entry).filter_by(kind="AdmissionOverdue").order_by(Entry.id).all()
    assert [len(entry.facts["numbers"]) for entry in entries] == [1, 1]


def test_a_question_is_mailed_to_who_signed_and_its_answer_to_who_asked(
    round_: Round, clock: Clock, mail: Callable[[], list[Mail]]
) -> None:
    comment = round_.remark()
    question = ask_author.ask_author(round_.secretary, comment.id, ASK, now=clock.at)
    (letter,) = (m for m in mail() if m.template == "question")
    assert letter.recipient == round_.mayor.email
    assert ASK in letter.text
    assert f"http://localhost/osservazioni/{comment.number}" in letter.text
    answer_question.answer_question(round_.mayor, comment.number or 0, question.id, "Al primo.", now=clock.at)
    (letter,) = (m for m in mail() if m.template == "answered")
    assert letter.recipient == round_.secretary.email
    assert "Al primo." in letter.text


def test_a_question_answered_before_it_was_mailed_is_not_mailed(
    round_: Round, clock: Clock, mail: Callable[[], list[Mail]]
) -> None:
    comment = round_.remark()
    question = ask_author.ask_author(round_.secretary, comment.id, ASK, now=clock.at)
    answer_question.answer_question(round_.mayor, comment.number or 0, question.id, "Al primo.", now=clock.at)
    assert "question" not in {m.template for m in mail()}


@pytest.mark.parametrize(("mode", "terms"), [(Admission.BEFORE, [(7, "09-29")]), (Admission.AFTER, [])])
def test_a_consultation_opens_with_its_term(database: None, mode: Admission, terms: list[tuple[int, str]]) -> None:
    conditions = Conditions(
        title="Consultazione",
        deadline_at=NOW + 40 * DAY,
        admission=mode,
        body_kinds=(BodyKind.MUNICIPALITY,),
        rules_text="Regole.",
        notice_text="Informativa.",
        snapshot_id=factories.snapshot({}).id,
        working_days=7,
        patron_day="09-29",
    )
    open_consultation(factories.holder(Office.SECRETARIAT), factories.version().id, conditions, now=NOW)
    assert [(t.working_days, t.patron_day) for t in db.session.query(AdmissionTerm)] == terms


def test_words_stay_out_of_the_record(round_: Round, clock: Clock) -> None:
    comment = round_.remark()
    question = ask_author.ask_author(round_.secretary, comment.id, ASK, now=clock.at)
    answer_question.answer_question(round_.mayor, comment.number or 0, question.id, "Al primo.", now=clock.at)
    assert "torrenti" not in "".join(str(entry.facts) for entry in db.session.query(Entry))
    assert db.session.get_one(Comment, comment.id).state is CommentState.SUBMITTED
