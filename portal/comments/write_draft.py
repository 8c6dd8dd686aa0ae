"""Write a draft: begin it, change it as one types, take a point out, give it up. Nothing here is public."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from portal.comments import anchors, drafts, points
from portal.comments.events import SubmissionDiscarded
from portal.comments.models import Comment, Consultation, Submission
from portal.comments.points import Overtaken, Place, Point
from portal.comments.rules import SUBMISSION_MACHINE, SubmissionState
from portal.db import atomic, db, upsert
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import salt
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.offices import BodyKind
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.plan.models import Action, Paragraph, Section
from portal.territory.models import Body


@dataclass(frozen=True)
class Saved:
    """Where a point was saved, and what to name when changing it again."""

    submission_id: int
    comment_id: int
    revision: int
    saved_at: datetime
    state: SubmissionState
    deadline_at: datetime
    version_id: int


@atomic()
def begin(
    actor: Actor,
    place: Place,
    point: Point,
    client_key: str,
    *,
    submission_id: int | None = None,
    revision: int = 0,
    now: datetime,
) -> Saved:
    """Store a new point in a new draft, or in the one named; the same key again finds what it stored before."""
    require(actor, Permission.COMMENT_DRAFT)
    _check_key(client_key)
    earlier = _stored_under(actor, client_key, submission_id)
    if earlier:
        return _again(*earlier, point, revision, now)

    consultation = _consultation(place)
    drafts.check_writable(actor, consultation, now)
    _check_place(place, consultation)
    wanted = points.cleaned(point)
    chosen = anchors.resolved(consultation.version_id, wanted.passages, anchors.own_paragraph(place.paragraph_id))
    submission = drafts.draft_for_update(actor, submission_id) if submission_id else _new(actor, place, client_key, now)
    if submission is None:  # the same form, sent twice at once: the other one was first
        earlier = _stored_under(actor, client_key, None)
        assert earlier is not None
        return _again(*earlier, point, revision, now)
    if submission.consultation_id != place.consultation_id:
        raise Invalid(N_("This draft belongs to another consultation: begin a new one."), code="other_consultation")
    comment = _append(submission, place, client_key)
    return _write(submission, comment, wanted, chosen, now)


@atomic()
def revise(actor: Actor, comment_id: int, point: Point, revision: int, *, now: datetime) -> Saved:
    """Change a point whose last known revision is given; one that was overtaken keeps both texts."""
    submission, comment = drafts.point_for_update(actor, comment_id)
    require(actor, Permission.COMMENT_DRAFT, submission)
    drafts.check_draft(submission)
    drafts.check_writable(actor, db.session.get_one(Consultation, submission.consultation_id), now)
    return _change(submission, comment, point, revision, now)


@atomic()
def remove(actor: Actor, comment_id: int, *, now: datetime) -> int:
    """Take a point out of a draft and return the draft; the last one is not removed, the draft is discarded."""
    submission, comment = drafts.point_for_update(actor, comment_id)
    require(actor, Permission.COMMENT_DRAFT, submission)
    drafts.check_draft(submission)
    if len(submission.comments) == 1:
        raise Conflict(N_("This is the only point: discard the whole draft instead."), code="only_point")
    submission.comments.remove(comment)
    submission.revision += 1
    submission.saved_at = now
    return submission.id


@atomic()
def discard(actor: Actor, submission_id: int, *, now: datetime) -> None:
    """Give a draft up: its texts are erased, its number of drafts goes down, the fact is recorded."""
    submission = drafts.submission_for_update(actor, submission_id)
    require(actor, Permission.COMMENT_DRAFT, submission)
    if submission.state is SubmissionState.DISCARDED:
        return
    submission.state = SUBMISSION_MACHINE.advance(submission.state, SubmissionState.DISCARDED)
    submission.comments.clear()
    submission.saved_at = now
    event = SubmissionDiscarded(submission.consultation_id, submission.id, submission.body_id)
    record(event, actor=actor, now=now)


def _check_key(client_key: str) -> None:
    if not 8 <= len(client_key) <= 64 or not client_key.replace("-", "").isalnum():
        raise Invalid(N_("This form has lost its key. Open the page again."), code="client_key")


def _again(submission: Submission, comment: Comment, point: Point, revision: int, now: datetime) -> Saved:
    """A form that comes once more changes its draft, and nothing once that was sent."""
    if submission.state is SubmissionState.DRAFT:
        return _change(submission, comment, point, revision, now)
    return _saved(submission, comment)


def _stored_under(actor: Actor, client_key: str, submission_id: int | None) -> tuple[Submission, Comment] | None:
    if submission_id is None:
        submission_id = db.session.execute(
            sa.select(Submission.id).where(Submission.person_id == actor.person_id, Submission.client_key == client_key)
        ).scalar_one_or_none()
    if submission_id is None:
        return None
    submission = drafts.submission_for_update(actor, submission_id)
    comment = next((c for c in submission.comments if c.client_key == client_key), None)
    if comment is None and submission.client_key == client_key:
        raise Conflict(N_("This draft was sent or discarded already."), code="not_draft")
    return (submission, comment) if comment else None


def _consultation(place: Place) -> Consultation:
    found = db.session.get(Consultation, place.consultation_id)
    if found is None:
        raise NotFound()
    return found


def _check_place(place: Place, consultation: Consultation) -> None:
    action = db.session.get(Action, place.action_id) if place.action_id else None
    section = db.session.get(Section, place.section_id) if place.section_id else None
    paragraph = db.session.get(Paragraph, place.paragraph_id) if place.paragraph_id else None
    named = (place.action_id, action), (place.section_id, section), (place.paragraph_id, paragraph)
    if any(wanted and (row is None or row.version_id != consultation.version_id) for wanted, row in named):
        raise NotFound()
    if paragraph and (paragraph.action_id, paragraph.section_id) != (place.action_id, place.section_id):
        raise NotFound()


def _new(actor: Actor, place: Place, client_key: str, now: datetime) -> Submission | None:
    assert actor.acting is not None
    unfinished = sa.select(sa.func.count()).where(
        Submission.body_id == actor.acting.body_id,
        Submission.state.in_((SubmissionState.DRAFT, SubmissionState.READY)),
    )
    if db.session.execute(unfinished).scalar_one() >= points.DRAFTS_LIMIT:
        raise Conflict(
            N_("Your body has %(limit)d drafts already: send or discard some first."),
            code="too_many_drafts",
            limit=points.DRAFTS_LIMIT,
        )
    facts = {
        "consultation_id": place.consultation_id,
        "body_id": actor.acting.body_id,
        "person_id": actor.person_id,
        "mandate_id": actor.acting.mandate_id,
        "client_key": client_key,
        "saved_at": now,
    }
    insert = upsert(Submission).values(**facts).on_conflict_do_nothing(index_elements=["person_id", "client_key"])
    new_id = db.session.execute(insert.returning(Submission.id)).scalar_one_or_none()
    return db.session.get_one(Submission, new_id) if new_id else None


def _append(submission: Submission, place: Place, client_key: str) -> Comment:
    if len(submission.comments) >= points.POINTS_LIMIT:
        raise Conflict(
            N_("A submission holds at most %(limit)d points: send this one and begin another."),
            code="too_many_points",
            limit=points.POINTS_LIMIT,
        )
    comment = Comment(
        consultation_id=place.consultation_id,
        body_id=submission.body_id,
        position=max((c.position for c in submission.comments), default=0) + 1,
        client_key=client_key,
        revision=0,
        action_id=place.action_id,
        section_id=place.section_id,
        paragraph_id=place.paragraph_id,
        salt=salt(),
    )
    submission.comments.append(comment)
    return comment


def _change(submission: Submission, comment: Comment, point: Point, revision: int, now: datetime) -> Saved:
    wanted, stored = points.cleaned(point), drafts.point_of(comment)
    chosen = anchors.resolved(
        submission.consultation.version_id, wanted.passages, anchors.own_paragraph(comment.paragraph_id)
    )
    if replace(wanted, passages=anchors.named(chosen)) == stored:
        return _saved(submission, comment)
    if revision != comment.revision:
        raise Overtaken(stored, comment.revision)
    return _write(submission, comment, wanted, chosen, now)


def _write(submission: Submission, comment: Comment, point: Point, chosen: anchors.Chosen, now: datetime) -> Saved:
    comment.kind = point.kind
    comment.observation, comment.proposed_text, comment.reasons = point.observation, point.proposed_text, point.reasons
    comment.territory = _municipalities(point.territory) if point.territory else []
    if not comment.revision or anchors.named(chosen) != drafts.passages_of(comment):
        anchors.put(comment, chosen)
    comment.revision += 1
    submission.revision += 1
    submission.saved_at = now
    db.session.flush()
    return _saved(submission, comment)


def _municipalities(ids: tuple[int, ...]) -> list[Body]:
    query = sa.select(Body).where(Body.id.in_(ids), Body.kind == BodyKind.MUNICIPALITY).order_by(Body.name)
    rows = list(db.session.execute(query).scalars())
    if len(rows) != len(ids):
        raise Invalid(N_("Choose Comuni from the list."), code="territory", field="territory")
    return rows


def _saved(submission: Submission, comment: Comment) -> Saved:
    until, version = submission.consultation.deadline_at, submission.consultation.version_id
    return Saved(submission.id, comment.id, comment.revision, submission.saved_at, submission.state, until, version)
