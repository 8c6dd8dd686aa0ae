"""Reports are answered, refusals replied to once and judged by somebody else, a wrong key taken back in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal.comments import admission_queries, queries, reconsider, register, reply, report, tally, undo
from portal.comments import decide as admission
from portal.comments.admission_models import AuthorQuestion, RefusalReply, Report, Review
from portal.comments.admission_queries import Show
from portal.comments.admission_rules import Act
from portal.comments.ask_author import ask_author
from portal.comments.models import AdmissionDecision, Comment
from portal.comments.rules import Admission, CommentState, ReasonCode
from portal.db import db
from portal.jobs.models import Mail
from portal.journal.models import Entry
from portal.journal.verify import verify
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Gone, Invalid, NotFound
from portal.kernel.offices import Office
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.remarks import Round

WHY = "La frase si legge come un giudizio su una persona."
KEPT = "Il giudizio riguarda la scelta, non chi l’ha fatta."
REPLY = "Il punto riguarda la seconda frase del comma, che parla proprio di questo."
NO = "La seconda frase non riguarda questo tema."


@pytest.fixture
def round_(clock: Clock, database: None) -> Round:
    return Round()


@pytest.fixture
def before(clock: Clock, database: None) -> Round:
    return Round(factories.consultation(admission=Admission.BEFORE))


def fresh(comment: Comment) -> Comment:
    db.session.rollback()
    return db.session.get_one(Comment, comment.id, populate_existing=True)


def reader() -> Actor:
    return factories.holder(Office.MAYOR, factories.body())


def numbers(round_: Round, show: Show) -> list[int]:
    return [row.number for row in admission_queries.queue(round_.secretary, show, now=NOW)]


def test_a_report_brings_the_remark_before_the_secretariat(round_: Round) -> None:
    comment, who = round_.admitted(), reader()
    report.report(who, comment.number or 0, ReasonCode.OFFENSIVE, WHY, now=NOW)
    report.report(who, comment.number or 0, ReasonCode.OFFENSIVE, WHY, now=NOW)
    report.report(reader(), comment.number or 0, ReasonCode.OFFENSIVE, WHY, now=NOW)
    assert db.session.query(Report).count() == 2
    assert numbers(round_, Show.REPORTED) == [comment.number]


def test_what_was_reported_is_kept_with_a_reason(round_: Round) -> None:
    comment = round_.admitted()
    report.report(reader(), comment.number or 0, ReasonCode.OFFENSIVE, WHY, now=NOW)
    with pytest.raises(Invalid):
        report.keep(round_.secretary, comment.id, "No.", now=NOW)
    report.keep(round_.secretary, comment.id, KEPT, now=NOW)
    assert numbers(round_, Show.REPORTED) == []
    assert fresh(comment).state is CommentState.ADMITTED
    assert register.register()[0].act is Act.KEPT
    assert register.counts().kept == 1
    with pytest.raises(Conflict):
        report.keep(round_.secretary, comment.id, KEPT, now=NOW)


def test_hiding_and_refusing_answer_the_reports_too(round_: Round) -> None:
    for act in (lambda c: round_.hide(c, "seconda frase"), round_.refuse):
        comment = round_.admitted()
        report.report(reader(), comment.number or 0, ReasonCode.OFFENSIVE, WHY, now=NOW)
        act(comment)
        assert numbers(round_, Show.REPORTED) == []
    assert [review.kept for review in db.session.query(Review)] == [False, False]


@pytest.mark.parametrize("state", [CommentState.NOT_ADMITTED, CommentState.WITHDRAWN])
def test_what_nobody_reads_is_not_reported(round_: Round, state: CommentState) -> None:
    comment = round_.remark(state)
    with pytest.raises(NotFound):
        report.report(reader(), comment.number or 0, ReasonCode.OFFENSIVE, WHY, now=NOW)


def test_visitors_and_strange_numbers_report_nothing(round_: Round) -> None:
    comment = round_.admitted()
    with pytest.raises(Forbidden):
        report.report(Actor.anonymous(), comment.number or 0, ReasonCode.OFFENSIVE, WHY, now=NOW)
    with pytest.raises(NotFound):
        report.report(reader(), 4711, ReasonCode.OFFENSIVE, WHY, now=NOW)
    with pytest.raises(Invalid):
        report.report(reader(), comment.number or 0, ReasonCode.NO_STANDING, WHY, now=NOW)


def test_the_author_replies_once_and_another_person_decides(before: Round) -> None:
    comment = before.remark(CommentState.NOT_ADMITTED)
    reply.reply(before.mayor, comment.number or 0, REPLY, now=NOW)
    with pytest.raises(Conflict):
        reply.reply(before.mayor, comment.number or 0, REPLY, now=NOW)
    assert numbers(before, Show.REPLIES) == [comment.number]
    with pytest.raises(Forbidden):
        reconsider.reconsider(before.secretary, comment.id, True, None, "", now=NOW)
    with pytest.raises(Conflict) as refused:
        admission.decide(before.secretary, comment.id, True, None, "", now=NOW)
    assert refused.value.code == "reply"
    reconsider.reconsider(before.colleague, comment.id, True, None, "", now=NOW)
    assert fresh(comment).state is CommentState.ADMITTED
    assert numbers(before, Show.REPLIES) == []
    assert tally.kept() == tally.recount()


def test_a_confirmed_refusal_is_the_last_word(before: Round) -> None:
    comment = before.remark(CommentState.NOT_ADMITTED)
    reply.reply(before.mayor, comment.number or 0, REPLY, now=NOW)
    with pytest.raises(Invalid):
        reconsider.reconsider(before.colleague, comment.id, False, None, NO, now=NOW)
    decision = reconsider.reconsider(before.colleague, comment.id, False, ReasonCode.OFF_TOPIC, NO, now=NOW)
    assert db.session.query(RefusalReply).one().considered_id == decision.id
    assert register.register()[0].act is Act.CONFIRMED
    with pytest.raises(Conflict):
        reply.reply(before.mayor, comment.number or 0, REPLY, now=NOW)
    with pytest.raises(Conflict):
        reconsider.reconsider(before.colleague, comment.id, True, None, "", now=NOW)
    told = queries.whole(before.mayor, comment.number or 0).decision
    assert told is not None
    assert told.text == NO


def test_of_two_who_took_it_from_sight_neither_reconsiders(round_: Round) -> None:
    comment = round_.admitted()
    round_.refuse(comment)
    reply.reply(round_.mayor, comment.number or 0, REPLY, now=NOW)
    for partial in (round_.secretary, round_.colleague):
        with pytest.raises(Forbidden):
            reconsider.reconsider(partial, comment.id, True, None, "", now=NOW)
    reconsider.reconsider(factories.holder(Office.SECRETARY_GENERAL), comment.id, True, None, "", now=NOW)
    assert fresh(comment).state is CommentState.ADMITTED


def test_an_officer_and_other_bodies_do_not_reply(before: Round) -> None:
    comment = before.remark(CommentState.NOT_ADMITTED)
    with pytest.raises(Forbidden):
        reply.reply(factories.holder(Office.OFFICER, before.body), comment.number or 0, REPLY, now=NOW)
    for stranger in (reader(), before.secretary, Actor.anonymous()):
        with pytest.raises(NotFound):
            reply.reply(stranger, comment.number or 0, REPLY, now=NOW)
    standing = before.admitted()
    with pytest.raises(Conflict):
        reply.reply(before.mayor, standing.number or 0, REPLY, now=NOW)


def test_a_reply_is_told_to_everybody_but_who_refused(before: Round, mail: Callable[[], list[Mail]]) -> None:
    comment = before.remark(CommentState.NOT_ADMITTED)
    reply.reply(before.mayor, comment.number or 0, REPLY, now=NOW)
    assert [m.recipient for m in mail() if m.template == "replied"] == [before.colleague.email]


def test_a_wrong_key_is_taken_back_before_anybody_is_told(
    before: Round, clock: Clock, mail: Callable[[], list[Mail]]
) -> None:
    comment = before.remark()
    decision = admission.decide(before.secretary, comment.id, True, None, "", now=clock.at)
    mail()  # the letter is written and held back
    clock.forward(seconds=9)
    assert undo.undo(before.secretary, decision.id, now=clock.at) == comment.number
    assert fresh(comment).state is CommentState.SUBMITTED
    assert db.session.query(AdmissionDecision).count() == 0
    clock.forward(minutes=5)
    assert "decision" not in {m.template for m in mail()}
    kinds = [entry.kind for entry in db.session.query(Entry).order_by(Entry.id)][-2:]
    assert kinds == ["CommentAdmitted", "DecisionUndone"]
    assert verify() == []
    assert tally.kept() == tally.recount()


def test_a_decision_nobody_took_back_is_told_after_ten_seconds(
    before: Round, clock: Clock, mail: Callable[[], list[Mail]]
) -> None:
    before.admitted()
    assert "decision" not in {m.template for m in mail()}
    clock.forward(seconds=10)
    assert [m.recipient for m in mail() if m.template == "decision"] == [before.mayor.email]


def test_taking_back_puts_the_earlier_decision_and_the_question_back(before: Round, clock: Clock) -> None:
    refused, asked = before.remark(CommentState.NOT_ADMITTED), before.remark()
    ask_author(before.secretary, asked.id, "A quale dei due torrenti si riferisce?", now=clock.at)
    clock.forward(minutes=1)
    for comment, state in ((refused, CommentState.NOT_ADMITTED), (asked, CommentState.SUBMITTED)):
        decision = admission.decide(before.secretary, comment.id, True, None, "", now=clock.at)
        undo.undo(before.secretary, decision.id, now=clock.at + timedelta(seconds=1))
        assert fresh(comment).state is state
    assert db.session.query(AuthorQuestion).one().ended_at is None


def test_others_and_later_take_nothing_back(before: Round, clock: Clock) -> None:
    comment = before.remark()
    decision = admission.decide(before.secretary, comment.id, True, None, "", now=clock.at)
    with pytest.raises(Forbidden):
        undo.undo(before.colleague, decision.id, now=clock.at)
    with pytest.raises(Gone):
        undo.undo(before.secretary, decision.id, now=clock.at + timedelta(seconds=11))
    with pytest.raises(NotFound):
        undo.undo(before.secretary, 4711, now=clock.at)
    assert fresh(comment).state is CommentState.ADMITTED


def test_what_two_persons_did_is_not_taken_back_by_a_key(round_: Round, clock: Clock) -> None:
    comment = round_.admitted()
    round_.refuse(comment)
    latest = db.session.query(AdmissionDecision).order_by(AdmissionDecision.id.desc()).first()
    assert latest is not None
    with pytest.raises(Conflict):
        undo.undo(round_.secretary, latest.id, now=clock.at)
    assert fresh(comment).state is CommentState.NOT_ADMITTED
