"""A remark made in the sitting: drafted and sent through the same verbs as any other, then tied to the sitting.

Statute art. 32 c.7. It gets the same receipt and reaches the same inbox. Whoever is accredited without binding
the body by a signature leaves it ready to be signed; before the consultation opens it stays a draft.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from portal.comments import hand_over, submit, write_draft
from portal.comments.models import Comment, Consultation, Submission
from portal.comments.points import Place, Point
from portal.comments.rules import SubmissionState, reception
from portal.conferences.hall import standing
from portal.conferences.hall.standing import Standing
from portal.conferences.models import Conference, Sitting
from portal.conferences.table import locked
from portal.conferences.table.events import RemarkMade
from portal.conferences.table.models import SittingRemark
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid
from portal.kernel.permissions import Permission, can
from portal.kernel.words import N_
from portal.plan.models import Paragraph


class Stage(StrEnum):
    """How far a remark came when it was made."""

    SENT = "sent"
    READY = "ready"
    DRAFT = "draft"


@dataclass(frozen=True)
class Wanted:
    """What somebody says of which item; without an action, of the plan as a whole."""

    item_id: int
    action_id: int | None
    paragraph: str  # the key; empty: the action as a whole
    point: Point


@dataclass(frozen=True)
class Made:
    """What became of it: number and receipt once it is sent, a draft of the body before."""

    comment_id: int
    submission_id: int
    stage: Stage
    number: int | None
    code: str | None


@atomic()
def make_remark(actor: Actor, sitting_id: int, wanted: Wanted, client_key: str, *, now: datetime) -> Made:
    """Write and send it in one act; the same key again finds what was made before."""
    sitting = locked.running(sitting_id, shared=True)
    place = standing.present(actor, sitting_id)
    speaker = standing.acting(actor, place)
    if not can(speaker, Permission.COMMENT_DRAFT):
        raise Forbidden(
            N_("Your office does not write remarks on the plan: ask for the floor, and the minutes will say it."),
            code="no_remarks",
        )
    item = locked.item(sitting_id, wanted.item_id)
    consultation = _consultation(sitting)
    where = _place(consultation, item.id, wanted)

    saved = write_draft.begin(speaker, where, wanted.point, client_key, now=now)
    made = _onward(speaker, consultation, saved.submission_id, saved.comment_id, now)
    if db.session.get(SittingRemark, (made.comment_id, sitting_id)) is None:
        _tie(actor, place, sitting_id, item.id, made, client_key, now)
    return made


def _consultation(sitting: Sitting) -> Consultation:
    """The one on the version of the plan that the conference is about."""
    found = db.session.scalar(
        sa.select(Consultation)
        .join(Conference, Conference.version_id == Consultation.version_id)
        .where(Conference.id == sitting.conference_id)
    )
    if found is None:
        raise Conflict(
            N_("No consultation is held on this text: ask for the floor, and the minutes will say it."),
            code="no_consultation",
        )
    return found


def _place(consultation: Consultation, item_id: int, wanted: Wanted) -> Place:
    actions = locked.actions_of(item_id)
    if wanted.action_id is None:
        return Place(consultation.id)
    if wanted.action_id not in actions:
        raise Invalid(N_("Choose among the actions that the item is about."), code="action", field="action")
    if not wanted.paragraph:
        return Place(consultation.id, wanted.action_id)
    paragraph = db.session.scalar(
        sa.select(Paragraph.id).where(Paragraph.action_id == wanted.action_id, Paragraph.key == wanted.paragraph)
    )
    if paragraph is None:
        raise Invalid(N_("Choose a paragraph of this action."), code="paragraph", field="paragraph")
    return Place(consultation.id, wanted.action_id, None, paragraph)


def _onward(speaker: Actor, consultation: Consultation, submission_id: int, comment_id: int, now: datetime) -> Made:
    """Send it if this office binds the body, else leave it to whoever does."""
    row = db.session.get_one(Submission, submission_id)
    opens, deadline, concluded = consultation.opens_at, consultation.deadline_at, consultation.concluded_at
    made = Made(comment_id, submission_id, Stage.DRAFT, None, None)
    if not reception(opens, deadline, concluded, now).received:
        return made
    if row.state in {SubmissionState.DRAFT, SubmissionState.READY} and not can(speaker, Permission.COMMENT_SUBMIT):
        hand_over.make_ready(speaker, submission_id, now=now)
        return replace(made, stage=Stage.READY)
    code = submit.submit(speaker, submission_id, now=now) if can(speaker, Permission.COMMENT_SUBMIT) else row.code
    number = db.session.get_one(Comment, comment_id, populate_existing=True).number
    return replace(made, stage=Stage.SENT, number=number, code=code)


def _tie(
    actor: Actor, place: Standing, sitting_id: int, item_id: int, made: Made, client_key: str, now: datetime
) -> None:
    assert actor.person_id is not None
    row = SittingRemark(
        comment_id=made.comment_id,
        sitting_id=sitting_id,
        call=locked.call_of(sitting_id),
        item_id=item_id,
        person_id=actor.person_id,
        client_key=client_key,
        made_here=True,
        tied_at=now,
    )
    db.session.add(row)
    action = db.session.get_one(Comment, made.comment_id).action_id
    event = RemarkMade(sitting_id, made.comment_id, place.seat_number, item_id, action, True)
    record(event, actor=actor, now=now)
