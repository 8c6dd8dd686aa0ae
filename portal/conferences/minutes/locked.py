"""Minutes that verbs need under their lock."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from portal.conferences.minutes.models import Minutes, MinutesSection, MinutesSignature
from portal.conferences.minutes.rules import MinutesState, Part, content, tables_of
from portal.db import db
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.words import N_


def minutes(minutes_id: int) -> Minutes:
    """The minutes, alone: everything about them changes under this lock."""
    query: Any = sa.select(Minutes).where(Minutes.id == minutes_id).with_for_update()
    found: Minutes | None = db.session.execute(query.execution_options(populate_existing=True)).scalar_one_or_none()
    if found is None:
        raise NotFound()
    return found


def draft(minutes_id: int) -> Minutes:
    """The same while they can be written: a draft that nobody has signed."""
    row = minutes(minutes_id)
    if row.state is not MinutesState.DRAFT:
        raise Conflict(N_("These minutes are signed: their text does not change any more."), code="signed")
    if signatures(row.id):
        raise Conflict(
            N_("Somebody has signed: the signature must be withdrawn before the text changes."), code="signing"
        )
    return row


def sections(minutes_id: int) -> list[MinutesSection]:
    """In order."""
    query = sa.select(MinutesSection).where(MinutesSection.minutes_id == minutes_id).order_by(MinutesSection.position)
    return list(db.session.execute(query.execution_options(populate_existing=True)).scalars())


def section(minutes_id: int, key: str) -> MinutesSection:
    """One of them."""
    found = next((one for one in sections(minutes_id) if one.key == key), None)
    if found is None:
        raise NotFound()
    return found


def signatures(minutes_id: int) -> list[MinutesSignature]:
    """Who has signed."""
    query = sa.select(MinutesSignature).where(MinutesSignature.minutes_id == minutes_id)
    found = db.session.execute(query.execution_options(populate_existing=True)).scalars()
    return sorted(found, key=lambda one: one.signed_at)


def written(row: Minutes) -> dict[str, Any]:
    """What is signed, as it stands."""
    parts = [Part(one.key, one.title, one.text, tables_of(one.tables)) for one in sections(row.id)]
    return content(row.head, parts)
