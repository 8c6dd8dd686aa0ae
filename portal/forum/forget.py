"""Requests to join whose address nobody confirmed go away; of decided ones the contact person is forgotten in time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

import sqlalchemy as sa

from portal.db import atomic, db
from portal.forum.models import ForumApplication
from portal.forum.rules import DECIDED_STATES, ApplicationState

KEPT = timedelta(days=180)


@atomic()
def forget(*, now: datetime) -> int:
    """How many requests were deleted or made anonymous."""
    gone = sa.delete(ForumApplication).where(
        ForumApplication.state == ApplicationState.WRITTEN, ForumApplication.expires_at <= now
    )
    old = sa.update(ForumApplication).where(
        ForumApplication.state.in_(DECIDED_STATES),
        ForumApplication.contact_email != "",
        sa.func.coalesce(ForumApplication.decided_at, ForumApplication.confirmed_at) <= now - KEPT,
    )
    return _rows(gone) + _rows(old.values(contact_name="", contact_email="", expires_at=now))


def _rows(statement: Any) -> int:
    result = db.session.execute(statement.execution_options(synchronize_session=False))
    return cast("sa.CursorResult[Any]", result).rowcount
