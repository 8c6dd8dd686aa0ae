"""Split a letter: give its passages to remarks, or say that they ask for nothing. Nothing may be left over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.comments import registration_rules as rules
from portal.comments.letter_drafts import letter_for_update, passages_of, points_of, put_passages, touch
from portal.comments.models import Consultation
from portal.comments.points import POINTS_LIMIT, Place
from portal.comments.registration_models import Registration, RegistrationPassage, RegistrationPoint
from portal.comments.registration_rules import NO_REQUEST, Owner, Part
from portal.comments.rules import CommentKind
from portal.db import atomic, db
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.words import N_
from portal.plan.models import Action, Paragraph, Section

Ranges = Iterable[tuple[int, int]]


@atomic()
def add_point(
    actor: Actor, letter_id: int, place: Place, kind: CommentKind, ranges: Ranges, revision: int, *, now: datetime
) -> int:
    """A new remark made of some passages; returns its id."""
    row = letter_for_update(actor, letter_id, revision)
    known = points_of(letter_id)
    if len(known) >= POINTS_LIMIT:
        raise Conflict(
            N_("A submission holds at most %(limit)d points: send this one and begin another."),
            code="too_many_points",
            limit=POINTS_LIMIT,
        )
    _check_place(row, place)
    point = RegistrationPoint(
        registration_id=row.id,
        position=known[-1].position + 1 if known else 1,
        kind=kind,
        action_id=place.action_id,
        section_id=place.section_id,
        paragraph_id=place.paragraph_id,
    )
    db.session.add(point)
    db.session.flush()
    _give(row, ranges, Owner(point.id, Part.OBSERVATION))
    touch(row, now)
    return point.id


@atomic()
def assign(
    actor: Actor, letter_id: int, ranges: Ranges, point_id: int, part: Part, revision: int, *, now: datetime
) -> None:
    """Give passages to a part of a remark that the letter makes already."""
    row = letter_for_update(actor, letter_id, revision)
    _point(row, point_id)
    _give(row, ranges, Owner(point_id, part))
    touch(row, now)


@atomic()
def dismiss(actor: Actor, letter_id: int, ranges: Ranges, revision: int, *, now: datetime) -> None:
    """Say that passages ask for nothing: greetings, headings, signatures."""
    row = letter_for_update(actor, letter_id, revision)
    _give(row, ranges, NO_REQUEST)
    touch(row, now)


@atomic()
def release(actor: Actor, letter_id: int, ranges: Ranges, revision: int, *, now: datetime) -> None:
    """Take passages from whoever had them."""
    row = letter_for_update(actor, letter_id, revision)
    _give(row, ranges, None)
    touch(row, now)


@atomic()
def change_point(
    actor: Actor, letter_id: int, point_id: int, place: Place, kind: CommentKind, revision: int, *, now: datetime
) -> None:
    """Say otherwise where a remark stands, or of which kind it is."""
    row = letter_for_update(actor, letter_id, revision)
    point = _point(row, point_id)
    _check_place(row, place)
    point.kind = kind
    point.action_id, point.section_id, point.paragraph_id = place.action_id, place.section_id, place.paragraph_id
    touch(row, now)


@atomic()
def remove_point(actor: Actor, letter_id: int, point_id: int, revision: int, *, now: datetime) -> None:
    """Take a remark out; its passages wait again."""
    row = letter_for_update(actor, letter_id, revision)
    point = _point(row, point_id)
    db.session.execute(
        sa.delete(RegistrationPassage).where(
            RegistrationPassage.registration_id == row.id, RegistrationPassage.point_id == point.id
        )
    )
    db.session.delete(point)
    touch(row, now)


def _give(row: Registration, ranges: Ranges, owner: Owner | None) -> None:
    stretches, passages = list(ranges), passages_of(row.id)
    if not stretches:
        raise Invalid(N_("Choose at least one passage of the letter."), code="no_passage", field="passages")
    for start, end in stretches:
        passages = rules.give(row.text, passages, start, end, owner)
    put_passages(row, passages)


def _point(row: Registration, point_id: int) -> RegistrationPoint:
    found = db.session.get(RegistrationPoint, point_id)
    if found is None or found.registration_id != row.id:
        raise NotFound()
    return found


def _check_place(row: Registration, place: Place) -> None:
    """Everything named must be of the version in consultation, and the paragraph of what holds it."""
    version_id = db.session.get_one(Consultation, row.consultation_id).version_id
    named: tuple[tuple[Any, int | None], ...] = (
        (Action, place.action_id),
        (Section, place.section_id),
        (Paragraph, place.paragraph_id),
    )
    for table, wanted in named:
        found = db.session.get(table, wanted) if wanted else None
        if wanted and (found is None or found.version_id != version_id):
            raise NotFound()
        if isinstance(found, Paragraph) and (found.action_id, found.section_id) != (place.action_id, place.section_id):
            raise NotFound()
