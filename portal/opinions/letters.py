"""What the letters about terms that run out need to know, and to whom they go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from portal.accounts import queries as accounts
from portal.accounts.models import Mandate
from portal.conferences.rules import Organ
from portal.db import db
from portal.kernel.offices import BodyKind, Office
from portal.opinions.models import OpinionPoll, OpinionRequest, OpinionSitting
from portal.opinions.standing import standing
from portal.territory.models import Body

OFFICES = (Office.SECRETARIAT, Office.SECRETARY_GENERAL)


@dataclass(frozen=True)
class Alarm:
    """A request whose further sittings are still to be held, on a day of alarm."""

    request: int
    subject: str
    first_day: date
    last_day: date
    day: int  # of alarm: 20 or 27
    days_left: int
    held: int
    missing: int

    @property
    def name(self) -> str:
        """The alarm is given once for each first sitting and day."""
        return f"opinion:{self.request}:{self.first_day.isoformat()}:{self.day}"


def alarms(now: datetime) -> list[Alarm]:
    """The alarms whose day has come."""
    found = []
    query = sa.select(OpinionRequest.id, OpinionRequest.subject).where(OpinionRequest.organ == Organ.MAYORS)
    for row in db.session.execute(query.order_by(OpinionRequest.id)):
        course = standing(row.id, now).course
        if course.alarm is None or course.last_day is None or course.days_left is None:
            continue
        first = course.sittings[0].attempt.day
        found.append(
            Alarm(
                row.id, row.subject, first, course.last_day, course.alarm, course.days_left, course.held, course.missing
            )
        )
    return found


def held_for(*, sitting: int | None = None, poll: int | None = None) -> list[int]:
    """The requests that a sitting was held for, or that a vote was about."""
    if sitting is not None:
        query = sa.select(OpinionSitting.request_id).where(OpinionSitting.sitting_id == sitting)
        return list(db.session.scalars(query.order_by(OpinionSitting.request_id)))
    return list(db.session.scalars(sa.select(OpinionPoll.request_id).where(OpinionPoll.poll_id == poll)))


def alarmed(now: datetime) -> list[int]:
    """The secretariat and the secretary general."""
    rows = db.session.execute(
        sa.select(Mandate.person_id)
        .join(Body, Body.id == Mandate.body_id)
        .where(Body.kind == BodyKind.METROPOLITAN_CITY, Mandate.office.in_(OFFICES), accounts.is_in_force(now))
        .order_by(Mandate.person_id)
        .distinct()
    )
    return list(rows.scalars())
