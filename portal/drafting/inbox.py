"""Reading for the drafting team: the table of admitted remarks, what is ready to be published, figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.comments.models import Comment, Submission
from portal.comments.placed import SHORT_PLACE, sent
from portal.comments.rules import CommentKind, CommentState
from portal.comments.visibility import visible_clause
from portal.db import db
from portal.drafting.models import Answer, CommentTag, DuplicateMember
from portal.drafting.rules import AnswerState, Outcome
from portal.kernel.actor import Actor
from portal.plan.models import Action, Section
from portal.territory.models import Body


class Stage(StrEnum):
    """How far a remark has come at the drafting team."""

    UNASSIGNED = "unassigned"
    ASSIGNED = "assigned"
    PROPOSED = "proposed"
    APPROVED = "approved"
    PUBLISHED = "published"


@dataclass(frozen=True)
class Filters:
    """What the table is narrowed to."""

    stage: Stage | None = None
    unpublished: bool = False
    officer_id: int | None = None
    kind: CommentKind | None = None
    action: str = ""
    body: str = ""
    late: bool = False
    tag_id: int | None = None
    twins: bool = False
    consultation_id: int | None = None


@dataclass(frozen=True)
class InboxRow:
    """One admitted remark in the table."""

    id: int
    number: int
    kind: CommentKind
    body_name: str
    action_code: str | None
    section_code: str | None
    paragraph: int | None
    is_late: bool
    submitted_at: datetime
    state: AnswerState | None
    outcome: Outcome | None
    officer: str | None
    group_id: int | None


@dataclass(frozen=True)
class ReadyRow:
    """An approved answer that waits to be published."""

    comment_id: int
    number: int
    body_name: str
    action_code: str | None
    section_code: str | None
    outcome: Outcome
    text: str
    officer: str
    approved_at: datetime


def admitted(columns: list[Any], actor: Actor) -> sa.Select[Any]:
    """Columns of the admitted remarks that this reader may see, with their answers and all that stands around them."""
    return (
        sent(*columns)
        .outerjoin(Answer, Answer.comment_id == Comment.id)
        .outerjoin(Person, Person.id == Answer.officer_id)
        .where(Comment.state == CommentState.ADMITTED, visible_clause(actor))
    )


def rows(actor: Actor, by: Filters, *, after: int | None = None, limit: int = 50) -> list[InboxRow]:
    """Admitted remarks by number, from after one of them on."""
    columns = [
        Comment.id,
        Comment.number,
        Comment.kind,
        Body.name.label("body_name"),
        *SHORT_PLACE,
        Submission.is_late,
        Submission.submitted_at,
        Answer.state,
        Answer.outcome,
        Person.name.label("officer"),
        sa.select(DuplicateMember.group_id)
        .where(DuplicateMember.comment_id == Comment.id)
        .scalar_subquery()
        .label("group_id"),
    ]
    query = narrowed(admitted(columns, actor), by).order_by(Comment.number).limit(limit)
    if after is not None:
        query = query.where(Comment.number > after)
    return [InboxRow(**row) for row in db.session.execute(query).mappings()]


def narrowed(query: sa.Select[Any], by: Filters) -> sa.Select[Any]:
    """The same, of those alone that the filters ask for."""
    if by.stage is Stage.UNASSIGNED:
        query = query.where(Answer.id.is_(None))
    elif by.stage:
        query = query.where(Answer.state == AnswerState(by.stage.value))
    elif by.unpublished:
        query = query.where(sa.or_(Answer.id.is_(None), Answer.state != AnswerState.PUBLISHED))
    wanted: list[tuple[Any, Any]] = [
        (by.officer_id, Answer.officer_id == by.officer_id),
        (by.kind, Comment.kind == by.kind),
        (by.action, sa.or_(Action.code == by.action, Section.code == by.action)),
        (by.body, Body.key == by.body),
        (by.late, Submission.is_late),
        (by.tag_id, sa.exists().where(CommentTag.comment_id == Comment.id, CommentTag.tag_id == by.tag_id)),
        (by.twins, sa.exists().where(DuplicateMember.comment_id == Comment.id)),
        (by.consultation_id, Comment.consultation_id == by.consultation_id),
    ]
    return query.where(*(condition for value, condition in wanted if value))


def group_of_remark() -> sa.ScalarSelect[int]:
    """The group of duplicates that a remark is in, as a column beside it."""
    return sa.select(DuplicateMember.group_id).where(DuplicateMember.comment_id == Comment.id).scalar_subquery()


def stages() -> dict[Stage, int]:
    """How many admitted remarks stand at each stage."""
    found = db.session.execute(
        sa.select(Answer.state, sa.func.count())
        .select_from(Comment)
        .outerjoin(Answer, Answer.comment_id == Comment.id)
        .where(Comment.state == CommentState.ADMITTED)
        .group_by(Answer.state)
    )
    return {Stage(state.value) if state else Stage.UNASSIGNED: number for state, number in found}


def places() -> list[str]:
    """The codes of the actions and sections that have admitted remarks, for the filter."""
    codes = db.session.execute(
        sa.select(sa.func.coalesce(Action.code, Section.code))
        .select_from(Comment)
        .outerjoin(Action, Action.id == Comment.action_id)
        .outerjoin(Section, Section.id == Comment.section_id)
        .where(Comment.state == CommentState.ADMITTED)
        .distinct()
    ).scalars()
    return sorted(code for code in codes if code)


def speakers() -> list[tuple[str, str]]:
    """The bodies that have admitted remarks, for the filter: (key, name) by name."""
    found = db.session.execute(
        sa.select(Body.key, Body.name)
        .where(sa.exists().where(Comment.body_id == Body.id, Comment.state == CommentState.ADMITTED))
        .order_by(Body.name)
    )
    return list(found.all())


def ready(actor: Actor, *, after: int | None = None, limit: int = 100) -> list[ReadyRow]:
    """Approved answers by number of their remark."""
    columns = [
        Answer.comment_id,
        Comment.number,
        Body.name.label("body_name"),
        Action.code.label("action_code"),
        Section.code.label("section_code"),
        Answer.outcome,
        Answer.text,
        Person.name.label("officer"),
        Answer.approved_at,
    ]
    query = admitted(columns, actor).where(Answer.state == AnswerState.APPROVED).order_by(Comment.number).limit(limit)
    if after is not None:
        query = query.where(Comment.number > after)
    return [ReadyRow(**row) for row in db.session.execute(query).mappings()]
