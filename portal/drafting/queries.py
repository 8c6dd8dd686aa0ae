"""Reading answers: who may know what of them, and what verbs need under their lock."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.accounts.models import Mandate, Person
from portal.comments.models import Comment, Consultation, Submission
from portal.comments.rules import CommentState, Reader
from portal.comments.visibility import reader_of, visible_clause
from portal.db import db
from portal.drafting.models import Answer
from portal.drafting.rules import AnswerState, Outcome
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.kernel.errors import NotFound
from portal.kernel.offices import BodyKind, Office
from portal.kernel.permissions import Permission, can
from portal.plan.models import Action, Paragraph
from portal.territory.models import Body

DRAFTING_OFFICES = (Office.DRAFTING_OFFICER, Office.DRAFTING_LEAD)


@dataclass(frozen=True)
class Officer:
    """Somebody of the drafting team."""

    person_id: int
    name: str


@dataclass(frozen=True)
class AnswerView:
    """What a reader may know of an answer; text, outcome and officer are missing where they may not."""

    comment_id: int
    state: AnswerState
    in_preparation: bool
    outcome: Outcome | None
    text: str
    officer: str
    published_at: datetime | None


@dataclass(frozen=True)
class PublishedAnswer:
    """An answer that everybody can read, with the remark it answers."""

    number: int
    body_key: str
    body_name: str
    action_code: str
    action_title: str
    paragraph: int | None
    observation: str
    outcome: Outcome
    text: str
    published_at: datetime


def officers(now: datetime) -> list[Officer]:
    """The drafting team of today, by name."""
    today = local_day(now)
    rows = db.session.execute(
        sa.select(Person.id, Person.name)
        .join(Mandate, Mandate.person_id == Person.id)
        .join(Body, Body.id == Mandate.body_id)
        .where(Body.kind == BodyKind.METROPOLITAN_CITY, Mandate.office.in_(DRAFTING_OFFICES))
        .where(Mandate.starts_on <= today, sa.or_(Mandate.ends_on.is_(None), Mandate.ends_on >= today))
        .where(sa.or_(Mandate.revoked_at.is_(None), Mandate.revoked_at > now))
        .where(Person.erased_at.is_(None))
        .distinct()
        .order_by(Person.name, Person.id)
    )
    return [Officer(*row) for row in rows]


def remark_for_update(comment_id: int) -> Comment | None:
    """A submitted remark under lock; a draft is nothing to the drafting team."""
    query = sa.select(Comment).where(Comment.id == comment_id, Comment.state != CommentState.DRAFT)
    query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.execute(query).scalar_one_or_none()


def answer_for_update(comment_id: int) -> Answer | None:
    """The answer to a remark under lock, if there is one."""
    query = sa.select(Answer).where(Answer.comment_id == comment_id)
    query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.execute(query).scalar_one_or_none()


def both_for_update(comment_id: int) -> tuple[Comment, Answer]:
    """A remark and its answer; nothing is there if either is missing."""
    comment, answer = remark_for_update(comment_id), answer_for_update(comment_id)
    if comment is None or answer is None:
        raise NotFound()
    return comment, answer


def authors_of(comment: Comment) -> tuple[int, int | None]:
    """Who began the submission of a remark and who signed it."""
    row = db.session.execute(
        sa.select(Submission.person_id, Submission.signed_person_id).where(Submission.id == comment.submission_id)
    ).one()
    return row[0], row[1]


def answer_of(actor: Actor, comment_id: int) -> AnswerView | None:
    """The answer to a remark as this reader may know it.

    The public reads what is published; the body that made the remark also learns that an answer is being prepared;
    the drafting team and the secretariat read everything. Where the remark's text is hidden, so is its answer.
    """
    row = db.session.execute(
        sa.select(
            Answer.state, Answer.outcome, Answer.text, Person.name, Answer.published_at, Comment.body_id, Comment.state
        )
        .join(Comment, Comment.id == Answer.comment_id)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .join(Person, Person.id == Answer.officer_id)
        .where(Answer.comment_id == comment_id, visible_clause(actor))
    ).one_or_none()
    if row is None:
        return None
    state, outcome, text, officer, published_at, body_id, comment_state = row
    if can(actor, Permission.ANSWER_READ):
        return AnswerView(comment_id, state, state is not AnswerState.PUBLISHED, outcome, text, officer, published_at)
    if comment_state is not CommentState.ADMITTED:
        return None
    if state is AnswerState.PUBLISHED:
        return AnswerView(comment_id, state, False, outcome, text, "", published_at)
    if reader_of(actor, body_id) is Reader.OWN_BODY:
        return AnswerView(comment_id, AnswerState.ASSIGNED, True, None, "", "", None)
    return None


def latest_published(limit: int = 5) -> list[PublishedAnswer]:
    """The newest answers that anybody may read, newest first."""
    rows = db.session.execute(
        sa.select(
            Comment.number,
            Body.key.label("body_key"),
            Body.name.label("body_name"),
            sa.func.coalesce(Action.code, "").label("action_code"),
            sa.func.coalesce(Action.title, "").label("action_title"),
            Paragraph.number.label("paragraph"),
            Comment.observation,
            Answer.outcome,
            Answer.text,
            Answer.published_at,
        )
        .join(Comment, Comment.id == Answer.comment_id)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .join(Body, Body.id == Comment.body_id)
        .outerjoin(Action, Action.id == Comment.action_id)
        .outerjoin(Paragraph, Paragraph.id == Comment.paragraph_id)
        .where(*published_for_all())
        .order_by(Answer.published_at.desc(), Answer.id.desc())
        .limit(limit)
    )
    return [PublishedAnswer(**row) for row in rows.mappings()]


def outcomes_of(comment_ids: Collection[int]) -> dict[int, Outcome]:
    """The published outcome of each of these remarks that has one and that anybody may read."""
    if not comment_ids:
        return {}
    rows = db.session.execute(
        sa.select(Answer.comment_id, Answer.outcome)
        .join(Comment, Comment.id == Answer.comment_id)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .where(Answer.comment_id.in_(comment_ids), *published_for_all())
    )
    return {comment_id: outcome for comment_id, outcome in rows if outcome is not None}


def published_for_all() -> tuple[sa.ColumnElement[bool], ...]:
    """Published answers to remarks that are admitted and public; join Comment and Consultation."""
    return (
        Answer.state == AnswerState.PUBLISHED,
        Comment.state == CommentState.ADMITTED,
        visible_clause(Actor.anonymous()),
    )


def answered_with(outcome: Outcome) -> sa.Select[int]:
    """The ids of public remarks whose published answer has this outcome, as a selectable for lists of remarks."""
    return (
        sa.select(Answer.comment_id)
        .join(Comment, Comment.id == Answer.comment_id)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .where(Answer.outcome == outcome, *published_for_all())
    )
