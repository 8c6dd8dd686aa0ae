"""Whom a note calls, and what the letter to them says: who wrote it, beside which remark, never its words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from portal.accounts.letters import Addressee, addressees
from portal.accounts.models import Person
from portal.comments.models import Comment
from portal.db import db
from portal.drafting import queries
from portal.drafting.models import InternalNote, NoteMention
from portal.kernel import clock
from portal.territory.models import Body


@dataclass(frozen=True)
class Called:
    """A note that calls colleagues."""

    comment_number: int
    body_name: str
    by: str
    people: tuple[int, ...]

    @property
    def to(self) -> list[Addressee]:
        """Those called who still work there and can be written to."""
        here = {colleague.person_id for colleague in queries.colleagues(clock.now())}
        return addressees(here & set(self.people))


def called(note_id: int) -> Called | None:
    """The note, for the letter."""
    row = db.session.execute(
        sa.select(Comment.number, Body.name, Person.name)
        .select_from(InternalNote)
        .join(Comment, Comment.id == InternalNote.comment_id)
        .join(Body, Body.id == Comment.body_id)
        .join(Person, Person.id == InternalNote.person_id)
        .where(InternalNote.id == note_id)
    ).one_or_none()
    people = db.session.execute(sa.select(NoteMention.person_id).where(NoteMention.note_id == note_id)).scalars().all()
    return Called(row[0] or 0, row[1], row[2], tuple(people)) if row else None


def names_called(note_ids: Collection[int]) -> dict[int, list[str]]:
    """The names of the colleagues called by each of these notes."""
    rows = db.session.execute(
        sa.select(NoteMention.note_id, Person.name)
        .join(Person, Person.id == NoteMention.person_id)
        .where(NoteMention.note_id.in_(note_ids))
        .order_by(Person.name)
    )
    found: dict[int, list[str]] = {}
    for note_id, name in rows:
        found.setdefault(note_id, []).append(name)
    return found
