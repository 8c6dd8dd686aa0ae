"""What waits for a delegate: statements that the organisation has not weighed, in discussions under way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.db import db
from portal.kernel.actor import Actor
from portal.opinions.deliberation import queries
from portal.opinions.deliberation.models import Discussion
from portal.opinions.deliberation.standing import member_or_none
from portal.opinions.requests import queries as requests


@dataclass(frozen=True)
class Asked:
    """A discussion under way, with how much of it is left for the organisation."""

    request_id: int
    subject: str
    ends_at: datetime
    left: int
    whole: int


def asked_of(actor: Actor, now: datetime) -> list[Asked]:
    """Those that end first come first; nothing for those who hold no seat."""
    going_on = (Discussion.begins_at <= now, Discussion.ends_at > now, Discussion.closed_at.is_(None))
    found = []
    for row in db.session.scalars(sa.select(Discussion).where(*going_on).order_by(Discussion.ends_at)):
        who = member_or_none(actor, row.request_id, now)
        own = queries.own(row.request_id, who.body_id) if who and requests.withdrawal(row.request_id) is None else []
        if own:
            left = sum(one.weight is None for one in own)
            found.append(Asked(row.request_id, requests.request(row.request_id).subject, row.ends_at, left, len(own)))
    return found
