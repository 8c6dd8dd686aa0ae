"""Let the Council go on without the sittings that are missing: two persons, one the secretary general, and a reason."""

from __future__ import annotations

from datetime import datetime, timedelta

from portal.accounts import two_persons
from portal.accounts.two_persons import Waiting
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from portal.kernel.offices import Office
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.opinions import locked
from portal.opinions.events import OpinionOverridden, OpinionOverrideAsked, OpinionOverrideRefused
from portal.opinions.models import OpinionOverride
from portal.opinions.rules import REASON_LEAST, REASON_LIMIT
from portal.opinions.standing import standing

KIND = "opinion.override"
TERM = timedelta(days=2)


@atomic()
def ask(actor: Actor, request_id: int, reason: str, *, now: datetime) -> int:
    """Nothing happens before another person has agreed; the number of what waits."""
    locked.request(request_id)
    require(actor, Permission.OPINION_MANAGE)
    _check(request_id, now)
    text = typed(reason, field="reason", limit=REASON_LIMIT)
    if len(text) < REASON_LEAST:
        raise Invalid(
            N_("Give the reason in at least %(least)d characters: everybody will read it."),
            code="reason_too_short",
            field="reason",
            least=REASON_LEAST,
        )
    if waiting(request_id, now=now):
        raise Conflict(N_("This has been asked for already and waits for a second person."), code="waits")
    office = actor.acting.office.value if actor.acting else ""
    payload = {"reason": text, "office": office}
    asked = two_persons.ask(actor, KIND, _subject(request_id), payload, now=now, term=TERM)
    record(OpinionOverrideAsked(request_id, asked.id, text_digest(text)), actor=actor, now=now)
    return asked.id


@atomic()
def confirm(actor: Actor, request_id: int, asked_id: int, *, now: datetime) -> None:
    """The second person; one of the two is the secretary general."""
    locked.request(request_id)
    require(actor, Permission.OPINION_MANAGE)
    _check(request_id, now)
    asked = two_persons.confirm(actor, asked_id, KIND, now=now)
    if asked.subject != _subject(request_id):
        raise NotFound()
    own = actor.acting.office.value if actor.acting else ""
    if Office.SECRETARY_GENERAL.value not in {own, asked.payload["office"]}:
        raise Forbidden(N_("One of the two must be the secretary general."), code="secretary_general")
    reason = str(asked.payload["reason"])
    db.session.add(
        OpinionOverride(
            request_id=request_id,
            reason=reason,
            asked_by_id=asked.requested_by_id,
            confirmed_by_id=actor.person_id or 0,
            confirmed_at=now,
        )
    )
    record(OpinionOverridden(request_id, asked_id, text_digest(reason)), actor=actor, now=now)


@atomic()
def refuse(actor: Actor, request_id: int, asked_id: int, *, now: datetime) -> None:
    """The second person does not agree, or who asked thinks again."""
    locked.request(request_id)
    require(actor, Permission.OPINION_MANAGE)
    if two_persons.refuse(actor, asked_id, KIND, now=now).subject != _subject(request_id):
        raise NotFound()
    record(OpinionOverrideRefused(request_id, asked_id), actor=actor, now=now)


def waiting(request_id: int, *, now: datetime) -> list[Waiting]:
    """What waits for a second person."""
    return two_persons.waiting(_subject(request_id), KIND, now=now)


def _subject(request_id: int) -> str:
    return f"opinion:{request_id}"


def _check(request_id: int, now: datetime) -> None:
    if not standing(request_id, now).may_override:
        raise Conflict(N_("Nothing is missing that two persons could set aside."), code="not_blocked")
