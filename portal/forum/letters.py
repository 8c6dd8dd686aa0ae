"""What letters about the register need to know, and to whom they go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from portal.accounts.models import Mandate
from portal.accounts.queries import is_in_force
from portal.db import db
from portal.forum.models import ForumApplication, ForumMembership, ForumSuspension
from portal.territory.models import Body


@dataclass(frozen=True)
class Asking:
    """A request to join, for those who examine it."""

    number: int
    organisation: str


@dataclass(frozen=True)
class SeatNews:
    """What happened to the seat of an organisation."""

    body_id: int
    key: str
    organisation: str
    starts_on: date | None
    ends_on: date | None
    reason: str
    act: str


def application(number: int) -> Asking:
    """A request by its number; one that is gone has no name."""
    row = db.session.get(ForumApplication, number)
    return Asking(number, row.name if row else "")


def seat(membership_id: int, suspension_id: int | None) -> SeatNews:
    """A suspension, or the end of a membership."""
    member = db.session.get_one(ForumMembership, membership_id)
    body = db.session.get_one(Body, member.body_id)
    if suspension_id is None:
        return SeatNews(
            body.id, body.key, body.name, member.admitted_on, member.left_on, member.left_reason, member.left_act
        )
    row = db.session.get_one(ForumSuspension, suspension_id)
    act = row.readmitted_act or row.act
    return SeatNews(body.id, body.key, body.name, row.starts_on, row.ends_on, row.reason, act)


def people_of(body_id: int, now: datetime) -> list[int]:
    """Delegate and substitute of today."""
    query = sa.select(Mandate.person_id).where(Mandate.body_id == body_id, is_in_force(now))
    return list(db.session.scalars(query.order_by(Mandate.person_id).distinct()))
