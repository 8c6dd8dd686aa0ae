"""Admission: decided by another person, with a reason; every decision is kept and can be reversed."""

from __future__ import annotations

import pytest

from portal.comments import decide as admission
from portal.comments import tally
from portal.comments.models import AdmissionDecision, Comment
from portal.comments.rules import Admission, CommentState, ReasonCode
from portal.db import db
from portal.journal.models import Entry
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from portal.kernel.offices import Office
from tests import factories
from tests.factories import NOW
from tests.remarks import Round

TEXT = "Non riguarda le azioni del piano."


@pytest.fixture
def round_(database: None) -> Round:
    return Round()


def last_entry() -> Entry:
    entry: Entry = db.session.query(Entry).order_by(Entry.id.desc()).first()  # type: ignore[assignment]
    return entry


def test_a_remark_is_admitted(round_: Round) -> None:
    comment = round_.remark()
    decision = admission.decide(round_.secretary, comment.id, True, None, "", now=NOW)
    assert db.session.get_one(Comment, comment.id).state is CommentState.ADMITTED
    assert (decision.admitted, decision.reason_code, decision.decided_at) == (True, None, NOW)
    assert last_entry().kind == "CommentAdmitted"


def test_a_refusal_has_a_reason_and_words_to_the_author(round_: Round) -> None:
    comment = round_.remark()
    for reason, text, field in [
        (None, TEXT, "reason_code"),
        (ReasonCode.OFF_TOPIC, "No.", "text"),
        (ReasonCode.OFF_TOPIC, "  \n ", "text"),
        (ReasonCode.OFF_TOPIC, "a" * 200_000, "text"),
        (ReasonCode.OFF_TOPIC, "a\x00" * 20, "text"),
    ]:
        with pytest.raises(Invalid) as refused:
            admission.decide(round_.secretary, comment.id, False, reason, text, now=NOW)
        assert refused.value.field == field
    assert db.session.query(AdmissionDecision).count() == 0


def test_the_words_to_the_author_stay_out_of_the_journal(database: None) -> None:
    round_ = Round(factories.consultation(admission=Admission.BEFORE))
    comment = round_.remark()
    admission.decide(round_.secretary, comment.id, False, ReasonCode.OFFENSIVE, TEXT, now=NOW)
    entry = last_entry()
    assert (entry.kind, entry.facts["reason_code"]) == ("CommentNotAdmitted", "offensive")
    assert "azioni" not in str(entry.facts)


def test_a_decision_is_reversed_by_a_new_one_and_both_are_kept(round_: Round) -> None:
    comment = round_.remark(CommentState.NOT_ADMITTED)
    round_.admit(comment)
    round_.refuse(comment)
    kept = db.session.query(AdmissionDecision.admitted).order_by(AdmissionDecision.id)
    assert [admitted for (admitted,) in kept] == [False, True, False]
    assert db.session.get_one(Comment, comment.id).state is CommentState.NOT_ADMITTED


@pytest.mark.parametrize("state", [CommentState.ADMITTED, CommentState.NOT_ADMITTED])
def test_the_same_decision_is_not_taken_twice(round_: Round, state: CommentState) -> None:
    comment = round_.remark(state)
    with pytest.raises(Conflict):
        admission.decide(
            round_.secretary, comment.id, state is CommentState.ADMITTED, ReasonCode.OFF_TOPIC, TEXT, now=NOW
        )


def test_two_who_decide_at_once_do_not_undo_each_other(round_: Round) -> None:
    comment = round_.remark()
    round_.admit(comment)
    with pytest.raises(Conflict) as refused:
        admission.decide(
            round_.secretary, comment.id, False, ReasonCode.OFF_TOPIC, TEXT, now=NOW, seen=CommentState.SUBMITTED
        )
    assert refused.value.code == "decided_meanwhile"


def test_who_signed_a_remark_does_not_decide_on_it(round_: Round) -> None:
    who = factories.person()
    as_mayor = factories.actor(who, acting=factories.mandate(who, round_.body, Office.MAYOR))
    as_secretary = factories.actor(who, acting=factories.mandate(who, factories.city(), Office.SECRETARIAT))
    comment = round_.remark(signer=as_mayor)
    with pytest.raises(Forbidden) as refused:
        admission.decide(as_secretary, comment.id, True, None, "", now=NOW)
    assert refused.value.code == "own_remark"


@pytest.mark.parametrize("office", [Office.DRAFTING_LEAD, Office.DRAFTING_OFFICER, Office.AUDITOR, Office.MAYOR])
def test_only_the_secretariat_decides(round_: Round, office: Office) -> None:
    comment = round_.remark()
    with pytest.raises(Forbidden):
        admission.decide(factories.holder(office), comment.id, True, None, "", now=NOW)


def test_the_console_does_not_decide(round_: Round) -> None:
    comment = round_.remark()
    with pytest.raises(Forbidden):
        admission.decide(Actor.system(), comment.id, True, None, "", now=NOW)


def test_nothing_is_found_under_a_strange_number(round_: Round) -> None:
    with pytest.raises(NotFound):
        admission.decide(round_.secretary, 4711, True, None, "", now=NOW)


@pytest.mark.parametrize("mode", list(Admission))
def test_the_figures_follow_every_decision(database: None, mode: Admission) -> None:
    round_ = Round(factories.consultation(admission=mode))
    comment, other = round_.remark(), round_.remark()
    for act in (round_.admit, round_.refuse, round_.admit):
        act(comment)
        assert tally.kept() == tally.recount()
    round_.refuse(other)
    assert tally.kept() == tally.recount()
    assert tally.kept()["action_tally"] == {(round_.action.id,): 1}
