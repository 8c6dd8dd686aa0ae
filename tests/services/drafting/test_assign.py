"""Assignment: one or many, one transaction, each item told."""

from __future__ import annotations

import pytest

from portal.comments.rules import CommentState
from portal.db import db
from portal.drafting import assign
from portal.drafting.models import Answer
from portal.journal.models import Entry
from portal.kernel.errors import Forbidden, Invalid, NotFound
from portal.kernel.offices import Office
from tests import factories
from tests.factories import NOW
from tests.remarks import Round


@pytest.fixture
def round_(database: None) -> Round:
    return Round()


def owners() -> dict[int, int]:
    return dict(db.session.query(Answer.comment_id, Answer.officer_id).all())


def test_many_are_assigned_in_one_act_and_each_is_told(round_: Round) -> None:
    fine, refused = [round_.admitted() for _ in range(3)], round_.remark(CommentState.NOT_ADMITTED)
    done = round_.published()
    ids = [*(c.id for c in fine), refused.id, done.comment_id]
    report = assign.assign(round_.lead, ids, round_.officer.person_id or 0, now=NOW)
    assert {item.comment_id for item in report if item.refused is None} == {c.id for c in fine}
    assert {item.comment_id for item in report if item.refused} == {refused.id, done.comment_id}
    assert all(owners()[c.id] == round_.officer.person_id for c in fine)


def test_a_strange_id_undoes_the_whole_act(round_: Round) -> None:
    comment = round_.admitted()
    with pytest.raises(NotFound):
        assign.assign(round_.lead, [comment.id, 99_999], round_.officer.person_id or 0, now=NOW)
    assert owners() == {}


def test_the_same_officer_twice_is_told_once(round_: Round) -> None:
    comment = round_.admitted()
    for _ in range(2):
        assign.assign(round_.lead, [comment.id], round_.officer.person_id or 0, now=NOW)
    assert db.session.query(Entry).filter_by(kind="AnswerAssigned").count() == 1


def test_an_officer_takes_what_nobody_has_and_nothing_else(round_: Round) -> None:
    free, taken = round_.admitted(), round_.admitted()
    colleague = factories.holder(Office.DRAFTING_OFFICER)
    assign.assign(colleague, [taken.id], colleague.person_id or 0, now=NOW)
    report = assign.assign(round_.officer, [free.id, taken.id], round_.officer.person_id or 0, now=NOW)
    assert [item.refused is None for item in report] == [True, False]
    with pytest.raises(Forbidden):
        assign.assign(round_.officer, [free.id], colleague.person_id or 0, now=NOW)


def test_the_lead_gives_a_remark_to_somebody_else(round_: Round) -> None:
    comment = round_.admitted()
    colleague = factories.holder(Office.DRAFTING_OFFICER)
    for who in (round_.officer, colleague):
        assign.assign(round_.lead, [comment.id], who.person_id or 0, now=NOW)
    assert owners() == {comment.id: colleague.person_id}


def test_only_the_drafting_team_of_today_is_given_remarks(round_: Round) -> None:
    comment = round_.admitted()
    gone = factories.person()
    factories.mandate(gone, factories.city(), Office.DRAFTING_OFFICER, ends_on=NOW.date().replace(year=2026))
    for outsider in (round_.mayor.person_id, round_.secretary.person_id, gone.id, 4711):
        with pytest.raises(Invalid) as refused:
            assign.assign(round_.lead, [comment.id], outsider or 0, now=NOW)
        assert refused.value.field == "officer"


def test_an_act_names_at_least_one_remark_and_not_too_many(round_: Round) -> None:
    for ids in ([], list(range(501))):
        with pytest.raises(Invalid):
            assign.assign(round_.lead, ids, round_.officer.person_id or 0, now=NOW)
