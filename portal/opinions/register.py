"""Register that the Council asks for the opinion of the Conferenza on a published version (art. 30 c.1, 32 c.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from portal.conferences.rules import Organ
from portal.db import atomic, db, next_numbers
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.clock import local_day
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.opinions.events import OpinionRequested
from portal.opinions.models import OpinionRequest
from portal.opinions.rules import SUBJECT_LIMIT
from portal.plan.models import PlanVersion
from portal.plan.rules import VersionState

ACT_LIMIT = 60


@dataclass(frozen=True)
class Asked:
    """The Council's act as it arrived."""

    version_id: int
    subject: str
    act_number: str
    act_date: date
    received_at: datetime


@atomic()
def register(actor: Actor, asked: Asked, *, now: datetime) -> int:
    """Return the number of the request; the version's fingerprint is kept with it."""
    require(actor, Permission.OPINION_REGISTER)
    version = db.session.get(PlanVersion, asked.version_id)
    if version is None:
        raise NotFound()
    if version.state is VersionState.DRAFT:
        raise Invalid(N_("An opinion is asked for on a published version."), code="draft", field="version")
    if asked.received_at > now:
        raise Invalid(N_("The instant of arrival is still to come."), code="future", field="received_at")
    if asked.act_date > local_day(asked.received_at):
        raise Invalid(N_("The act cannot be later than its arrival."), code="order", field="act_date")
    row = OpinionRequest(
        id=next_numbers("opinion")[0],
        organ=Organ.MAYORS,
        version_id=version.id,
        version_hash=version.text_hash,
        subject=typed(asked.subject, field="subject", limit=SUBJECT_LIMIT),
        act_number=typed(asked.act_number, field="act_number", limit=ACT_LIMIT),
        act_date=asked.act_date,
        received_at=asked.received_at,
        registered_at=now,
    )
    db.session.add(row)
    event = OpinionRequested(
        request_id=row.id,
        organ=row.organ.value,
        version_id=version.id,
        version_hash=version.text_hash,
        act_hash=text_digest(row.act_number),
        act_date=row.act_date,
        received_at=row.received_at,
    )
    record(event, actor=actor, now=now)
    return row.id
