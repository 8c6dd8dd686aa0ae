"""The register of people as the office searches it, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Mandate, Person
from portal.accounts.queries import MANDATE_COLUMNS, MandateRow, PersonRow, is_in_force, is_open
from portal.db import db
from portal.kernel.offices import Office
from portal.territory.models import Body

PAGE = 50


@dataclass(frozen=True)
class Search:
    """How the office narrows the list of people."""

    text: str = ""
    body_id: int | None = None
    office: Office | None = None
    active_only: bool = True


def search_mandates(search: Search, after: tuple[str, int] | None, now: datetime) -> list[MandateRow]:
    """A page of mandates in order of name, one more than PAGE if there is a next one."""
    query: sa.Select[Any] = sa.select()
    query = (
        query.add_columns(*MANDATE_COLUMNS, is_in_force(now), is_open(now))
        .select_from(Mandate)
        .join(Person, Person.id == Mandate.person_id)
    )
    query = query.join(Body, Body.id == Mandate.body_id)
    if search.text:
        like = "%" + search.text.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        found = [sa.func.lower(column).like(like, escape="\\") for column in (Person.name, Person.email, Body.name)]
        query = query.where(sa.or_(*found))
    if search.body_id is not None:
        query = query.where(Mandate.body_id == search.body_id)
    if search.office is not None:
        query = query.where(Mandate.office == search.office)
    if search.active_only:
        query = query.where(is_in_force(now))
    if after is not None:
        query = query.where(sa.tuple_(Person.name, Mandate.id) > sa.tuple_(*(sa.literal(v) for v in after)))
    rows = db.session.execute(query.order_by(Person.name, Mandate.id).limit(PAGE + 1))
    return [MandateRow(*row) for row in rows]


def people_without_mandate(now: datetime) -> list[PersonRow]:
    """Those who can sign in and act for nobody."""
    held = sa.exists().where(Mandate.person_id == Person.id, is_in_force(now))
    rows = db.session.execute(
        sa.select(Person).where(Person.erased_at.is_(None), ~held).order_by(Person.name, Person.id).limit(200)
    ).scalars()
    return [PersonRow(p.id, p.name, p.email, p.language, p.created_at, p.erased_at) for p in rows]
