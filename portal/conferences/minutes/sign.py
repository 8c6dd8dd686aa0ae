"""Art. 49: chair and secretary general sign the same text, two different persons; then it is frozen."""

from __future__ import annotations

from datetime import datetime

from portal.conferences.minutes import locked, rules
from portal.conferences.minutes.events import MinutesSignatureGiven, MinutesSignatureWithdrawn, MinutesSigned
from portal.conferences.minutes.models import Minutes, MinutesSignature
from portal.conferences.minutes.rules import MinutesState, Signatory
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, NotFound
from portal.kernel.offices import Office
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_


def quality_of(actor: Actor) -> Signatory:
    """In which quality an office signs: the secretary general takes the minutes, the others preside."""
    secretary = actor.acting is not None and actor.acting.office is Office.SECRETARY_GENERAL
    return Signatory.SECRETARY if secretary else Signatory.CHAIR


@atomic()
def sign(actor: Actor, minutes_id: int, seen: str, *, now: datetime) -> bool:
    """Sign the text whose fingerprint the page showed; True if with this both have signed."""
    require(actor, Permission.MINUTES_SIGN)
    if actor.person_id is None or actor.acting is None:
        raise Forbidden(N_("A person must do this: it cannot be done from the console."), code="needs_person")
    row = locked.minutes(minutes_id)
    if row.state is not MinutesState.DRAFT:
        raise Conflict(N_("These minutes are signed already."), code="signed")
    quality, given = quality_of(actor), locked.signatures(row.id)
    _check_free(actor.person_id, quality, given)
    hashed = rules.fingerprint(locked.written(row))
    if hashed != seen:
        raise Conflict(N_("The text has changed since you opened the page: read it again, then sign."), code="changed")
    signature = MinutesSignature(
        minutes_id=row.id,
        quality=quality,
        person_id=actor.person_id,
        mandate_id=actor.acting.mandate_id,
        name=actor.name,
        office=actor.acting.office,
        sha256=hashed,
        signed_at=now,
    )
    db.session.add(signature)
    record(MinutesSignatureGiven(row.id, row.sitting_id, row.call, quality.value, hashed), actor=actor, now=now)
    if len(given) + 1 < len(Signatory):
        return False
    _freeze(row, hashed, now)
    record(MinutesSigned(row.id, row.sitting_id, row.call, hashed), actor=actor, now=now)
    return True


@atomic()
def withdraw(actor: Actor, minutes_id: int, *, now: datetime) -> None:
    """Take one's own signature back while the other is missing, so that the text can be changed."""
    require(actor, Permission.MINUTES_SIGN)
    row = locked.minutes(minutes_id)
    if row.state is not MinutesState.DRAFT:
        raise Conflict(N_("Both have signed: the text does not change any more."), code="signed")
    own = next((one for one in locked.signatures(row.id) if one.person_id == actor.person_id), None)
    if own is None:
        raise NotFound()
    quality, hashed = own.quality, own.sha256
    db.session.delete(own)
    record(MinutesSignatureWithdrawn(row.id, row.sitting_id, row.call, quality.value, hashed), actor=actor, now=now)


def _check_free(person_id: int, quality: Signatory, given: list[MinutesSignature]) -> None:
    if any(one.person_id == person_id for one in given):
        raise Conflict(N_("You have signed already: another person signs in the other quality."), code="two_persons")
    if any(one.quality is quality for one in given):
        raise Conflict(N_("Somebody has signed in this quality already."), code="signed")


def _freeze(row: Minutes, hashed: str, now: datetime) -> None:
    for section in locked.sections(row.id):
        section.writer_id = section.writing_since = section.written_at = None
    db.session.flush()
    row.state = rules.MACHINE.advance(row.state, MinutesState.SIGNED)
    row.sha256, row.signed_at = hashed, now
