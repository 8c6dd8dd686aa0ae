"""The rules of the Forum that hold for a discussion: those of the day on which it was opened (art. 14)."""

from __future__ import annotations

from portal.db import db
from portal.forum import settings
from portal.forum.ruleset import ForumRules
from portal.kernel.clock import local_day
from portal.kernel.errors import NotFound
from portal.opinions.deliberation.models import Discussion
from portal.opinions.requests import queries as requests


def measures(request_id: int) -> ForumRules:
    """A revision while it goes on changes nothing of it."""
    row = db.session.get(Discussion, request_id)
    if row is None:
        raise NotFound()
    return settings.of(requests.request(request_id).forum_id, local_day(row.opened_at))
