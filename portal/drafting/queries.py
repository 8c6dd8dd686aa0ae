"""Reading answers: who may know what of them, and what verbs need under their lock."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.accounts.models import Mandate, Person
from portal.accounts.queries import is_in_force
from portal.comments.models import Comment, Consultation, Submission
from portal.comments.rules import CommentState, Reader
from portal.comments.visibility import reader_of, visible_clause
from portal.db import db
from portal.drafting.models import Answer, AnswerServed, DuplicateMember, SavedView, Tag
from portal.drafting.rules import SETTLED, AnswerState, Outcome
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.offices import BodyKind, Office
from portal.kernel.permissions import Permission, can, offices_granted
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
    settled: bool = False  # approved: the remark cannot be taken back any more


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


@dataclass(frozen=True)
class AcceptedRemark:
    """A remark that was accepted, as far as a reader of the plan is told of it."""

    number: int
    body_name: str
    outcome: Outcome


CHANGING = (Outcome.ACCEPTED, Outcome.PARTIALLY_ACCEPTED)


def officers(now: datetime) -> list[Officer]:
    """The drafting team of today, by name."""
    rows = db.session.execute(_in_office(DRAFTING_OFFICES, now))
    return [Officer(*row) for row in rows]


def colleagues(now: datetime) -> list[Officer]:
    """Those who read internal notes today, by name: the drafting team and the secretariat."""
    offices = [office for kind, office in offices_granted(Permission.ANSWER_NOTE) if kind is BodyKind.METROPOLITAN_CITY]
    rows = db.session.execute(_in_office(offices, now))
    return [Officer(*row) for row in rows]


def _in_office(offices: Collection[Office], now: datetime) -> sa.Select[int, str]:
    return (
        sa.select(Person.id, Person.name)
        .join(Mandate, Mandate.person_id == Person.id)
        .join(Body, Body.id == Mandate.body_id)
        .where(Body.kind == BodyKind.METROPOLITAN_CITY, Mandate.office.in_(offices), is_in_force(now))
        .where(Person.erased_at.is_(None))
        .distinct()
        .order_by(Person.name, Person.id)
    )


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


def tag_for_update(tag_id: int) -> Tag | None:
    """A theme under lock."""
    query = sa.select(Tag).where(Tag.id == tag_id).with_for_update().execution_options(populate_existing=True)
    return db.session.execute(query).scalar_one_or_none()


def view_for_update(view_id: int) -> SavedView | None:
    """Kept filters under lock."""
    return db.session.execute(
        sa.select(SavedView).where(SavedView.id == view_id).with_for_update()
    ).scalar_one_or_none()


def twins_of(comment_id: int) -> list[int]:
    """The other admitted remarks of its group of duplicates, by number."""
    own = sa.select(DuplicateMember.group_id).where(DuplicateMember.comment_id == comment_id).scalar_subquery()
    rows = db.session.execute(
        sa.select(DuplicateMember.comment_id)
        .join(Comment, Comment.id == DuplicateMember.comment_id)
        .where(DuplicateMember.group_id == own, Comment.id != comment_id, Comment.state == CommentState.ADMITTED)
        .order_by(Comment.number)
    )
    return list(rows.scalars())


def served_by(comment_id: int) -> frozenset[int]:
    """The remarks whose answer is that of this one."""
    return frozenset(
        db.session.execute(sa.select(AnswerServed.comment_id).where(AnswerServed.source_id == comment_id)).scalars()
    )


def is_answered(comment_id: int) -> bool:
    """True once the answer to it is approved."""
    state = db.session.scalar(sa.select(Answer.state).where(Answer.comment_id == comment_id))
    return state in {AnswerState.APPROVED, AnswerState.PUBLISHED}


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
    public, settled = state is AnswerState.PUBLISHED, state in SETTLED
    if can(actor, Permission.ANSWER_READ):
        return AnswerView(comment_id, state, not public, outcome, text, officer, published_at, settled)
    if comment_state is not CommentState.ADMITTED:
        return None
    if public:
        return AnswerView(comment_id, state, False, outcome, text, "", published_at, settled)
    if reader_of(actor, body_id) is Reader.OWN_BODY:
        return AnswerView(comment_id, AnswerState.ASSIGNED, True, None, "", "", None, settled)
    return None


def accepted_on(actor: Actor, paragraph_ids: Collection[int]) -> dict[int, list[AcceptedRemark]]:
    """The remarks on some paragraphs whose published answer accepts them, in whole or in part."""
    found: dict[int, list[AcceptedRemark]] = {}
    if not paragraph_ids:
        return found
    rows = db.session.execute(
        sa.select(Comment.paragraph_id, Comment.number, Body.name, Answer.outcome)
        .join(Answer, Answer.comment_id == Comment.id)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .join(Body, Body.id == Comment.body_id)
        .where(Comment.paragraph_id.in_(sorted(set(paragraph_ids))), visible_clause(actor))
        .where(Answer.state == AnswerState.PUBLISHED, Answer.outcome.in_(CHANGING))
        .order_by(Comment.number)
    )
    for paragraph_id, number, name, outcome in rows:
        if paragraph_id and number and outcome:
            found.setdefault(paragraph_id, []).append(AcceptedRemark(number, name, outcome))
    return found


def same_answer(comment_id: int) -> list[int]:
    """The numbers of the other remarks that anybody may read and that have the same published answer."""
    own = sa.select(AnswerServed.source_id).where(AnswerServed.comment_id == comment_id).scalar_subquery()
    source = sa.func.coalesce(own, comment_id)
    served = sa.select(AnswerServed.comment_id).where(AnswerServed.source_id == source)
    rows = db.session.execute(
        sa.select(Comment.number)
        .join(Answer, Answer.comment_id == Comment.id)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .where(sa.or_(Comment.id == source, Comment.id.in_(served)), Comment.id != comment_id, *published_for_all())
        .order_by(Comment.number)
    ).scalars()
    return [number for number in rows if number is not None]


def latest_published(limit: int = 5, action_id: int | None = None) -> list[PublishedAnswer]:
    """The newest answers that anybody may read, newest first; on everything, or on one action."""
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
        .where(*published_for_all(), sa.true() if action_id is None else Comment.action_id == action_id)
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
