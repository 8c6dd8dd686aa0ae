"""End a mandate: on a day, or at once."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from portal.accounts import rules
from portal.accounts.events import MandateEnded
from portal.accounts.grant_mandate import check_may_manage
from portal.accounts.models import Mandate
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.permissions import Permission, can, require
from portal.kernel.words import N_


@atomic()
def end_mandate(actor: Actor, mandate_id: int, ends_on: date | None, *, now: datetime) -> Mandate:
    """Set the last day (included), or with None cut access at this very instant."""
    require(actor, Permission.MANDATE_GRANT)
    mandate = db.session.scalar(
        sa.select(Mandate)
        .join(Mandate.body)
        .options(contains_eager(Mandate.body))
        .where(Mandate.id == mandate_id)
        .with_for_update(of=Mandate)
    )
    if mandate is None or not can(actor, Permission.MANDATE_GRANT, mandate.body_id):
        raise NotFound()
    check_may_manage(actor, mandate.body.kind, mandate.office)
    return finish(actor, mandate, ends_on, now=now)


def finish(actor: Actor, mandate: Mandate, ends_on: date | None, *, now: datetime) -> Mandate:
    """What every end has in common, for a mandate that is locked; acts of other domains have their own permission."""
    if actor.acting and actor.acting.mandate_id == mandate.id:
        raise Conflict(N_("You are acting under this mandate: somebody else must end it."), code="own_mandate")
    today = local_day(now)
    if rules.is_over(mandate.ends_on, mandate.revoked_at, today):
        raise Conflict(N_("This mandate has already ended."), code="ended")

    if ends_on is None:
        mandate.revoked_at = now
        mandate.ends_on = max(mandate.starts_on, min(today, mandate.ends_on or today))
    else:
        mandate.ends_on = rules.last_day(mandate.starts_on, mandate.ends_on, ends_on, today)
    record(
        MandateEnded(mandate.id, mandate.person_id, mandate.body_id, mandate.ends_on, at_once=ends_on is None),
        actor=actor,
        now=now,
    )
    return mandate
