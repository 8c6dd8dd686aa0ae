"""A remark made in the sitting is the same object as any other, tied to its item and to the speech."""

from __future__ import annotations

import pytest

from portal.comments import decide, submit, write_draft
from portal.comments.models import Comment, Consultation, Submission
from portal.comments.points import Place, Point
from portal.comments.rules import Admission, CommentKind, CommentState, SubmissionState
from portal.conferences import undo
from portal.conferences.hall import acts
from portal.conferences.table import board, make_remark, queries, remarks
from portal.conferences.table.make_remark import Made, Stage, Wanted
from portal.conferences.table.models import SittingRemark
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid
from portal.kernel.offices import Office
from portal.territory.models import Body
from tests import factories
from tests.factories import NOW
from tests.hall import Hall

POINT = Point(CommentKind.OBJECTION, "I tempi sono troppo stretti.")


def consultation(hall: Hall, **more: object) -> Consultation:
    return factories.consultation(hall.chamber.version, Admission.BEFORE, **more)


def said(hall: Hall, who: Actor, key: str = "chiave-di-prova", item: int = 2, minutes: float = 3) -> Made:
    action = hall.chamber.actions[0]
    wanted = Wanted(hall.items[item - 1].id, action.id, factories.paragraphs_of(action)[0].key, POINT)
    return make_remark.make_remark(who, hall.sitting, wanted, key, now=hall.at(minutes))


def test_a_remark_from_the_seat_has_its_receipt_and_waits_in_the_cockpit() -> None:
    hall = Hall()
    consultation(hall)
    hall.open()
    hall.call_item(2)
    made = said(hall, hall.people[1])
    assert made.stage is Stage.SENT and made.code and made.number
    assert said(hall, hall.people[1]) == made  # the same form, sent twice
    assert db.session.query(SittingRemark).count() == db.session.query(Comment).count() == 1

    found = board.table_board(hall.secretariat, hall.sitting, hall.at(4))
    assert [(one.number, one.body, one.action_code, one.paragraph) for one in found.waiting] == [
        (made.number, "Comune 01", "A.1", 1)
    ]
    assert found.item and found.item.votable and queries.remarks(Actor.anonymous(), hall.sitting) == []

    remarks.admit(hall.secretariat, hall.sitting, made.comment_id, now=hall.at(5))
    remarks.mark_read(hall.secretariat, hall.sitting, made.comment_id, now=hall.at(6))
    public = queries.remarks(Actor.anonymous(), hall.sitting)
    assert [one.remark.number for one in public] == [made.number] and public[0].tie.read_at == hall.at(6)
    assert hall.told()[-3:] == ["RemarkMade", "RemarkRaised", "RemarkRead"]


def test_an_admission_of_the_cockpit_is_taken_back_within_ten_seconds() -> None:
    hall = Hall()
    consultation(hall)
    hall.open()
    hall.call_item(2)
    made = said(hall, hall.people[1])
    with pytest.raises(Conflict):
        remarks.mark_read(hall.secretariat, hall.sitting, made.comment_id, now=hall.at(5))
    remarks.admit(hall.secretariat, hall.sitting, made.comment_id, now=hall.at(5))
    with pytest.raises(Conflict):
        remarks.admit(hall.moderator, hall.sitting, made.comment_id, now=hall.at(5, 1))
    last = acts.last(hall.secretariat, hall.sitting, hall.at(5, 4))
    assert last is not None
    undo.undo(hall.secretariat, hall.sitting, last.id, now=hall.at(5, 5))
    assert db.session.get_one(Comment, made.comment_id, populate_existing=True).state is CommentState.SUBMITTED


def test_who_is_not_there_or_does_not_sign_is_told_what_to_do() -> None:
    hall = Hall()
    window = consultation(hall)
    hall.open(1, 2)
    hall.call_item(2)
    with pytest.raises(Forbidden) as absent:
        said(hall, hall.people[3])
    assert absent.value.code == "not_present"
    with pytest.raises(Invalid):
        said(hall, hall.people[1], item=1)  # an item about no action

    officer = factories.holder(Office.OFFICER, db.session.get_one(Body, hall.people[2].acting.body_id))  # type: ignore[union-attr]
    hall.accredit(2, officer, now=hall.at(3))
    hall.enter(2, now=hall.at(3))
    made = said(hall, officer, minutes=4)
    row = db.session.get_one(Submission, made.submission_id)
    assert made.stage is Stage.READY and row.state is SubmissionState.READY and made.number is None
    assert board.table_board(hall.secretariat, hall.sitting, hall.at(4)).waiting == ()
    submit.submit(hall.people[2], made.submission_id, now=hall.at(5))
    assert len(board.table_board(hall.secretariat, hall.sitting, hall.at(5)).waiting) == 1
    assert window.id == row.consultation_id


def test_before_the_opening_it_stays_a_draft_that_can_be_given_up() -> None:
    hall = Hall()
    consultation(hall, opens_at=hall.at(600), deadline_at=hall.at(9000))
    hall.open()
    hall.call_item(2)
    made = said(hall, hall.people[1])
    assert made.stage is Stage.DRAFT
    write_draft.discard(hall.people[1], made.submission_id, now=hall.at(4))
    assert db.session.query(SittingRemark).count() == 0


def test_a_remark_sent_before_is_called_up_once_and_tied_to_the_speech() -> None:
    hall = Hall()
    window = consultation(hall)
    place = Place(window.id, hall.chamber.actions[0].id)
    saved = write_draft.begin(hall.people[3], place, POINT, "chiave-di-prima", now=NOW)
    submit.submit(hall.people[3], saved.submission_id, now=NOW)
    number = db.session.get_one(Comment, saved.comment_id).number or 0
    decide.decide(hall.secretariat, saved.comment_id, True, None, "", now=NOW)
    hall.open()
    item = hall.call_item(2)
    with pytest.raises(Invalid):
        remarks.call_up(hall.secretariat, hall.sitting, item, number + 7, now=hall.at(2))
    remarks.call_up(hall.secretariat, hall.sitting, item, number, now=hall.at(2))
    with pytest.raises(Conflict):
        remarks.call_up(hall.secretariat, hall.sitting, item, number, now=hall.at(2))
    with pytest.raises(Conflict):
        remarks.tie_to_speech(hall.secretariat, hall.sitting, saved.comment_id, now=hall.at(2))
    assert [one.made_here for one in board.remark_lines(hall.secretariat, hall.sitting)] == [False]
