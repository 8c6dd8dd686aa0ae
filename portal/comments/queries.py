"""Reading remarks: rows for pages, all through the one condition of `visibility`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.comments.anchors import AnchorRow, anchors_of
from portal.comments.attachment_models import Attachment
from portal.comments.models import AdmissionDecision, Anchor, Comment, CommentTerritory, Consultation, Submission
from portal.comments.placed import PLACE, sent
from portal.comments.rules import Admission, CommentKind, CommentState, Reader, ReasonCode
from portal.comments.visibility import reader_of, visible_clause
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.offices import BodyKind
from portal.plan.models import Action, Paragraph, Plan, PlanVersion, Section
from portal.plan.rules import ParagraphKind
from portal.territory.models import Body

PAGE = 50
_BETWEEN = "\n"  # no name has one

__all__ = [
    "AnchorRow",
    "Filters",
    "Remark",
    "anchors_of",
    "list_remarks",
    "reader_of",
    "remark",
    "visible_clause",
    "whole",
]


@dataclass(frozen=True)
class Remark:
    """One remark as a reader sees it; `visible` is False where its texts are not for this reader and left out."""

    id: int
    number: int
    kind: CommentKind
    state: CommentState
    body_id: int
    body_key: str
    body_name: str
    body_kind: BodyKind
    consultation_id: int
    admission: Admission
    plan_slug: str
    version_number: int
    action_id: int | None
    action_code: str | None
    action_title: str | None
    section_code: str | None
    section_title: str | None
    paragraph_id: int | None
    paragraph_key: str | None
    paragraph_number: int | None
    paragraph_kind: ParagraphKind | None
    paragraph_heading: str | None
    paragraph_text: str | None
    observation: str
    proposed_text: str
    reasons: str
    submitted_at: datetime
    is_late: bool
    submission_number: int
    on_behalf: bool  # nobody signed on the portal: the secretariat registered a letter
    visible: bool = True


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; `among` is a selectable of comment ids from a higher floor."""

    kind: CommentKind | None = None
    state: CommentState | None = None
    body_key: str = ""
    action_code: str = ""
    body_id: int | None = None
    person_id: int | None = None
    action_id: int | None = None
    among: Any = None


def _columns(*, with_wording: bool, visible: Any = None) -> list[Any]:
    """In the order of `Remark`; a condition in `visible` empties the texts where it does not hold."""

    def text(column: Any) -> Any:
        return column if visible is None else sa.case((visible, column), else_="")

    return [
        Comment.id,
        Comment.number,
        Comment.kind,
        Comment.state,
        Comment.body_id,
        Body.key,
        Body.name,
        Body.kind,
        Comment.consultation_id,
        Consultation.admission,
        Plan.slug,
        PlanVersion.number,
        Comment.action_id,
        *PLACE,
        Paragraph.text if with_wording else sa.null(),
        text(Comment.observation),
        text(Comment.proposed_text),
        text(Comment.reasons),
        Submission.submitted_at,
        Submission.is_late,
        Submission.number,
        Submission.signed_mandate_id.is_(None),
    ]


def _select(*columns: Any) -> sa.Select[Any]:
    return (
        sent(*columns)
        .join(PlanVersion, PlanVersion.id == Consultation.version_id)
        .join(Plan, Plan.id == PlanVersion.plan_id)
        .where(Comment.number.is_not(None))
    )


def _rows(query: sa.Select[Any]) -> list[Remark]:
    return [Remark(*row) for row in db.session.execute(query)]


def remarks_on_action(actor: Actor, action_id: int, after: int | None = None, limit: int = PAGE) -> list[Remark]:
    """Those on an action and its paragraphs, oldest first, from after a number on."""
    query = _select(*_columns(with_wording=True)).where(Comment.action_id == action_id, visible_clause(actor))
    if after is not None:
        query = query.where(Comment.number > after)
    return _rows(query.order_by(Comment.number).limit(limit))


def remarks_on_section(actor: Actor, section_id: int, after: int | None = None, limit: int = PAGE) -> list[Remark]:
    """Those on a section and its paragraphs, oldest first, from after a number on."""
    query = _select(*_columns(with_wording=True)).where(Comment.section_id == section_id, visible_clause(actor))
    if after is not None:
        query = query.where(Comment.number > after)
    return _rows(query.order_by(Comment.number).limit(limit))


def remarks_from_elsewhere(actor: Actor, action_id: int, limit: int = PAGE) -> list[Remark]:
    """Those that stand at another place of the plan and speak of paragraphs of this action too, oldest first."""
    there = aliased(Paragraph)
    speaking = sa.select(Anchor.comment_id).join(there, there.id == Anchor.paragraph_id)
    query = _select(*_columns(with_wording=False)).where(
        Comment.id.in_(speaking.where(there.action_id == action_id)),
        Comment.action_id.is_distinct_from(action_id),
        visible_clause(actor),
    )
    return _rows(query.order_by(Comment.number).limit(limit))


def list_remarks(
    actor: Actor, filters: Filters | None = None, after: int | None = None, limit: int = PAGE
) -> list[Remark]:
    """Newest first, from below a number on, narrowed by the filters."""
    query = _select(*_columns(with_wording=False)).where(visible_clause(actor))
    query = _narrow(query, filters or Filters())
    if after is not None:
        query = query.where(Comment.number < after)
    return _rows(query.order_by(Comment.number.desc()).limit(limit))


def _narrow(query: sa.Select[Any], by: Filters) -> sa.Select[Any]:
    wanted: list[tuple[Any, Any]] = [
        (by.kind, Comment.kind == by.kind),
        (by.state, Comment.state == by.state),
        (by.body_key, Body.key == by.body_key),
        (by.action_code, sa.or_(Action.code == by.action_code, Section.code == by.action_code)),
        (by.body_id, Comment.body_id == by.body_id),
        (by.action_id, Comment.action_id == by.action_id),
        (by.person_id, sa.or_(Submission.person_id == by.person_id, Submission.signed_person_id == by.person_id)),
    ]
    query = query.where(*(condition for value, condition in wanted if value))
    return query if by.among is None else query.where(Comment.id.in_(by.among))


def remarks_of_body(actor: Actor, body_id: int, after: int | None = None, limit: int = PAGE) -> list[Remark]:
    """What a body has said, newest first."""
    return list_remarks(actor, Filters(body_id=body_id), after, limit)


def remark(actor: Actor, number: int) -> Remark:
    """The remark under a public number: it stays valid for ever, its texts only for those who may read them."""
    visible = visible_clause(actor)
    query = _select(*_columns(with_wording=True, visible=visible), sa.case((visible, True), else_=False))
    row = db.session.execute(query.where(Comment.number == number)).one_or_none()
    if row is None:
        raise NotFound()
    return Remark(*row)


@dataclass(frozen=True)
class Decision:
    """What the secretariat decided last; its words are for the author and the secretariat alone."""

    admitted: bool
    reason_code: ReasonCode | None
    decided_at: datetime
    text: str


@dataclass(frozen=True)
class Whole:
    """A remark with what its own page says beside it."""

    remark: Remark
    decision: Decision | None  # the one that holds, None while there is none
    code: str | None  # of the receipt, for the body that holds it and for the secretariat
    territory: tuple[str, ...]  # names of the Comuni, in order
    has_files: bool


def whole(actor: Actor, number: int) -> Whole:
    """The remark under a public number with everything that rows of its own tell of it, in one statement."""
    visible = visible_clause(actor)
    latest = sa.select(sa.func.max(AdmissionDecision.id)).where(AdmissionDecision.comment_id == Comment.id)
    query = (
        _select(*_columns(with_wording=True, visible=visible), sa.case((visible, True), else_=False))
        .outerjoin(AdmissionDecision, AdmissionDecision.id == latest.correlate(Comment).scalar_subquery())
        .add_columns(AdmissionDecision.admitted, AdmissionDecision.reason_code, AdmissionDecision.decided_at)
        .add_columns(AdmissionDecision.text, Submission.code, _comuni(), _has_files())
    )
    row = db.session.execute(query.where(Comment.number == number)).one_or_none()
    if row is None:
        raise NotFound()
    *of, admitted, reason, at, text, code, names, has_files = row
    found = Remark(*of)
    reads_words = reader_of(actor, found.body_id) in {Reader.OWN_BODY, Reader.SECRETARIAT}
    return Whole(
        found,
        None if at is None else Decision(admitted, reason, at, text if reads_words else ""),
        code if reads_words else None,
        tuple(sorted(names.split(_BETWEEN))) if names else (),
        has_files,
    )


def _comuni() -> sa.ScalarSelect[str]:
    """The Comuni that a remark names, in no order."""
    names = sa.select(sa.func.aggregate_strings(Body.name, _BETWEEN)).join(
        CommentTerritory, CommentTerritory.body_id == Body.id
    )
    return names.where(CommentTerritory.comment_id == Comment.id).correlate(Comment).scalar_subquery()


def _has_files() -> sa.Exists:
    return sa.exists().where(Attachment.comment_id == Comment.id).correlate(Comment)


def speakers(actor: Actor) -> list[tuple[str, str]]:
    """Bodies that have something to read, for the filter: (key, name) in order of name."""
    spoken = (
        sa.select(sa.literal(1))
        .select_from(Comment)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .where(Comment.body_id == Body.id, Comment.number.is_not(None), visible_clause(actor))
        .correlate(Body)
        .exists()
    )
    rows = db.session.execute(sa.select(Body.key, Body.name).where(spoken).order_by(Body.name, Body.id))
    return [(key, name) for key, name in rows]
