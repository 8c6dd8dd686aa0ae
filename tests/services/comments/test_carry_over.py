"""A new version appears while somebody writes: what is said of it, and how a draft is carried over."""

from __future__ import annotations

from typing import Any

import pytest

from portal.comments import carry_over, newer, submit
from portal.comments.anchors import anchors_of
from portal.comments.difference import Op
from portal.comments.models import Comment, Consultation, Submission
from portal.comments.passages import Passage
from portal.db import db
from portal.kernel.errors import Conflict, Forbidden, NotFound
from portal.kernel.offices import BodyKind
from portal.plan.models import Paragraph, PlanVersion
from tests import factories
from tests.factories import NOW
from tests.writing import Desk, next_version, point

SECOND = "La seconda frase dice altro."


@pytest.fixture
def desk() -> Desk:
    return Desk(factories.consultation(factories.version(actions=2)))


def of(paragraph: Paragraph, words: str = SECOND) -> Passage:
    start = paragraph.text.index(words)
    return Passage(paragraph.key, start, start + len(words), words)


def reopened(desk: Desk, texts: dict[str, str | None] | None = None, **more: Any) -> Consultation:
    return factories.consultation(next_version(desk.consultation.version, texts), **more)


def carried(desk: Desk, submission_id: int, to: Consultation) -> carry_over.Carried:
    return carry_over.carry_over(desk.officer, submission_id, to.id, now=NOW)


def news(desk: Desk, version: PlanVersion, *chosen: Passage) -> newer.News:
    found = newer.version_after(desk.officer, desk.consultation.version_id, NOW)
    assert found is not None and found.id == version.id
    [only] = newer.news_of(found, [(desk.paragraph.key, desk.paragraph.text, chosen)])
    assert only is not None
    return only


def test_while_no_version_came_later_there_is_no_news(desk: Desk) -> None:
    factories.consultation()
    assert newer.version_after(desk.officer, desk.consultation.version_id, NOW) is None


def test_a_paragraph_that_reads_the_same_is_no_news(desk: Desk) -> None:
    found = news(desk, next_version(desk.consultation.version), of(desk.paragraph))
    assert (found.gone, found.change, found.lost) == (False, (), ())


def test_what_changed_is_shown_and_words_that_moved_are_found(desk: Desk) -> None:
    version = next_version(desk.consultation.version, {desk.paragraph.key: f"Premessa nuova. {desk.paragraph.text}"})
    found = news(desk, version, of(desk.paragraph))
    assert [part.text for part in found.change if part.op is Op.ADDED] == ["Premessa nuova. "]
    assert found.lost == ()


def test_words_that_are_gone_are_named(desk: Desk) -> None:
    version = next_version(desk.consultation.version, {desk.paragraph.key: "Comma 1 dell'azione 1."})
    assert news(desk, version, of(desk.paragraph)).lost == (SECOND,)


def test_a_paragraph_that_is_gone_is_said_to_be(desk: Desk) -> None:
    version = next_version(desk.consultation.version, {desk.paragraph.key: None})
    assert news(desk, version).gone


def test_a_version_receives_only_while_its_consultation_takes_the_body(desk: Desk) -> None:
    to = reopened(desk, body_kinds=[BodyKind.FORUM_ORGANISATION.value])
    saved = desk.draft()
    found = newer.version_after(desk.officer, desk.consultation.version_id, NOW)
    assert found is not None and not found.receives
    with pytest.raises(Forbidden):
        carried(desk, saved.submission_id, to)


def test_a_draft_is_carried_over_with_its_words_at_their_new_place(desk: Desk) -> None:
    saved = desk.draft(point(passages=(of(desk.paragraph),)))
    to = reopened(desk, {desk.paragraph.key: f"Premessa nuova. {desk.paragraph.text}"})
    assert carried(desk, saved.submission_id, to) == carry_over.Carried(1, ())
    [row] = anchors_of([saved.comment_id])[saved.comment_id]
    assert (row.exact, row.text[row.start : row.end], row.start) == (SECOND, SECOND, 39)
    comment = db.session.get_one(Comment, saved.comment_id)
    assert comment.paragraph is not None
    assert (comment.paragraph.version_id, comment.paragraph.key) == (to.version_id, desk.paragraph.key)
    assert (comment.consultation_id, comment.observation) == (to.id, "La seconda frase va chiarita.")
    assert submit.submit(desk.mayor, saved.submission_id, now=NOW)
    assert f'"number":{to.version.number}' in (db.session.get_one(Submission, saved.submission_id).canonical or "")


def test_words_that_are_gone_leave_the_whole_paragraph_to_look_at_again(desk: Desk) -> None:
    saved = desk.draft(point(passages=(of(desk.paragraph),)))
    to = reopened(desk, {desk.paragraph.key: "Comma 1 dell'azione 1, riscritto."})
    assert carried(desk, saved.submission_id, to).to_review == (saved.comment_id,)
    [row] = anchors_of([saved.comment_id])[saved.comment_id]
    assert (row.unit, row.exact) == ("whole", "Comma 1 dell'azione 1, riscritto.")


def test_a_paragraph_that_is_gone_leaves_its_action(desk: Desk) -> None:
    saved = desk.draft()
    to = reopened(desk, {desk.paragraph.key: None})
    assert carried(desk, saved.submission_id, to).to_review == (saved.comment_id,)
    comment = db.session.get_one(Comment, saved.comment_id)
    assert (comment.paragraph_id, comment.action and comment.action.code) == (None, "A.1")
    assert comment.proposed_text.startswith("Comma 1")


def test_a_draft_goes_neither_back_nor_to_another_plan(desk: Desk) -> None:
    saved = desk.draft()
    to = reopened(desk)
    carried(desk, saved.submission_id, to)
    for target in (desk.consultation, to, factories.consultation()):
        with pytest.raises(Conflict):
            carried(desk, saved.submission_id, target)


def test_what_was_sent_or_is_a_strangers_stays_where_it_is(desk: Desk) -> None:
    sent, to = desk.sent(), reopened(desk)
    with pytest.raises(Conflict):
        carried(desk, sent.id, to)
    with pytest.raises(NotFound):
        carried(Desk(desk.consultation), sent.id, to)
    with pytest.raises(NotFound):
        carry_over.carry_over(desk.officer, desk.draft().submission_id, 999, now=NOW)
