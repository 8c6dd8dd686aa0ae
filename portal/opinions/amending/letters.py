"""What the letters about the Forum's text need to know, and to whom they go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.accounts import queries as mandates
from portal.accounts.models import Mandate
from portal.db import db
from portal.opinions.amending import queries
from portal.opinions.amending.models import ForumText
from portal.opinions.amending.rules import AmendmentState
from portal.opinions.amending.support import needed
from portal.opinions.requests import letters
from portal.opinions.requests import queries as requests


@dataclass(frozen=True)
class Told:
    """A text as a letter tells of it."""

    request: int
    subject: str
    closes_at: datetime | None
    needed: int


@dataclass(frozen=True)
class Decided:
    """An amendment as a letter tells of it."""

    request: int
    subject: str
    number: int
    state: AmendmentState
    said: str
    lapsed_by: int | None


def told(number: int) -> Told:
    """The text as it is now."""
    row = db.session.get_one(ForumText, number)
    return Told(number, requests.request(number).subject, row.closes_at, needed(number))


def decided(number: int, which: int) -> Decided:
    """What became of an amendment."""
    row, subject = queries.amendment(number, which), requests.request(number).subject
    return Decided(number, subject, row.number, row.state, row.said, row.lapsed_by)


def rapporteur(number: int) -> list[int]:
    """Who writes the draft."""
    return [db.session.get_one(ForumText, number).rapporteur_id]


def members(number: int, now: datetime) -> list[int]:
    """Delegates and substitutes of the organisations that hold a seat today."""
    return letters.members(number, now)


def proposers(number: int, which: int, now: datetime) -> list[int]:
    """Delegate and substitute of the organisation that proposed an amendment."""
    body_id = queries.amendment(number, which).body_id
    query = sa.select(Mandate.person_id).where(
        Mandate.body_id == body_id, Mandate.office.in_(letters.MEMBERS), mandates.is_in_force(now)
    )
    return list(db.session.scalars(query.order_by(Mandate.person_id).distinct()))
