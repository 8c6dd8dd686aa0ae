"""The rows of the export: read a thousand at a time, through the one condition on what a reader may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.accounts.models import Person
from portal.comments import attachments
from portal.comments.admission_models import Hiding
from portal.comments.anchors import named_by
from portal.comments.models import AdmissionDecision, Comment, CommentTerritory, Consultation, Submission
from portal.comments.rules import CommentState
from portal.comments.visibility import visible_clause
from portal.db import db
from portal.drafting import themes, twins
from portal.drafting.models import Answer, InternalNote
from portal.drafting.rules import AnswerState
from portal.kernel.actor import Actor
from portal.plan.models import Action, Paragraph, Plan, PlanVersion, Section
from portal.records import columns
from portal.records.columns import Profile
from portal.territory import queries as territory
from portal.territory.models import Body, PopulationSnapshot

CHUNK = 1000
Signer, Decider, Officer, Proposer, Approver = (aliased(Person) for _ in range(5))
Latest = aliased(AdmissionDecision)


def rows(reader: Actor, profile: Profile, *, demonstration: bool) -> Iterator[list[Any]]:
    """Every remark that the reader may see, by number: its values in the order of the profile's columns."""
    names = [column.name for column in columns.of(profile)]
    at_residents, at_territory, at_mark = (names.index(name) for name in ("residents", "territory", "demonstration"))
    at_passages, at_others = names.index("passages"), names.index("other_paragraphs")
    at_files, at_hashes = names.index("files"), names.index("files_sha256")
    at_themes = names.index("themes") if "themes" in names else None
    query, residents, last = query_of(reader, profile, names), _residents(), 0
    while chunk := db.session.execute(query.where(Comment.number > last).limit(CHUNK)).all():
        named = territories([row[0] for row in chunk])
        spoken = named_by(row[0] for row in chunk)
        files = attachments.of_remarks(reader, [row[0] for row in chunk])
        carried = themes.labels_of([row[0] for row in chunk]) if at_themes is not None else {}
        for comment_id, body_id, snapshot_id, last, *values in chunk:  # noqa: B007  (the last number is where we go on)
            values[at_residents] = residents.get((snapshot_id, body_id))
            values[at_territory] = "; ".join(named.get(comment_id, ()))
            values[at_mark] = demonstration
            words = spoken.get(comment_id)
            values[at_passages] = " | ".join(words.words) if words else ""
            values[at_others] = "; ".join(words.paragraphs) if words else ""
            values[at_files] = " | ".join(file.name for file in files.get(comment_id, ()))
            values[at_hashes] = " | ".join(file.sha256 for file in files.get(comment_id, ()))
            if at_themes is not None:
                values[at_themes] = "; ".join(label.name for label in carried.get(comment_id, ()))
            yield values


def query_of(reader: Actor, profile: Profile, names: Sequence[str]) -> sa.Select[Any]:
    """The remarks a reader may see, by number: four keys (row, body, snapshot, number), then the columns asked for."""
    public = sa.and_(Answer.state == AnswerState.PUBLISHED, Comment.state == CommentState.ADMITTED)
    sources = _sources(public if profile is Profile.PUBLIC else sa.true())
    keys = (Comment.id, Comment.body_id, Consultation.snapshot_id, Comment.number)
    newest = sa.select(sa.func.max(AdmissionDecision.id)).where(AdmissionDecision.comment_id == Comment.id)
    query = (
        sa.select(*keys, *(sources.get(name, sa.null()) for name in names))
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
        .order_by(Comment.number)
    )
    return query if profile is Profile.PUBLIC else _with_people(query)


def _sources(readable: sa.ColumnElement[bool]) -> dict[str, Any]:
    """Where each column comes from; `readable` says when the answer's words are part of the file."""
    notes = sa.select(sa.func.count()).where(InternalNote.comment_id == Comment.id)
    return {
        "number": Comment.number,
        "submission": Submission.number,
        "plan": Plan.title,
        "version": PlanVersion.number,
        "consultation": Consultation.title,
        "body_code": Body.key,
        "body": Body.name,
        "body_kind": Body.kind,
        "residents_date": PopulationSnapshot.reference_date,
        "residents_source": PopulationSnapshot.source,
        "kind": Comment.kind,
        "action": Action.code,
        "section": Section.code,
        "paragraph": Paragraph.number,
        "paragraph_key": Paragraph.key,
        "observation": Comment.observation,
        "proposed_text": Comment.proposed_text,
        "reasons": Comment.reasons,
        "on_behalf": sa.case((Submission.signed_mandate_id.is_(None), True), else_=False),
        "masked": sa.case(
            (sa.exists().where(Hiding.comment_id == Comment.id, Hiding.lifted_at.is_(None)), True), else_=False
        ),
        "submitted_at": Submission.submitted_at,
        "late": Submission.is_late,
        "state": Comment.state,
        "decided_at": Latest.decided_at,
        "outcome": sa.case((readable, Answer.outcome)),
        "answer": sa.case((readable, Answer.text)),
        "answered_at": sa.case((readable, Answer.published_at)),
        "sha256": Submission.sha256,
        "signed_by": Signer.name,
        "reason_code": Latest.reason_code,
        "decision_text": Latest.text,
        "decided_by": Decider.name,
        "answer_state": Answer.state,
        "officer": Officer.name,
        "proposed_by": Proposer.name,
        "approved_by": Approver.name,
        "group": twins.first_number(),
        "answer_of": twins.source_number(),
        "internal_notes": notes.scalar_subquery(),
    }


def _with_people(query: sa.Select[Any]) -> sa.Select[Any]:
    return (
        query.outerjoin(Signer, Signer.id == Submission.signed_person_id)
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


def territories(comment_ids: Sequence[int]) -> dict[int, list[str]]:
    """The names of the Comuni that some remarks speak of."""
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
