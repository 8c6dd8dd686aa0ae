"""The rows of the export: read a thousand at a time, through the one condition on what a reader may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.accounts.models import Person
from portal.comments.models import AdmissionDecision, Comment, CommentTerritory, Consultation, Submission
from portal.comments.rules import CommentState
from portal.comments.visibility import visible_clause
from portal.db import db
from portal.drafting.models import Answer, InternalNote
from portal.drafting.rules import AnswerState
from portal.kernel.actor import Actor
from portal.plan.models import Action, Paragraph, Plan, PlanVersion, Section
from portal.records.columns import Profile
from portal.territory import queries as territory
from portal.territory.models import Body, PopulationSnapshot

CHUNK = 1000
Signer, Decider, Officer, Proposer, Approver = (aliased(Person) for _ in range(5))
Latest = aliased(AdmissionDecision)


def rows(reader: Actor, profile: Profile, *, demonstration: bool) -> Iterator[dict[str, Any]]:
    """Every remark that the reader may see, by number, as plain values named like the columns."""
    residents = _residents()
    last = 0
    while chunk := _chunk(reader, profile, last):
        last = chunk[-1]["number"]
        named = _territories([row["comment_id"] for row in chunk])
        for row in chunk:
            row["residents"] = residents.get((row.pop("snapshot_id"), row.pop("body_id")))
            row["territory"] = "; ".join(named.get(row.pop("comment_id"), ()))
            row["demonstration"] = demonstration
            yield row


def _chunk(reader: Actor, profile: Profile, last: int) -> list[dict[str, Any]]:
    public = sa.and_(Answer.state == AnswerState.PUBLISHED, Comment.state == CommentState.ADMITTED)
    query = _common(reader, public) if profile is Profile.PUBLIC else _reserved(_common(reader, sa.true()))
    query = query.where(Comment.number > last).order_by(Comment.number).limit(CHUNK)
    return [dict(row) for row in db.session.execute(query).mappings()]


def _common(reader: Actor, readable: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """What both profiles have; `readable` says when the answer's words are part of it."""
    newest = sa.select(sa.func.max(AdmissionDecision.id)).where(AdmissionDecision.comment_id == Comment.id)
    columns: list[Any] = [
        Comment.id.label("comment_id"),
        Comment.body_id,
        Consultation.snapshot_id,
        Comment.number,
        Submission.number.label("submission"),
        Plan.title.label("plan"),
        PlanVersion.number.label("version"),
        Consultation.title.label("consultation"),
        Body.key.label("body_code"),
        Body.name.label("body"),
        Body.kind.label("body_kind"),
        PopulationSnapshot.reference_date.label("residents_date"),
        PopulationSnapshot.source.label("residents_source"),
        Comment.kind,
        Action.code.label("action"),
        Section.code.label("section"),
        Paragraph.number.label("paragraph"),
        Paragraph.key.label("paragraph_key"),
        Comment.observation,
        Comment.proposed_text,
        Comment.reasons,
        Submission.submitted_at,
        Submission.is_late.label("late"),
        Comment.state,
        Latest.decided_at,
        sa.case((readable, Answer.outcome)).label("outcome"),
        sa.case((readable, Answer.text)).label("answer"),
        sa.case((readable, Answer.published_at)).label("answered_at"),
    ]
    return (
        sa.select(*columns)
        .select_from(Comment)
        .join(Submission, Submission.id == Comment.submission_id)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .join(PopulationSnapshot, PopulationSnapshot.id == Consultation.snapshot_id)
        .join(PlanVersion, PlanVersion.id == Consultation.version_id)
        .join(Plan, Plan.id == PlanVersion.plan_id)
        .join(Body, Body.id == Comment.body_id)
        .outerjoin(Action, Action.id == Comment.action_id)
        .outerjoin(Section, Section.id == Comment.section_id)
        .outerjoin(Paragraph, Paragraph.id == Comment.paragraph_id)
        .outerjoin(Latest, Latest.id == newest.scalar_subquery())
        .outerjoin(Answer, Answer.comment_id == Comment.id)
        .where(Comment.state != CommentState.DRAFT, visible_clause(reader))
    )


def _reserved(query: sa.Select[Any]) -> sa.Select[Any]:
    notes = sa.select(sa.func.count()).where(InternalNote.comment_id == Comment.id).scalar_subquery()
    columns: list[Any] = [
        Submission.sha256,
        Signer.name.label("signed_by"),
        Latest.reason_code,
        Latest.text.label("decision_text"),
        Decider.name.label("decided_by"),
        Answer.state.label("answer_state"),
        Officer.name.label("officer"),
        Proposer.name.label("proposed_by"),
        Approver.name.label("approved_by"),
        notes.label("internal_notes"),
    ]
    return (
        query.add_columns(*columns)
        .outerjoin(Signer, Signer.id == Submission.signed_person_id)
        .outerjoin(Decider, Decider.id == Latest.person_id)
        .outerjoin(Officer, Officer.id == Answer.officer_id)
        .outerjoin(Proposer, Proposer.id == Answer.proposed_by_id)
        .outerjoin(Approver, Approver.id == Answer.approved_by_id)
    )


def _residents() -> dict[tuple[int, int], int]:
    """How many residents each body stands for, by the snapshot of each consultation."""
    pairs = db.session.execute(
        sa.select(Consultation.snapshot_id, Comment.body_id)
        .distinct()
        .join_from(Comment, Consultation, Consultation.id == Comment.consultation_id)
    )
    bodies: dict[int, list[int]] = {}
    for snapshot_id, body_id in pairs:
        bodies.setdefault(snapshot_id, []).append(body_id)
    return {
        (snapshot_id, body_id): number
        for snapshot_id, ids in bodies.items()
        for body_id, number in territory.population_of(snapshot_id, ids).items()
    }


def _territories(comment_ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    named = db.session.execute(
        sa.select(CommentTerritory.comment_id, Body.name)
        .join(Body, Body.id == CommentTerritory.body_id)
        .where(CommentTerritory.comment_id.in_(comment_ids))
        .order_by(CommentTerritory.comment_id, Body.name)
    )
    for comment_id, name in named:
        found.setdefault(comment_id, []).append(name)
    return found
