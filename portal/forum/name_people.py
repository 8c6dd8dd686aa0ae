"""Name the delegate or the substitute of an organisation; whoever held the office before ends the day before."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import sqlalchemy as sa

from portal.accounts.end_mandate import finish
from portal.accounts.grant_mandate import Appointment, Granted, appoint
from portal.accounts.models import Mandate
from portal.accounts.queries import is_open
from portal.accounts.rules import normal_email
from portal.db import atomic, db
from portal.forum.admit import organisation
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.offices import BodyKind, Office
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.territory.models import Body

OFFICES = (Office.FORUM_DELEGATE, Office.FORUM_SUBSTITUTE)


@atomic()
def name(actor: Actor, wanted: Appointment, *, now: datetime) -> Granted:
    """One delegate and one substitute an organisation: two of them never hold the office on the same day."""
    require(actor, Permission.FORUM_MANAGE)
    return name_for(actor, wanted, organisation(wanted.body_id), now=now)


@atomic()
def end(actor: Actor, mandate_id: int, last_day: date | None, *, now: datetime) -> int:
    """End the office on a day, or with None at this instant; returns the organisation."""
    require(actor, Permission.FORUM_MANAGE)
    query = sa.select(Mandate).where(Mandate.id == mandate_id, Mandate.office.in_(OFFICES))
    mandate = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if mandate is None or organisation(mandate.body_id).kind is not BodyKind.FORUM_ORGANISATION:
        raise NotFound()
    if not (mandate.revoked_at is None and (mandate.ends_on is None or mandate.ends_on >= local_day(now))):
        raise Conflict(N_("This office is over already."), code="ended")
    return finish(actor, mandate, last_day, now=now).body_id


def name_for(actor: Actor, wanted: Appointment, body: Body, *, now: datetime) -> Granted:
    """Inside a verb: the office goes over to the person named."""
    if wanted.office not in OFFICES:
        raise Invalid(N_("An organisation has a delegate and a substitute."), code="office", field="office")
    _hand_over(actor, wanted, now)
    return appoint(actor, wanted, body, now=now)


def _hand_over(actor: Actor, wanted: Appointment, now: datetime) -> None:
    """Art. 14: an organisation has one seat; its offices have one holder each on any day."""
    db.session.execute(sa.select(Body.id).where(Body.id == wanted.body_id).with_for_update(key_share=True))
    query = sa.select(Mandate).where(Mandate.body_id == wanted.body_id, is_open(now)).with_for_update()
    for mandate in db.session.scalars(query.order_by(Mandate.id)).all():
        if mandate.person.email == normal_email(wanted.email) and mandate.office is not wanted.office:
            raise Conflict(
                N_("The same person cannot be delegate and substitute of one organisation."),
                code="same_person",
                field="email",
            )
        if mandate.office is not wanted.office or (mandate.ends_on and mandate.ends_on < wanted.starts_on):
            continue
        last = wanted.starts_on - timedelta(days=1)
        finish(actor, mandate, last if last >= max(local_day(now), mandate.starts_on) else None, now=now)
