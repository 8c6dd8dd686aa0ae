"""Rows that verbs need under their lock."""

from __future__ import annotations

from typing import Any, TypeVar

import sqlalchemy as sa

from portal.conferences.accreditation_models import Accreditation, ConvocationRequest
from portal.conferences.models import AgendaItem, Conference, Sitting, SittingCall, SittingSeat
from portal.db import db
from portal.kernel.errors import NotFound

T = TypeVar("T")


def alone(query: sa.Select[T]) -> T:
    """The one row of a query, under its lock."""
    locked: Any = query.with_for_update().execution_options(populate_existing=True)
    found: T | None = db.session.execute(locked).scalar_one_or_none()
    if found is None:
        raise NotFound()
    return found


def conference(number: int) -> Conference:
    """The conference, alone."""
    return alone(sa.select(Conference).where(Conference.id == number))


def sitting(number: int) -> Sitting:
    """The sitting, alone: its agenda, its notices and its seats change under this lock."""
    return alone(sa.select(Sitting).where(Sitting.id == number))


def request(number: int) -> ConvocationRequest:
    """The request to convene, alone."""
    return alone(sa.select(ConvocationRequest).where(ConvocationRequest.id == number))


def calls(sitting_id: int) -> list[SittingCall]:
    """The calls in order."""
    query = sa.select(SittingCall).where(SittingCall.sitting_id == sitting_id).order_by(SittingCall.number)
    return list(db.session.execute(query.execution_options(populate_existing=True)).scalars())


def items(sitting_id: int) -> list[AgendaItem]:
    """The agenda in order."""
    query = sa.select(AgendaItem).where(AgendaItem.sitting_id == sitting_id).order_by(AgendaItem.position)
    return list(db.session.execute(query.execution_options(populate_existing=True)).scalars())


def item(sitting_id: int, item_id: int) -> AgendaItem:
    """One item of this sitting's agenda; another sitting's is nothing here."""
    found = next((one for one in items(sitting_id) if one.id == item_id), None)
    if found is None:
        raise NotFound()
    return found


def seats(sitting_id: int) -> list[SittingSeat]:
    """The seats in order."""
    query = sa.select(SittingSeat).where(SittingSeat.sitting_id == sitting_id).order_by(SittingSeat.number)
    return list(db.session.execute(query).scalars())


def accreditation(sitting_id: int, accreditation_id: int) -> Accreditation:
    """One accreditation of this sitting, alone."""
    query = sa.select(Accreditation).where(Accreditation.id == accreditation_id, Accreditation.sitting_id == sitting_id)
    return alone(query)
