"""The steps that were taken with a request: plain functions for the verbs that take them."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.db import db, upsert
from portal.opinions.requests.models import ForumStep
from portal.opinions.requests.rules import Step

__all__ = ["Step", "reach", "taken", "undo"]


def reach(request_id: int, step: Step, now: datetime) -> None:
    """The step is taken; taken again, it stays as it was."""
    row = upsert(ForumStep).values(request_id=request_id, step=step, at=now)
    db.session.execute(row.on_conflict_do_nothing(index_elements=[ForumStep.request_id, ForumStep.step]))


def undo(request_id: int, step: Step) -> None:
    """A vote was annulled, or is repeated: what it led to is taken back."""
    db.session.execute(sa.delete(ForumStep).where(ForumStep.request_id == request_id, ForumStep.step == step))


def taken(request_id: int) -> dict[Step, datetime]:
    """Every step with its instant, in order of time."""
    query = sa.select(ForumStep.step, ForumStep.at).where(ForumStep.request_id == request_id)
    rows = db.session.execute(query.order_by(ForumStep.at))
    return {row.step: row.at for row in rows}
