"""Draw up what is sent to the Council: the opinion, or after the third sitting the certificate (art. 30 c.5-6)."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import digest
from portal.kernel.errors import Conflict
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.opinions import locked
from portal.opinions.content import content
from portal.opinions.events import OpinionNotRendered, OpinionRendered
from portal.opinions.models import OpinionDocument
from portal.opinions.rules import DocumentKind, Stage
from portal.opinions.standing import standing


@atomic()
def draw_up(actor: Actor, request_id: int, *, now: datetime) -> int:
    """The number of the document among those of the request; frozen with its fingerprint."""
    request = locked.request(request_id)
    require(actor, Permission.OPINION_MANAGE)
    found = standing(request_id, now)
    if found.document is not None:
        raise Conflict(N_("The document is drawn up already."), code="drawn")
    if found.stage not in {Stage.REACHED, Stage.NOT_RENDERED}:
        raise Conflict(
            N_("There is nothing to draw up: the opinion was not reached, and not all sittings were held."),
            code="stage",
        )
    kind = DocumentKind.OPINION if found.stage is Stage.REACHED else DocumentKind.CERTIFICATE
    known = db.session.scalar(
        sa.select(sa.func.max(OpinionDocument.number)).where(OpinionDocument.request_id == request_id)
    )
    number = (known or 0) + 1
    facts = content(request, kind, number, found, now)
    row = OpinionDocument(
        request_id=request_id,
        number=number,
        kind=kind,
        poll_id=found.course.reached.poll_id if found.course.reached else None,
        content=facts,
        sha256=digest(facts),
        drawn_at=now,
        drawn_by_id=actor.person_id,
    )
    db.session.add(row)
    if kind is DocumentKind.OPINION:
        record(
            OpinionRendered(request_id, number, row.poll_id or 0, facts["opinion"]["kind"], row.sha256),
            actor=actor,
            now=now,
        )
    else:
        record(OpinionNotRendered(request_id, number, row.sha256), actor=actor, now=now)
    return number


@atomic()
def certify(request_id: int, *, now: datetime) -> bool:
    """Once the third sitting is over, by itself; False where there is nothing to certify, or it was done."""
    locked.request(request_id)
    found = standing(request_id, now)
    if found.stage is not Stage.NOT_RENDERED or found.document is not None:
        return False
    draw_up(Actor.system(), request_id, now=now)
    return True
