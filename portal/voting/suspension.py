"""Art. 14: an organisation suspended after the roll was drawn up stays in the base of the vote and does not answer."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from portal.db import db
from portal.forum import queries as forum
from portal.forum.models import Forum, ForumMembership, ForumSuspension
from portal.forum.rules import ForumKey
from portal.kernel.clock import local_day
from portal.kernel.errors import Forbidden
from portal.kernel.words import N_
from portal.voting.rules import Electorate

_FORUMS = {Electorate.FORUM: ForumKey.METROPOLITAN, Electorate.YOUTH_FORUM: ForumKey.YOUTH}


def suspended_since(electorate: Electorate, body_id: int, now: datetime) -> date | None:
    """The first day of the suspension in which an organisation is; none in votes that are not of a Forum."""
    key, today = _FORUMS.get(electorate), local_day(now)
    if key is None:
        return None
    query = (
        sa.select(sa.func.max(ForumSuspension.starts_on))
        .join(ForumMembership, ForumMembership.id == ForumSuspension.membership_id)
        .join(Forum, Forum.id == ForumMembership.forum_id)
        .where(Forum.key == key, ForumMembership.body_id == body_id, ForumSuspension.starts_on <= today)
        .where(forum.is_member_on(today), forum.is_suspended_on(today))
    )
    return db.session.scalar(query)


def check_not_suspended(electorate: Electorate, body_id: int, now: datetime) -> None:
    """Nobody answers for a suspended organisation, whatever the channel."""
    since = suspended_since(electorate, body_id, now)
    if since is not None:
        raise Forbidden(
            N_("Not recorded: the organisation has been suspended since %(day)s. Its seat stays in the base."),
            code="suspended",
            day=since,
        )
