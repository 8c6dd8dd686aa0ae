"""The Council takes its request back; what was written stays to be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.clock import local_day
from portal.kernel.errors import Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.opinions.requests import locked
from portal.opinions.requests.events import ForumRequestWithdrawn
from portal.opinions.requests.models import ForumWithdrawal
from portal.opinions.requests.reasons import reasoned
from portal.opinions.requests.rules import ACT_LIMIT
from portal.opinions.requests.standing import check_running


@dataclass(frozen=True)
class TakenBack:
    """The act of the Council, and why."""

    act_number: str
    act_date: date
    reason: str


@atomic()
def withdraw(actor: Actor, request_id: int, act: TakenBack, *, now: datetime) -> None:
    """Nothing more is done about the request; no term runs."""
    request = locked.request(request_id)
    require(actor, Permission.OPINION_REGISTER)
    check_running(request_id, now)
    if not request.act_date <= act.act_date <= local_day(now):
        raise Invalid(
            N_("The act comes after the one that asked for the opinion, and not in the future."),
            code="order",
            field="act_date",
        )
    row = ForumWithdrawal(
        request_id=request_id,
        act_number=typed(act.act_number, field="act_number", limit=ACT_LIMIT),
        act_date=act.act_date,
        reason=reasoned(act.reason),
        withdrawn_at=now,
    )
    db.session.add(row)
    record(ForumRequestWithdrawn(request_id, text_digest(row.act_number), row.act_date), actor=actor, now=now)
