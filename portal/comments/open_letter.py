"""Take in a letter that came by another way: its heading, its text, its documents; or set it aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from portal.comments import registration_rules as rules
from portal.comments.events import LetterSetAside
from portal.comments.letter_drafts import letter_for_update, passages_of, put_passages, touch
from portal.comments.models import Consultation
from portal.comments.registration_models import Registration
from portal.comments.registration_rules import LetterChannel, RegistrationState
from portal.db import atomic, db, upsert
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.offices import Office
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.territory.models import Body


@dataclass(frozen=True)
class Heading:
    """What is written on the letter and on its protocol."""

    consultation_id: int
    body_id: int
    channel: LetterChannel
    protocol_number: str
    protocol_date: date
    received_at: datetime
    signed_as: Office | None = None


@atomic()
def begin(
    actor: Actor, heading: Heading, text: str, client_key: str, *, revision: int = 0, now: datetime
) -> tuple[int, int]:
    """Take a letter in and return its number and revision; the same form again finds what it stored.

    A form that knows a `revision` of it changes that one alone: what a colleague corrected since is not overwritten.

    Statute art. 12-13: what bodies send on paper or by certified mail counts as what they send here.
    """
    require(actor, Permission.LETTER_REGISTER)
    if not 8 <= len(client_key) <= 64 or not client_key.replace("-", "").isalnum():
        raise Invalid(N_("This form has lost its key. Open the page again."), code="client_key")
    known = db.session.execute(
        sa.select(Registration.id).where(
            Registration.person_id == actor.person_id, Registration.client_key == client_key
        )
    ).scalar_one_or_none()
    if known:
        row = letter_for_update(actor, known, revision or None)
        return known, _write(row, heading, text, now)
    facts = _facts(heading, None, now)
    values = {**facts, "text": _text(text), "client_key": client_key, "person_id": actor.person_id, "saved_at": now}
    insert = upsert(Registration).values(revision=1, state=RegistrationState.OPEN, **values)
    new_id: int = db.session.execute(insert.returning(Registration.id)).scalar_one()
    return new_id, 1


@atomic()
def revise(actor: Actor, letter_id: int, heading: Heading, text: str, revision: int, *, now: datetime) -> int:
    """Correct heading or text and return the new revision; passages around a correction stay assigned."""
    return _write(letter_for_update(actor, letter_id, revision), heading, text, now)


@atomic()
def set_aside(actor: Actor, letter_id: int, *, now: datetime) -> None:
    """Give a letter up before it is registered, as one that was taken in twice; its protocol number is free again."""
    row = letter_for_update(actor, letter_id)
    row.state = RegistrationState.DISCARDED
    row.saved_at = now
    record(LetterSetAside(row.consultation_id, row.id, row.body_id), actor=actor, now=now)


def _write(row: Registration, heading: Heading, text: str, now: datetime) -> int:
    facts, words = _facts(heading, row.id, now), _text(text)
    if words == row.text and all(getattr(row, name) == value for name, value in facts.items()):
        return row.revision
    if words != row.text:
        carried = rules.carried(row.text, words, passages_of(row.id))
        row.text = words
        put_passages(row, carried)
    for name, value in facts.items():
        setattr(row, name, value)
    return touch(row, now)


def _text(text: str) -> str:
    return typed(text, field="text", limit=rules.TEXT_LIMIT, required=False)


def _facts(heading: Heading, letter_id: int | None, now: datetime) -> dict[str, Any]:
    consultation = db.session.get(Consultation, heading.consultation_id)
    body = db.session.get(Body, heading.body_id)
    if consultation is None or body is None:
        raise NotFound()
    if body.kind.value not in consultation.body_kinds:
        raise Invalid(N_("This consultation is not open to this body."), code="body_kind", field="body")
    if consultation.concluded_at:
        raise Conflict(N_("The consultation is concluded: nothing is received any more."), code="concluded")
    rules.check_received(heading.received_at, consultation.opens_at, now)
    if heading.protocol_date > local_day(now):
        raise Invalid(N_("This day is still to come."), code="in_future", field="protocol_date")
    facts = {
        "consultation_id": consultation.id,
        "body_id": body.id,
        "channel": heading.channel,
        "protocol_number": typed(heading.protocol_number, field="protocol_number", limit=rules.PROTOCOL_LIMIT),
        "protocol_date": heading.protocol_date,
        "received_at": heading.received_at,
        "signed_as": heading.signed_as,
    }
    _check_once(facts, letter_id)
    return facts


def _check_once(facts: dict[str, Any], letter_id: int | None) -> None:
    same = sa.select(Registration.id).where(
        Registration.consultation_id == facts["consultation_id"],
        Registration.protocol_number == facts["protocol_number"],
        Registration.protocol_date == facts["protocol_date"],
        Registration.state != RegistrationState.DISCARDED,
    )
    found = db.session.execute(same).scalar_one_or_none()
    if found is not None and found != letter_id:
        raise Invalid(
            N_("A letter with this protocol number and date is taken in already: look for it in the list."),
            code="protocol_known",
            field="protocol_number",
        )
