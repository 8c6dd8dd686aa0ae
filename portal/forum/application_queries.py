"""Reading requests to join: the list of the secretariat, one with its questions, and what an applicant sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.accounts.sessions import token_hash
from portal.db import db
from portal.forum.models import ForumApplication, ForumOrganisation, ForumQuestion
from portal.forum.rules import OPEN_STATES, ApplicationState
from portal.kernel.actor import Actor
from portal.kernel.errors import Gone, NotFound
from portal.kernel.offices import BodyKind, ForumCategory
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.territory.models import Body


@dataclass(frozen=True)
class QuestionRow:
    """A question and its answer."""

    number: int
    text: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None
    file_sha256: str | None
    file_name: str


@dataclass(frozen=True)
class ApplicationRow:
    """A request to join."""

    id: int
    forum_id: int
    state: ApplicationState
    name: str
    category: ForumCategory
    legal_form: str
    tax_code: str
    registered_in: str
    registered_as: str
    seat: str
    website: str
    purpose: str
    contact_name: str
    contact_email: str
    expires_at: datetime
    confirmed_at: datetime | None
    decided_at: datetime | None
    reason: str
    questions: tuple[QuestionRow, ...] = ()

    @property
    def open_question(self) -> QuestionRow | None:
        """What the applicant is asked now."""
        return next((one for one in self.questions if one.answered_at is None), None)


def waiting(actor: Actor) -> list[ApplicationRow]:
    """Those that are to be examined, the oldest first."""
    require(actor, Permission.FORUM_WATCH)
    query = sa.select(ForumApplication).where(ForumApplication.state.in_(OPEN_STATES))
    return [_row(row) for row in db.session.scalars(query.order_by(ForumApplication.confirmed_at, ForumApplication.id))]


def decided(actor: Actor, limit: int = 50) -> list[ApplicationRow]:
    """Those that are decided or were withdrawn, the latest first."""
    require(actor, Permission.FORUM_WATCH)
    query = sa.select(ForumApplication).where(
        ForumApplication.confirmed_at.is_not(None), ForumApplication.state.not_in(OPEN_STATES)
    )
    latest = query.order_by(ForumApplication.confirmed_at.desc(), ForumApplication.id.desc()).limit(limit)
    return [_row(row) for row in db.session.scalars(latest)]


def application(actor: Actor, application_id: int) -> ApplicationRow:
    """One request, once its address is confirmed, with what was asked and answered."""
    require(actor, Permission.FORUM_WATCH)
    row = db.session.get(ForumApplication, application_id)
    if row is None or row.confirmed_at is None:
        raise NotFound()
    return _row(row, _questions(row.id))


def own(token: str, now: datetime) -> ApplicationRow:
    """The request that a personal address opens."""
    row = db.session.scalar(sa.select(ForumApplication).where(ForumApplication.token_hash == token_hash(token)))
    if row is None or row.expires_at <= now:
        raise Gone(N_("This address does not open anything any more: use that of the latest letter."), code="link")
    return _row(row, _questions(row.id))


def alike(row: ApplicationRow) -> list[tuple[str, str]]:
    """Organisations of the register with the same tax code or the same name: their addresses and names."""
    query = sa.select(Body.key, Body.name).outerjoin(ForumOrganisation, ForumOrganisation.body_id == Body.id)
    same = sa.or_(
        sa.func.lower(Body.name) == row.name.lower(),
        sa.and_(ForumOrganisation.tax_code == row.tax_code, ForumOrganisation.tax_code != ""),
    )
    rows = db.session.execute(query.where(Body.kind == BodyKind.FORUM_ORGANISATION, same).order_by(Body.name))
    return [(key, name) for key, name in rows]


def file_of(actor: Actor, application_id: int, number: int) -> tuple[str, str]:
    """Fingerprint and name of the document that came with an answer."""
    found = next((one for one in application(actor, application_id).questions if one.number == number), None)
    if found is None or found.file_sha256 is None:
        raise NotFound()
    return found.file_sha256, found.file_name


def _questions(application_id: int) -> tuple[QuestionRow, ...]:
    rows = db.session.scalars(
        sa.select(ForumQuestion).where(ForumQuestion.application_id == application_id).order_by(ForumQuestion.number)
    )
    return tuple(
        QuestionRow(r.number, r.text, r.asked_at, r.answer, r.answered_at, r.file_sha256, r.file_name) for r in rows
    )


_PLAIN = tuple(name for name in ApplicationRow.__dataclass_fields__ if name != "questions")


def _row(row: ForumApplication, questions: tuple[QuestionRow, ...] = ()) -> ApplicationRow:
    return ApplicationRow(**{name: getattr(row, name) for name in _PLAIN}, questions=questions)
