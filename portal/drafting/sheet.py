"""Reading for the page on which an answer is written: the answer, its wordings, notes, and what stands around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.accounts.models import Person
from portal.comments.models import Comment, Consultation, Submission
from portal.comments.queries import Remark
from portal.comments.rules import CommentKind, CommentState
from portal.comments.visibility import visible_clause
from portal.db import db
from portal.drafting.models import Answer, AnswerDraft, AnswerRevision, InternalNote
from portal.drafting.rules import AnswerState, Outcome
from portal.kernel.actor import Actor
from portal.territory.models import Body

Officer, Proposer, Approver = aliased(Person), aliased(Person), aliased(Person)


@dataclass(frozen=True)
class AnswerSheet:
    """An answer with the people who made it."""

    id: int
    state: AnswerState
    outcome: Outcome | None
    text: str
    revision: int
    officer_id: int
    officer: str
    proposed_by_id: int | None
    proposed_by: str | None
    proposed_at: datetime | None
    approved_by: str | None
    approved_at: datetime | None
    published_at: datetime | None


@dataclass(frozen=True)
class Wording:
    """One wording that was put forward."""

    revision: int
    outcome: Outcome
    text: str
    person: str
    at: datetime


@dataclass(frozen=True)
class Begun:
    """What somebody began to write and has not put forward, over which revision."""

    outcome: Outcome | None
    text: str
    revision: int
    saved_at: datetime


@dataclass(frozen=True)
class Note:
    """What a colleague wrote."""

    id: int
    text: str
    person: str
    at: datetime


@dataclass(frozen=True)
class Sibling:
    """Another remark on the same paragraph, or an answer already given on the same action."""

    number: int
    body_name: str
    kind: CommentKind
    state: CommentState
    observation: str
    proposed_text: str
    answer_state: AnswerState | None
    outcome: Outcome | None
    answer: str
    paragraph_id: int | None


def authors(comment_id: int) -> frozenset[int | None]:
    """The persons who began and signed the remark: they do not answer it."""
    row = db.session.execute(
        sa.select(Submission.person_id, Submission.signed_person_id)
        .join(Comment, Comment.submission_id == Submission.id)
        .where(Comment.id == comment_id)
    ).one()
    return frozenset(row)


def answer(comment_id: int) -> AnswerSheet | None:
    """The answer to a remark; None while nobody has it."""
    row = (
        db.session.execute(
            sa.select(
                Answer.id,
                Answer.state,
                Answer.outcome,
                Answer.text,
                Answer.revision,
                Answer.officer_id,
                Officer.name.label("officer"),
                Answer.proposed_by_id,
                Proposer.name.label("proposed_by"),
                Answer.proposed_at,
                Approver.name.label("approved_by"),
                Answer.approved_at,
                Answer.published_at,
            )
            .join(Officer, Officer.id == Answer.officer_id)
            .outerjoin(Proposer, Proposer.id == Answer.proposed_by_id)
            .outerjoin(Approver, Approver.id == Answer.approved_by_id)
            .where(Answer.comment_id == comment_id)
        )
        .mappings()
        .one_or_none()
    )
    return AnswerSheet(**row) if row else None


def wordings(answer_id: int) -> list[Wording]:
    """Every wording, the newest first."""
    rows = db.session.execute(
        sa.select(AnswerRevision.revision, AnswerRevision.outcome, AnswerRevision.text, Person.name, AnswerRevision.at)
        .join(Person, Person.id == AnswerRevision.person_id)
        .where(AnswerRevision.answer_id == answer_id)
        .order_by(AnswerRevision.revision.desc())
    )
    return [Wording(*row) for row in rows]


def draft(actor: Actor, comment_id: int) -> Begun | None:
    """What this person is writing about the remark; nobody else's."""
    row = db.session.execute(
        sa.select(AnswerDraft.outcome, AnswerDraft.text, AnswerDraft.revision, AnswerDraft.saved_at).where(
            AnswerDraft.comment_id == comment_id, AnswerDraft.person_id == actor.person_id
        )
    ).one_or_none()
    return Begun(*row) if row else None


def notes(comment_id: int) -> list[Note]:
    """Internal notes, the oldest first."""
    rows = db.session.execute(
        sa.select(InternalNote.id, InternalNote.text, Person.name, InternalNote.at)
        .join(Person, Person.id == InternalNote.person_id)
        .where(InternalNote.comment_id == comment_id)
        .order_by(InternalNote.id)
    )
    return [Note(*row) for row in rows]


def siblings(actor: Actor, of: Remark, *, limit: int = 60) -> list[Sibling]:
    """Other remarks on the same action or section that this reader may see, with their answers, by number."""
    same = Comment.action_id == of.action_id if of.action_id else _same_section(of)
    query = (
        sa.select(
            Comment.number,
            Body.name.label("body_name"),
            Comment.kind,
            Comment.state,
            Comment.observation,
            Comment.proposed_text,
            Answer.state.label("answer_state"),
            Answer.outcome,
            sa.func.coalesce(Answer.text, "").label("answer"),
            Comment.paragraph_id,
        )
        .select_from(Comment)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .join(Body, Body.id == Comment.body_id)
        .outerjoin(Answer, Answer.comment_id == Comment.id)
        .where(same, Comment.consultation_id == of.consultation_id, Comment.id != of.id)
        .where(Comment.state == CommentState.ADMITTED, visible_clause(actor))
        .order_by(Comment.number)
        .limit(limit)
    )
    return [Sibling(**row) for row in db.session.execute(query).mappings()]


def _same_section(of: Remark) -> sa.ColumnElement[bool]:
    section = sa.select(Comment.section_id).where(Comment.id == of.id).scalar_subquery()
    if of.section_code:
        return Comment.section_id == section
    return sa.and_(Comment.action_id.is_(None), Comment.section_id.is_(None))
