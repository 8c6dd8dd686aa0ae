"""Reading for the desk of a body: what to sign, drafts, the grid of actions. Rows of the acting body alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.accounts.models import Person
from portal.comments import points
from portal.comments.anchors import AnchorRow, anchors_of, chosen_words
from portal.comments.models import Comment, CommentTerritory, Consultation, Submission, SubmissionNote
from portal.comments.passages import Passage
from portal.comments.placed import PLACE, placed
from portal.comments.places import Window
from portal.comments.points import Point
from portal.comments.rules import CommentKind, CommentState, SubmissionState
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, can
from portal.kernel.words import Words
from portal.plan.models import Action, Paragraph, Section
from portal.plan.rules import ParagraphKind

OPEN_STATES = (SubmissionState.DRAFT, SubmissionState.READY)


@dataclass(frozen=True)
class DraftRow:
    """A draft in a list."""

    id: int
    state: SubmissionState
    saved_at: datetime
    revision: int
    consultation_id: int
    consultation_title: str
    deadline_at: datetime
    begun_by: str
    points: int
    first_place: str
    last_note: str


@dataclass(frozen=True)
class PointRow:
    """One point of a draft with the wording it speaks of."""

    id: int
    position: int
    revision: int
    kind: CommentKind
    action_code: str | None
    action_title: str | None
    section_code: str | None
    section_title: str | None
    paragraph_id: int | None
    paragraph_key: str | None
    paragraph_number: int | None
    paragraph_kind: ParagraphKind | None
    paragraph_heading: str | None
    current_text: str | None
    observation: str
    proposed_text: str
    reasons: str
    anchors: tuple[AnchorRow, ...] = ()

    @property
    def missing(self) -> list[Words]:
        """What has to be written before it can be sent."""
        point = Point(self.kind, self.observation, self.proposed_text, self.reasons)
        current = chosen_words(self.anchors, self.paragraph_key, self.current_text)
        return [words for _, words in points.missing(point, current)]

    @property
    def passages(self) -> tuple[Passage, ...]:
        """What was chosen, as a form carries it."""
        named = (row for row in self.anchors if row.is_quote or row.paragraph != self.paragraph_key)
        return tuple(row.passage for row in named)


@dataclass(frozen=True)
class Note:
    """What was written when a draft was given back."""

    text: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Draft:
    """A draft as a whole."""

    id: int
    state: SubmissionState
    saved_at: datetime
    revision: int
    body_id: int
    begun_by: str
    code: str | None
    consultation: Any
    points: tuple[PointRow, ...]
    notes: tuple[Note, ...]

    @property
    def is_complete(self) -> bool:
        """True if every point can be sent."""
        return not any(point.missing for point in self.points)


@dataclass(frozen=True)
class GridRow:
    """An action as the body sees it: what it sent on it, what it has in drafts."""

    code: str
    title: str
    sent: int
    drafts: int


def _own_body(actor: Actor) -> int:
    """The body whose desk this is; nobody else has one."""
    if actor.acting is None or not can(actor, Permission.COMMENT_READ_OWN, actor.acting.body_id):
        raise NotFound()
    return actor.acting.body_id


def drafts(actor: Actor, states: tuple[SubmissionState, ...] = OPEN_STATES) -> list[DraftRow]:
    """Unfinished submissions of the body, those to sign first, then the latest."""
    inside = aliased(Comment)
    first = sa.select(sa.func.min(inside.id)).where(inside.submission_id == Submission.id).scalar_subquery()
    count = sa.select(sa.func.count(inside.id)).where(inside.submission_id == Submission.id).scalar_subquery()
    note = (
        sa.select(SubmissionNote.text)
        .where(SubmissionNote.submission_id == Submission.id)
        .order_by(SubmissionNote.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows: Any = db.session.execute(
        sa.select(
            Submission.id,
            Submission.state,
            Submission.saved_at,
            Submission.revision,
            Submission.consultation_id,
            Consultation.title,
            Consultation.deadline_at,
            Person.name,
            count,
            sa.func.coalesce(Action.title, Section.title, ""),
            sa.func.coalesce(note, ""),
        )
        .join(Consultation, Consultation.id == Submission.consultation_id)
        .join(Person, Person.id == Submission.person_id)
        .outerjoin(Comment, Comment.id == first)
        .outerjoin(Action, Action.id == Comment.action_id)
        .outerjoin(Section, Section.id == Comment.section_id)
        .where(Submission.body_id == _own_body(actor), Submission.state.in_(states))
        .order_by(Submission.state.desc(), Submission.saved_at.desc())
    )
    return [DraftRow(*row) for row in rows]


def to_sign(actor: Actor) -> list[DraftRow]:
    """What waits for the signature."""
    return drafts(actor, (SubmissionState.READY,))


def draft(actor: Actor, submission_id: int) -> Draft:
    """A draft of the body with all its points; a stranger's id finds nothing."""
    row = db.session.execute(
        sa.select(Submission, Person.name)
        .join(Person, Person.id == Submission.person_id)
        .where(Submission.id == submission_id, Submission.body_id == _own_body(actor))
        .where(Submission.state != SubmissionState.DISCARDED)
    ).one_or_none()
    if row is None:
        raise NotFound()
    submission, begun_by = row
    return Draft(
        submission.id,
        submission.state,
        submission.saved_at,
        submission.revision,
        submission.body_id,
        begun_by,
        submission.code,
        _window(submission.consultation_id),
        _points(submission.id),
        _notes(submission.id),
    )


def _window(consultation_id: int) -> Window:
    row = db.session.get_one(Consultation, consultation_id)
    return Window(
        row.id,
        row.title,
        row.opens_at,
        row.deadline_at,
        row.concluded_at,
        row.admission,
        row.version_id,
        row.version.number,
        row.version.plan.slug,
        row.version.plan.title,
        tuple(row.body_kinds),
    )


def _points(submission_id: int) -> tuple[PointRow, ...]:
    query = placed(
        sa.select(
            Comment.id,
            Comment.position,
            Comment.revision,
            Comment.kind,
            *PLACE,
            Paragraph.text,
            Comment.observation,
            Comment.proposed_text,
            Comment.reasons,
        )
        .where(Comment.submission_id == submission_id)
        .order_by(Comment.position)
    )
    found = [PointRow(*row) for row in db.session.execute(query)]
    anchors = anchors_of(point.id for point in found)
    return tuple(replace(point, anchors=anchors.get(point.id, ())) for point in found)


def _notes(submission_id: int) -> tuple[Note, ...]:
    rows: Any = db.session.execute(
        sa.select(SubmissionNote.text, Person.name, SubmissionNote.at)
        .join(Person, Person.id == SubmissionNote.person_id)
        .where(SubmissionNote.submission_id == submission_id)
        .order_by(SubmissionNote.id.desc())
    )
    return tuple(Note(*row) for row in rows)


def territory_of(actor: Actor, comment_id: int) -> list[int]:
    """The Comuni that a point of the body's draft names, as ids."""
    rows = db.session.execute(
        sa.select(CommentTerritory.body_id)
        .join(Comment, Comment.id == CommentTerritory.comment_id)
        .where(Comment.id == comment_id, Comment.body_id == _own_body(actor))
    )
    return list(rows.scalars())


def grid(actor: Actor, version_id: int) -> list[GridRow]:
    """Every action of the version with what the body sent and what it has in drafts."""
    own = (
        sa.select(
            Comment.action_id.label("action_id"),
            sa.func.count(Comment.number).label("sent"),
            sa.func.sum(sa.case((Comment.state == CommentState.DRAFT, 1), else_=0)).label("drafts"),
        )
        .where(Comment.body_id == _own_body(actor), Comment.action_id.is_not(None))
        .where(Comment.state != CommentState.WITHDRAWN)
        .group_by(Comment.action_id)
        .subquery()
    )
    rows: Any = db.session.execute(
        sa.select(Action.code, Action.title, sa.func.coalesce(own.c.sent, 0), sa.func.coalesce(own.c.drafts, 0))
        .outerjoin(own, own.c.action_id == Action.id)
        .where(Action.version_id == version_id)
        .order_by(Action.position)
    )
    return [GridRow(*row) for row in rows]


def counts(actor: Actor) -> dict[CommentState, int]:
    """How many remarks of the body stand in each state."""
    rows = db.session.execute(
        sa.select(Comment.state, sa.func.count()).where(Comment.body_id == _own_body(actor)).group_by(Comment.state)
    )
    return {row[0]: row[1] for row in rows}
