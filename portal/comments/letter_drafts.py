"""Loading letters that are being split, for the verbs: locked, and only for whoever registers them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from portal.comments.registration_models import Registration, RegistrationPassage, RegistrationPoint
from portal.comments.registration_rules import Owner, Passage, Passages, RegistrationState
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_


def locked(actor: Actor, letter_id: int) -> Registration:
    """The letter, locked, in whatever state it is."""
    require(actor, Permission.LETTER_REGISTER)
    found = db.session.execute(
        sa.select(Registration)
        .where(Registration.id == letter_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if found is None:
        raise NotFound()
    return found


def letter_for_update(actor: Actor, letter_id: int, revision: int | None = None) -> Registration:
    """A letter that can still be changed, as the page showed it."""
    found = locked(actor, letter_id)
    if found.state is not RegistrationState.OPEN:
        raise Conflict(N_("This letter was registered or set aside already."), code="not_open")
    if revision is not None and revision != found.revision:
        raise Conflict(
            N_("The letter was changed in another window. This page shows it as it is now: look at it and go on."),
            code="overtaken",
        )
    return found


def passages_of(letter_id: int) -> Passages:
    """The passages of a letter in order."""
    rows = db.session.execute(
        sa.select(
            RegistrationPassage.start, RegistrationPassage.end, RegistrationPassage.point_id, RegistrationPassage.part
        )
        .where(RegistrationPassage.registration_id == letter_id)
        .order_by(RegistrationPassage.start)
    )
    return tuple(Passage(start, end, Owner(point_id, part)) for start, end, point_id, part in rows)


def put_passages(row: Registration, passages: Iterable[Passage]) -> None:
    """Write the passages of a letter anew."""
    db.session.execute(sa.delete(RegistrationPassage).where(RegistrationPassage.registration_id == row.id))
    values = [
        {"registration_id": row.id, "start": p.start, "end": p.end, "point_id": p.owner.point_id, "part": p.owner.part}
        for p in passages
    ]
    if values:
        db.session.execute(sa.insert(RegistrationPassage), values)


def points_of(letter_id: int) -> list[RegistrationPoint]:
    """The points of a letter in order."""
    return list(
        db.session.scalars(
            sa.select(RegistrationPoint)
            .where(RegistrationPoint.registration_id == letter_id)
            .order_by(RegistrationPoint.position)
        )
    )


def touch(row: Registration, now: datetime) -> int:
    """Something was changed: say when, and return the new revision."""
    row.revision += 1
    row.saved_at = now
    return row.revision
