"""Withdrawal: the number stays, the text goes, the answer is not overtaken."""

from __future__ import annotations

import pytest

from portal.comments import queries
from portal.comments.models import Submission
from portal.comments.rules import CommentState, SubmissionState
from portal.db import db
from portal.drafting.withdraw import withdraw
from portal.journal.models import Entry
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, NotFound
from portal.kernel.offices import Office
from tests import factories
from tests.factories import NOW
from tests.remarks import Round
from tests.writing import Desk, comments_of


def test_a_withdrawn_remark_keeps_its_number_and_loses_its_public_text() -> None:
    desk = Desk()
    [comment] = comments_of(sent := desk.sent())
    for _ in range(2):
        withdraw(desk.mayor, comment.number or 0, now=NOW)
    found = queries.remark(Actor.anonymous(), comment.number or 0)
    assert (found.state, found.visible, found.observation) == (CommentState.WITHDRAWN, False, "")
    assert queries.remark(desk.mayor, comment.number or 0).observation == "La seconda frase va chiarita."
    assert db.session.get_one(Submission, sent.id).state is SubmissionState.WITHDRAWN
    assert db.session.query(Entry).filter_by(kind="CommentWithdrawn").count() == 1


def test_the_other_points_of_the_submission_stand() -> None:
    desk = Desk()
    saved = desk.draft()
    desk.sent(place=desk.whole, submission_id=saved.submission_id)
    first, second = comments_of(saved.submission_id)
    withdraw(desk.mayor, first.number or 0, now=NOW)
    assert [c.state for c in comments_of(saved.submission_id)] == [CommentState.WITHDRAWN, CommentState.SUBMITTED]
    assert db.session.get_one(Submission, saved.submission_id).state is SubmissionState.SUBMITTED
    assert queries.remark(Actor.anonymous(), second.number or 0).visible


def test_only_the_own_signatory_withdraws() -> None:
    desk = Desk()
    [comment] = comments_of(desk.sent())
    number = comment.number or 0
    with pytest.raises(Forbidden):
        withdraw(desk.officer, number, now=NOW)
    for stranger in (factories.holder(Office.MAYOR, factories.body()), factories.holder(Office.SECRETARIAT)):
        with pytest.raises(NotFound):
            withdraw(stranger, number, now=NOW)
    with pytest.raises(NotFound):
        withdraw(desk.mayor, number + 1, now=NOW)


def test_a_remark_can_be_withdrawn_until_its_answer_is_approved() -> None:
    round_ = Round()
    proposed, approved = round_.admitted(), round_.admitted()
    round_.proposed(proposed)
    round_.approved(approved)
    withdraw(round_.mayor, proposed.number or 0, now=NOW)
    with pytest.raises(Conflict) as refused:
        withdraw(round_.mayor, approved.number or 0, now=NOW)
    assert refused.value.code == "answered"
    db.session.expire_all()
    assert (proposed.state, approved.state) == (CommentState.WITHDRAWN, CommentState.ADMITTED)
