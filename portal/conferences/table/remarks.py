"""What the desk does with remarks of the sitting: admit, call up an earlier one, tie to a speech, mark as read."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.comments import decide
from portal.comments.models import Comment, Consultation
from portal.comments.rules import CommentState
from portal.comments.tally import is_public
from portal.conferences.hall import acts
from portal.conferences.models import Conference, Sitting
from portal.conferences.table import locked
from portal.conferences.table.events import RemarkMade, RemarkRaised, RemarkRead, RemarkTied
from portal.conferences.table.models import SittingRemark
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_

ADMITTED, CALLED, TIED, READ = "remark.admitted", "remark.called", "remark.tied", "remark.read"
_STANDING = frozenset({CommentState.SUBMITTED, CommentState.ADMITTED})


@atomic()
def admit(actor: Actor, sitting_id: int, comment_id: int, *, now: datetime) -> int:
    """Let a remark of the sitting stand, as the queue of the secretariat would; returns its number."""
    require(actor, Permission.SITTING_CONDUCT)
    locked.running(sitting_id)
    row = locked.remark(sitting_id, comment_id)
    decision = decide.decide(actor, comment_id, True, None, "", now=now, seen=CommentState.SUBMITTED)
    comment = db.session.get_one(Comment, comment_id)
    record(RemarkRaised(sitting_id, comment_id, row.item_id, comment.action_id), actor=actor, now=now)
    acts.done(sitting_id, ADMITTED, {"decision": decision.id, **_who(actor)}, actor, now, of=comment_id)
    return comment.number or 0


@atomic()
def call_up(actor: Actor, sitting_id: int, item_id: int, number: int, *, now: datetime) -> int:
    """Bring a remark that was sent before into the sitting, under an item; returns its row."""
    require(actor, Permission.SITTING_CONDUCT)
    sitting = locked.running(sitting_id)
    item = locked.item(sitting_id, item_id)
    comment = _sent(sitting, number)
    if db.session.get(SittingRemark, (comment.id, sitting_id)) is not None:
        raise Conflict(N_("This remark is before the sitting already."), code="called")
    if actor.person_id is None:
        raise Forbidden(N_("A person must do this: it cannot be done from the console."), code="needs_person")
    row = SittingRemark(
        comment_id=comment.id,
        sitting_id=sitting_id,
        call=locked.call_of(sitting_id),
        item_id=item.id,
        person_id=actor.person_id,
        client_key=f"called-{comment.id}",
        made_here=False,
        tied_at=now,
    )
    db.session.add(row)
    record(RemarkMade(sitting_id, comment.id, None, item.id, comment.action_id, False), actor=actor, now=now)
    acts.done(sitting_id, CALLED, _named(sitting_id, comment.id), actor, now, of=comment.id)
    return comment.id


@atomic()
def tie_to_speech(actor: Actor, sitting_id: int, comment_id: int, *, now: datetime) -> int:
    """Put a remark beside the speech that goes on; returns the speech."""
    require(actor, Permission.SITTING_CONDUCT)
    locked.running(sitting_id)
    row = locked.remark(sitting_id, comment_id)
    speech = locked.running_speech(sitting_id)
    if speech is None:
        raise Conflict(N_("Nobody has the floor now."), code="no_speech")
    if row.speech_id == speech.id:
        return speech.id
    before = {**_named(sitting_id, comment_id), "speech": row.speech_id, "item": row.item_id}
    row.speech_id, row.item_id = speech.id, speech.item_id or row.item_id
    record(RemarkTied(sitting_id, comment_id, speech.id, row.item_id), actor=actor, now=now)
    acts.done(sitting_id, TIED, before, actor, now, of=comment_id)
    return speech.id


@atomic()
def mark_read(actor: Actor, sitting_id: int, comment_id: int, *, now: datetime) -> None:
    """Write down that a remark which everybody can read was read aloud; once is enough."""
    require(actor, Permission.SITTING_CONDUCT)
    locked.running(sitting_id, suspended=False)
    row = locked.remark(sitting_id, comment_id)
    if row.read_at is not None:
        return
    _check_public(comment_id)
    row.read_at = now
    record(RemarkRead(sitting_id, comment_id, row.item_id, row.speech_id), actor=actor, now=now)
    acts.done(sitting_id, READ, _named(sitting_id, comment_id), actor, now, of=comment_id)


def _sent(sitting: Sitting, number: int) -> Comment:
    """A remark on the same text that was sent and still stands."""
    found = db.session.scalar(
        sa.select(Comment)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .join(Conference, Conference.version_id == Consultation.version_id)
        .where(Comment.number == number, Conference.id == sitting.conference_id, Comment.state.in_(_STANDING))
    )
    if found is None:
        raise Invalid(
            N_("There is no remark with this number on the text of this conference."), code="number", field="number"
        )
    return found


def _check_public(comment_id: int) -> None:
    comment = db.session.get_one(Comment, comment_id, populate_existing=True)
    admission = db.session.get_one(Consultation, comment.consultation_id).admission
    if not is_public(comment.state, admission):
        raise Conflict(N_("Admit the remark first: not everybody can read it yet."), code="not_public")


def _named(sitting_id: int, comment_id: int) -> dict[str, int]:
    return {"sitting": sitting_id, "remark": comment_id}


def _who(actor: Actor) -> dict[str, int | None]:
    return {"person": actor.person_id, "mandate": actor.acting.mandate_id if actor.acting else None}
