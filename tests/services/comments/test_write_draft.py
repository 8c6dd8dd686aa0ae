"""Drafts: kept as one types, never doubled, never lost, never somebody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from portal.comments import points, submit, write_draft
from portal.comments.models import Submission
from portal.comments.points import Overtaken, Place, Point
from portal.comments.rules import CommentKind, SubmissionState
from portal.db import db
from portal.journal.models import Entry
from portal.kernel.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from portal.kernel.offices import BodyKind, Office
from tests import factories
from tests.factories import NOW
from tests.writing import Desk, comments_of, key, point


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_an_unfinished_point_is_kept_as_typed(desk: Desk) -> None:
    saved = desk.draft(Point(CommentKind.QUESTION, observation="  Perché\r\nno? 👩‍🌾 \u202bשלום\u202c <script>  "))
    [comment] = comments_of(saved.submission_id)
    assert comment.observation == "Perché\nno? 👩‍🌾 \u202bשלום\u202c <script>"
    assert (saved.revision, comment.number, comment.kind) == (1, None, CommentKind.QUESTION)


def test_the_same_key_sent_twice_makes_one_draft(desk: Desk) -> None:
    once, again = (desk.draft(client_key="chiave-uguale-1") for _ in range(2))
    assert once == again
    assert db.session.query(Submission).count() == 1


def test_the_same_key_after_sending_finds_what_was_sent(desk: Desk) -> None:
    saved = desk.draft(client_key="chiave-uguale-1")
    submit.submit(desk.mayor, saved.submission_id, now=NOW)
    again = desk.draft(point(observation="Altro"), client_key="chiave-uguale-1")
    assert (again.submission_id, again.state) == (saved.submission_id, SubmissionState.SUBMITTED)
    assert comments_of(saved.submission_id)[0].observation != "Altro"


def test_another_point_joins_the_same_draft_once(desk: Desk) -> None:
    first = desk.draft()
    other = key()
    for _ in range(2):
        desk.draft(place=desk.whole, client_key=other, submission_id=first.submission_id)
    assert [(c.position, c.paragraph_id is None) for c in comments_of(first.submission_id)] == [(1, False), (2, True)]


def test_saving_again_raises_the_revision_only_when_something_changed(desk: Desk) -> None:
    saved = desk.draft()
    same = write_draft.revise(desk.officer, saved.comment_id, point(), saved.revision, now=NOW)
    changed = write_draft.revise(desk.officer, saved.comment_id, point(reasons="Ecco"), same.revision, now=NOW)
    assert (saved.revision, same.revision, changed.revision) == (1, 1, 2)


def test_two_windows_on_one_draft_lose_neither_text(desk: Desk) -> None:
    saved = desk.draft()
    write_draft.revise(desk.officer, saved.comment_id, point(reasons="Dalla prima"), saved.revision, now=NOW)
    with pytest.raises(Overtaken) as refused:
        write_draft.revise(desk.officer, saved.comment_id, point(reasons="Dalla seconda"), saved.revision, now=NOW)
    assert (refused.value.stored.reasons, refused.value.revision) == ("Dalla prima", 2)
    kept = write_draft.revise(desk.officer, saved.comment_id, point(reasons="Dalle due"), 2, now=NOW)
    assert kept.revision == 3


def test_a_duplicated_window_of_a_new_draft_is_noticed_too(desk: Desk) -> None:
    desk.draft(client_key="chiave-uguale-1")
    with pytest.raises(Overtaken):
        desk.draft(point(reasons="Dalla copia"), client_key="chiave-uguale-1")


def test_colleagues_of_the_same_body_share_drafts(desk: Desk) -> None:
    colleague = factories.holder(Office.OFFICER, desk.body)
    saved = desk.draft()
    assert write_draft.revise(colleague, saved.comment_id, point(reasons="Mie"), 1, now=NOW).revision == 2


@pytest.mark.parametrize("act", ["revise", "remove", "discard", "submit", "append"])
def test_a_strangers_draft_is_not_there(desk: Desk, act: str) -> None:
    saved, stranger = desk.draft(), factories.holder(Office.MAYOR, factories.body())
    acts = {
        "revise": lambda: write_draft.revise(stranger, saved.comment_id, point(), 1, now=NOW),
        "remove": lambda: write_draft.remove(stranger, saved.comment_id, now=NOW),
        "discard": lambda: write_draft.discard(stranger, saved.submission_id, now=NOW),
        "submit": lambda: submit.submit(stranger, saved.submission_id, now=NOW),
        "append": lambda: desk.draft(who=stranger, submission_id=saved.submission_id),
    }
    with pytest.raises(NotFound):
        acts[act]()


def test_the_same_person_under_another_mandate_does_not_reach_the_draft(desk: Desk) -> None:
    who = factories.person()
    here = factories.mandate(who, desk.body, Office.OFFICER)
    there = factories.mandate(who, factories.body("Unione", BodyKind.UNION), Office.UNION_PRESIDENT)
    saved = desk.draft(who=factories.actor(who, acting=here))
    with pytest.raises(NotFound):
        write_draft.revise(factories.actor(who, acting=there), saved.comment_id, point(), 1, now=NOW)


def test_an_ended_mandate_cannot_be_named(desk: Desk) -> None:
    who = factories.person()
    ended = factories.mandate(who, desk.body, Office.OFFICER, ends_on=date(2027, 2, 28))
    with pytest.raises(Forbidden) as refused:
        factories.actor(who).acting_under(ended.id)
    assert refused.value.code == "mandate_ended"
    with pytest.raises(Forbidden):
        desk.draft(who=factories.actor(who))


@pytest.mark.parametrize("office", [Office.SECRETARIAT, Office.DRAFTING_OFFICER, Office.AUDITOR])
def test_staff_of_the_metropolitan_city_does_not_write(desk: Desk, office: Office) -> None:
    with pytest.raises(Forbidden):
        desk.draft(who=factories.holder(office))


def test_a_kind_of_body_that_is_not_admitted_does_not_write() -> None:
    desk = Desk(factories.consultation(body_kinds=["union_of_municipalities"]))
    with pytest.raises(Forbidden) as refused:
        desk.draft()
    assert refused.value.code == "body_kind"


@pytest.mark.parametrize(("field", "limit"), [("observation", 5_000), ("proposed_text", 10_000), ("reasons", 5_000)])
def test_each_text_has_its_limit_to_the_character(desk: Desk, field: str, limit: int) -> None:
    def of(length: int) -> Any:
        return {field: "è" * length}

    assert desk.draft(replace(point(), **of(limit))).revision == 1
    for length in (limit + 1, 200_000):
        with pytest.raises(Invalid) as refused:
            desk.draft(replace(point(), **of(length)))
        assert (refused.value.code, refused.value.field) == ("too_long", field)


def test_control_characters_are_refused(desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        desk.draft(point(reasons="prima\x00dopo"))
    assert (refused.value.code, refused.value.field) == ("control_character", "reasons")


def test_places_of_another_plan_are_not_there(desk: Desk) -> None:
    other = factories.actions_of(factories.version())[0]
    foreign = factories.paragraphs_of(other)[0]
    places = [
        Place(desk.consultation.id, action_id=other.id),
        Place(desk.consultation.id, action_id=desk.action.id, paragraph_id=foreign.id),
        Place(desk.consultation.id, paragraph_id=desk.paragraph.id),
        Place(987_654, action_id=desk.action.id),
    ]
    for place in places:
        with pytest.raises(NotFound):
            desk.draft(place=place)


def test_territory_is_made_of_comuni(desk: Desk) -> None:
    a, b = factories.body("Comune A"), factories.body("Comune B")
    saved = desk.draft(point(territory=(b.id, a.id, a.id)))
    assert [body.name for body in comments_of(saved.submission_id)[0].territory] == ["Comune A", "Comune B"]
    with pytest.raises(Invalid):
        desk.draft(point(territory=(factories.body(kind=BodyKind.UNION).id,)))


def test_a_point_can_be_taken_out_but_the_last_stays(desk: Desk) -> None:
    first = desk.draft()
    second = desk.draft(submission_id=first.submission_id)
    write_draft.remove(desk.officer, first.comment_id, now=NOW)
    assert [c.id for c in comments_of(first.submission_id)] == [second.comment_id]
    with pytest.raises(Conflict):
        write_draft.remove(desk.officer, second.comment_id, now=NOW)


def test_a_discarded_draft_leaves_no_text_behind(desk: Desk) -> None:
    saved = desk.draft()
    for _ in range(2):
        write_draft.discard(desk.officer, saved.submission_id, now=NOW)
    assert comments_of(saved.submission_id) == []
    assert [e.kind for e in db.session.query(Entry).filter(Entry.stream.like("consultation:%"))] == [
        "SubmissionDiscarded"
    ]


def test_what_was_sent_is_neither_changed_nor_discarded(desk: Desk) -> None:
    [comment] = comments_of(sent := desk.sent())
    acts = (
        lambda: write_draft.revise(desk.officer, comment.id, point(), 1, now=NOW),
        lambda: write_draft.remove(desk.officer, comment.id, now=NOW),
        lambda: write_draft.discard(desk.officer, sent.id, now=NOW),
        lambda: desk.draft(submission_id=sent.id),
    )
    for act in acts:
        with pytest.raises(Conflict):
            act()


def test_nobody_writes_after_the_conclusion() -> None:
    desk = Desk(factories.consultation(concluded_at=NOW))
    with pytest.raises(Conflict):
        desk.draft()


def test_one_can_write_before_the_opening_and_after_the_deadline() -> None:
    early = Desk(factories.consultation(opens_at=NOW + timedelta(days=1)))
    late = Desk(factories.consultation(deadline_at=NOW - timedelta(days=1)))
    assert early.draft().revision == late.draft().revision == 1


def test_drafts_and_points_have_a_limit(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(points, "DRAFTS_LIMIT", 2)
    monkeypatch.setattr(points, "POINTS_LIMIT", 2)
    first, _ = desk.draft(), desk.draft()
    with pytest.raises(Conflict) as refused:
        desk.draft()
    assert refused.value.code == "too_many_drafts"
    desk.draft(submission_id=first.submission_id)
    with pytest.raises(Conflict) as refused:
        desk.draft(submission_id=first.submission_id)
    assert refused.value.code == "too_many_points"


@pytest.mark.parametrize("bad", ["", "corta", "x" * 65, "con spazi dentro", "<script>alert"])
def test_a_form_without_a_proper_key_is_refused(desk: Desk, bad: str) -> None:
    with pytest.raises(DomainError):
        desk.draft(client_key=bad)
