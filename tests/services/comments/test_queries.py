"""Reading remarks: rows, pages by key, filters, and nothing that grows with their number."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.comments import desk as desks
from portal.comments import places, queries
from portal.comments.points import Point
from portal.comments.queries import Filters
from portal.comments.rules import Admission, CommentKind, CommentState, Reader, SubmissionState
from portal.comments.visibility import reader_of
from portal.db import db
from portal.drafting import queries as answers
from portal.drafting.rules import Outcome
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.offices import Office
from tests import factories
from tests.factories import NOW
from tests.remarks import Round
from tests.writing import Desk, comments_of, point

ANYBODY = Actor.anonymous()


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that run inside."""
    found: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)


def test_who_reads_in_what_quality() -> None:
    desk = Desk()
    found = {
        Office.SECRETARIAT: reader_of(factories.holder(Office.SECRETARIAT), desk.body.id),
        Office.DRAFTING_LEAD: reader_of(factories.holder(Office.DRAFTING_LEAD), desk.body.id),
        Office.OFFICER: reader_of(desk.officer, desk.body.id),
        Office.MAYOR: reader_of(factories.holder(Office.MAYOR, factories.body()), desk.body.id),
    }
    assert list(found.values()) == [Reader.SECRETARIAT, Reader.DRAFTING, Reader.OWN_BODY, Reader.PUBLIC]
    assert reader_of(ANYBODY) is Reader.PUBLIC


def test_lists_go_on_after_a_number() -> None:
    desk = Desk()
    for _ in range(5):
        desk.sent()
    newest = queries.list_remarks(ANYBODY, limit=2)
    older = queries.list_remarks(ANYBODY, after=newest[-1].number, limit=2)
    assert [row.number for row in newest + older] == [5, 4, 3, 2]
    beside = queries.remarks_on_action(ANYBODY, desk.action.id, after=3)
    assert [row.number for row in beside] == [4, 5]
    assert beside[0].paragraph_text == desk.paragraph.text


def test_filters_narrow_together() -> None:
    desk = Desk()
    desk.sent(point(CommentKind.SUPPORT))
    desk.sent(place=desk.whole)
    other = Desk(desk.consultation)
    other.sent(point(CommentKind.SUPPORT))
    wanted = Filters(kind=CommentKind.SUPPORT, body_key=desk.body.key, action_code="A.1", state=CommentState.SUBMITTED)
    assert [row.number for row in queries.list_remarks(ANYBODY, wanted)] == [1]
    assert [row.number for row in queries.remarks_of_body(ANYBODY, other.body.id)] == [3]
    assert queries.speakers(ANYBODY) == [(b.key, b.name) for b in (desk.body, other.body)]


def test_the_outcome_of_an_answer_narrows_a_list() -> None:
    round_ = Round()
    round_.published()
    round_.admitted()
    found = queries.list_remarks(ANYBODY, Filters(among=answers.answered_with(Outcome.ACCEPTED)))
    assert [row.number for row in found] == [1]
    assert queries.list_remarks(ANYBODY, Filters(among=answers.answered_with(Outcome.NOTED))) == []


def test_a_hidden_remark_has_an_address_and_no_text() -> None:
    desk = Desk(factories.consultation(admission=Admission.BEFORE))
    desk.sent()
    found = queries.remark(ANYBODY, 1)
    assert (found.visible, found.observation, found.proposed_text, found.reasons) == (False, "", "", "")
    assert queries.list_remarks(ANYBODY) == []
    assert [row.number for row in queries.list_remarks(desk.officer)] == [1]
    with pytest.raises(NotFound):
        queries.remark(ANYBODY, 2)


def test_drafts_are_in_no_list() -> None:
    desk = Desk()
    desk.draft()
    assert queries.list_remarks(desk.officer) == []
    assert queries.list_remarks(factories.holder(Office.SECRETARIAT)) == []


def test_the_desk_knows_what_to_sign_and_what_is_unfinished() -> None:
    desk = Desk()
    saved = desk.draft(Point(CommentKind.SUPPORT))
    [row] = desks.drafts(desk.mayor)
    assert (row.id, row.points, row.first_place, row.state) == (
        saved.submission_id,
        1,
        "Azione 1",
        SubmissionState.DRAFT,
    )
    draft = desks.draft(desk.mayor, saved.submission_id)
    assert not draft.is_complete
    assert [str(words) for words in draft.points[0].missing] == ["Write the observation."]
    assert [(g.code, g.sent, g.drafts) for g in desks.grid(desk.mayor, desk.consultation.version_id)] == [("A.1", 0, 1)]
    with pytest.raises(NotFound):
        desks.draft(factories.holder(Office.MAYOR, factories.body()), saved.submission_id)


def test_the_grid_counts_what_was_sent_and_not_taken_back() -> None:
    desk = Desk()
    desk.sent()
    desk.draft()
    assert [(g.sent, g.drafts) for g in desks.grid(desk.officer, desk.consultation.version_id)] == [(1, 1)]
    assert desks.counts(desk.officer) == {CommentState.SUBMITTED: 1, CommentState.DRAFT: 1}


def test_a_place_is_found_in_the_open_consultation_first() -> None:
    old = factories.consultation(opens_at=NOW.replace(year=2026), deadline_at=NOW.replace(year=2026, month=4))
    new = factories.consultation()
    assert places.spot(NOW, action="A.1").window.id == new.id
    assert places.spot(NOW, action="A.1", consultation_id=old.id).window.id == old.id
    wrongs: list[dict[str, Any]] = [{"action": "Z.9"}, {"action": "A.1", "paragraph": "c-no"}, {"paragraph": "c-no"}]
    for wrong in wrongs:
        with pytest.raises(NotFound):
            places.spot(NOW, **wrong)
    assert places.spot(NOW, section="A").title == "Asse A"
    assert places.spot(NOW).code == ""


def test_reading_costs_the_same_however_many_there_are() -> None:
    desk = Desk()
    for _ in range(3):
        desk.sent()
    costs = []
    for _ in range(2):
        with counted() as statements:
            queries.list_remarks(ANYBODY)
            queries.remarks_on_action(ANYBODY, desk.action.id)
            queries.remark(ANYBODY, 1)
            desks.drafts(desk.officer)
            desks.grid(desk.officer, desk.consultation.version_id)
        costs.append(len([s for s in statements if not s.startswith("BEGIN")]))
        for _ in range(4):
            desk.sent()
            desk.draft()
    assert costs == [5, 5]


def test_a_whole_submission_reads_its_comuni() -> None:
    desk = Desk()
    comuni = tuple(factories.body(name).id for name in ("Valle", "Borgo"))
    [comment] = comments_of(desk.sent(point(territory=comuni)))
    found = queries.whole(ANYBODY, comment.number or 0)
    assert found == queries.Whole(queries.remark(ANYBODY, comment.number or 0), None, None, ("Borgo", "Valle"), False)


def test_the_decision_that_holds_is_read_with_a_remark_and_its_words_by_its_author() -> None:
    round_ = Round()
    remark = round_.remark()
    for decided in (round_.admit, round_.refuse):
        decided(remark, now=NOW + timedelta(hours=1))
    told = {who: queries.whole(who, remark.number or 0) for who in (ANYBODY, round_.mayor)}
    assert {who: (found.decision.admitted, bool(found.decision.text), bool(found.code)) for who, found in told.items()
            if found.decision} == {ANYBODY: (False, False, False), round_.mayor: (False, True, True)}  # fmt: skip
    with pytest.raises(NotFound):
        queries.whole(ANYBODY, 99)
