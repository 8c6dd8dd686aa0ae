"""What has arrived since somebody opened a page: counted for them, and told without moving what they read."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from portal.comments.models import Comment, Consultation
from portal.comments.rules import CommentState
from portal.comments.visibility import visible_clause
from portal.db import db
from portal.journal.hearing import heads
from portal.journal.models import Entry
from portal.kernel.actor import Actor
from portal.plan.models import Action

MOST = 1_000  # entries looked through; whoever was away longer is told that there is more
_MAKES_PUBLIC = ("SubmissionReceived", "CommentAdmitted")


def stream_of(consultation_id: int) -> str:
    """The stream in which a consultation is told."""
    return f"consultation:{consultation_id}"


def consultation_of(action_id: int) -> int | None:
    """The consultation in which an action can be remarked on, if there is one."""
    query = sa.select(Consultation.id).join(Action, Action.version_id == Consultation.version_id)
    return db.session.scalar(query.where(Action.id == action_id))


def on_action(actor: Actor, action_id: int, consultation_id: int, after: int) -> int:
    """How many remarks on an action this reader may read that the entries after a number made public."""
    entries = sa.select(Entry.kind, Entry.facts).where(
        Entry.stream == stream_of(consultation_id), Entry.seq > after, Entry.kind.in_(_MAKES_PUBLIC)
    )
    numbers: set[int] = set()
    for kind, facts in db.session.execute(entries.order_by(Entry.seq).limit(MOST)):
        numbers.update(facts["comments"] if kind == "SubmissionReceived" else [facts["number"]])
    if not numbers:
        return 0
    readable: Any = (
        sa.select(sa.func.count())
        .select_from(Comment)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .where(Comment.number.in_(sorted(numbers)), Comment.action_id == action_id, visible_clause(actor))
    )
    return int(db.session.execute(readable).scalar_one())


def last_number() -> int:
    """The highest public number given so far: numbers are given in the order in which submissions are kept."""
    return db.session.scalar(sa.select(sa.func.max(Comment.number))) or 0


def waiting_after(actor: Actor, number: int) -> int:
    """How many remarks with higher numbers wait for a decision."""
    query = (
        sa.select(sa.func.count())
        .select_from(Comment)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .where(Comment.number > number, Comment.state == CommentState.SUBMITTED, visible_clause(actor))
    )
    return int(db.session.execute(query).scalar_one())


def state_of(actor: Actor, number: int) -> CommentState | None:
    """Where a remark stands now, for whoever may read it."""
    query = (
        sa.select(Comment.state)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .where(Comment.number == number, visible_clause(actor))
    )
    return db.session.scalar(query)


def open_streams() -> dict[str, int]:
    """The streams of the consultations that are not concluded, with where they stand: what a desk follows.

    A page asks for this before it reads what it shows: then it may be told again of what it shows, and misses nothing.
    """
    rows = db.session.execute(
        sa.select(Consultation.id).where(Consultation.concluded_at.is_(None)).order_by(Consultation.id.desc()).limit(20)
    ).scalars()
    return heads(stream_of(consultation_id) for consultation_id in rows)
