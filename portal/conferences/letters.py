"""What letters about sittings need to know, and to whom they go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from portal.accounts import queries as accounts
from portal.accounts.models import Mandate, Person
from portal.conferences.accreditation_models import Accreditation, ConvocationRequest
from portal.conferences.models import Conference, Dispatch, Notice, Sitting, SittingCall, SittingSeat
from portal.conferences.rules import NoticeKind, Organ, Visibility
from portal.db import db
from portal.kernel.offices import BodyKind, Office
from portal.territory.models import Body


@dataclass(frozen=True)
class Sent:
    """A notice as its letter tells it."""

    sitting: int
    number: int
    kind: NoticeKind
    organ: Organ
    visibility: Visibility
    content: dict[str, Any]
    first: dict[str, Any]  # what the convocation said
    sha256: str
    remote_link: str

    @property
    def calls(self) -> list[datetime]:
        """Days and hours."""
        return [datetime.fromisoformat(call["starts_at"]) for call in self.first["calls"]]

    @property
    def closes_at(self) -> datetime:
        """Until when delegations are taken."""
        return datetime.fromisoformat(self.first["delegations_close_at"])


@dataclass(frozen=True)
class To:
    """One line of the dispatch log."""

    id: int
    body_name: str
    person_id: int | None
    name: str
    email: str
    language: str


@dataclass(frozen=True)
class Decided:
    """An accreditation that was decided on."""

    id: int
    sitting: int
    sitting_title: str
    starts_at: datetime
    seat_name: str
    person_id: int
    named_by_id: int | None
    office: Office
    reason: str
    place: str
    expires_at: datetime | None
    was_granted: bool


@dataclass(frozen=True)
class Reached:
    """A request that a fifth of the mayors have made."""

    id: int
    subject: str
    due_on: date
    needed: int
    seats: int


def sent(notice_id: int) -> Sent:
    """The notice."""
    row: Any = db.session.execute(
        sa.select(Notice.sitting_id, Notice.number, Notice.kind, Conference.organ, Sitting.visibility, Notice.content)
        .add_columns(Notice.sha256, Sitting.remote_link)
        .join(Sitting, Sitting.id == Notice.sitting_id)
        .join(Conference, Conference.id == Sitting.conference_id)
        .where(Notice.id == notice_id)
    ).one()
    first = db.session.execute(
        sa.select(Notice.content).where(Notice.sitting_id == row.sitting_id, Notice.number == 1)
    ).scalar_one()
    return Sent(
        sitting=row.sitting_id,
        number=row.number,
        kind=row.kind,
        organ=row.organ,
        visibility=row.visibility,
        content=row.content,
        first=first,
        sha256=row.sha256,
        remote_link=row.remote_link,
    )


def addressees(notice_id: int) -> list[To]:
    """Everybody on the log who can still be written to."""
    rows = db.session.execute(
        sa.select(Dispatch.id, Body.name, Person.id, Person.name, Person.email, Person.language, Dispatch.address)
        .join(Body, Body.id == Dispatch.body_id)
        .outerjoin(Person, Person.id == Dispatch.person_id)
        .where(Dispatch.notice_id == notice_id)
        .order_by(Dispatch.id)
    )
    found = [To(r[0], r[1], r[2], r[3] or r[1], r[4] or r[6], r[5] or "it") for r in rows]
    return [one for one in found if one.email]


def decided(accreditation_id: int) -> Decided:
    """An accreditation with its sitting."""
    row: Any = db.session.execute(
        sa.select(Accreditation.id, Accreditation.sitting_id, Sitting.title, SittingCall.starts_at, SittingSeat.name)
        .add_columns(Accreditation.person_id, Accreditation.named_by_id, Accreditation.office, Accreditation.reason)
        .add_columns(Sitting.place, Accreditation.link_expires_at, Accreditation.badge_code.is_not(None))
        .join(Sitting, Sitting.id == Accreditation.sitting_id)
        .join(SittingCall, sa.and_(SittingCall.sitting_id == Sitting.id, SittingCall.number == 1))
        .join(SittingSeat, SittingSeat.id == Accreditation.seat_id)
        .where(Accreditation.id == accreditation_id)
    ).one()
    return Decided(*row)


def reached(request_id: int) -> Reached:
    """A request with its term."""
    row = db.session.get_one(ConvocationRequest, request_id)
    assert row.due_on is not None  # it was reached
    return Reached(row.id, row.subject, row.due_on, row.needed or 0, row.seats or 0)


def convening(now: datetime) -> list[int]:
    """Who convenes: the metropolitan mayor, and those who write the notice."""
    offices: Iterable[Office] = (Office.MAYOR, Office.SECRETARIAT, Office.SECRETARY_GENERAL)
    rows = db.session.execute(
        sa.select(Mandate.person_id)
        .join(Body, Body.id == Mandate.body_id)
        .where(Body.kind == BodyKind.METROPOLITAN_CITY, Mandate.office.in_(list(offices)), accounts.is_in_force(now))
        .order_by(Mandate.person_id)
        .distinct()
    )
    return list(rows.scalars())
