"""Name who is to write the draft; with the first one the text begins (Statute art. 14, 32 c.1)."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.accounts.models import Mandate
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.opinions.amending import locked
from portal.opinions.amending.events import ForumRapporteurNamed
from portal.opinions.amending.keep import begin_section
from portal.opinions.amending.models import ForumText
from portal.opinions.amending.rules import SectionRole
from portal.opinions.amending.writers import eligible
from portal.opinions.requests import queries as requests
from portal.opinions.requests import standing, steps
from portal.opinions.rules import OpinionKind


@atomic()
def name_rapporteur(actor: Actor, request_id: int, mandate_id: int, *, now: datetime) -> None:
    """A delegate, a substitute or the secretary of the Forum; another one can be named until the text is frozen."""
    row = locked.found(request_id)
    require(actor, Permission.FORUM_MANAGE)
    standing.check_running(request_id, now)
    named = eligible(requests.request(request_id).forum_id, now)
    mandate = db.session.execute(sa.select(Mandate).where(Mandate.id == mandate_id, named)).scalar_one_or_none()
    if mandate is None:
        raise Invalid(
            N_("Choose a delegate or substitute of a member organisation, or the secretary of the Forum."),
            code="rapporteur",
            field="rapporteur",
        )
    if row is None:
        row = _begin(actor, request_id, mandate, now)
    elif row.frozen_at is not None:
        raise Conflict(N_("The text is frozen: it needs no rapporteur any more."), code="frozen")
    elif row.rapporteur_id == mandate.person_id and row.rapporteur_body_id == mandate.body_id:
        return
    row.rapporteur_id, row.rapporteur_body_id, row.named_at = mandate.person_id, mandate.body_id, now
    record(ForumRapporteurNamed(request_id, mandate.body_id), actor=actor, now=now)


def _begin(actor: Actor, request_id: int, mandate: Mandate, now: datetime) -> ForumText:
    row = ForumText(
        request_id=request_id,
        rapporteur_id=mandate.person_id,
        rapporteur_body_id=mandate.body_id,
        named_at=now,
        kind=OpinionKind.WITH_REMARKS,
        revision=1,
    )
    db.session.add(row)
    db.session.flush()
    for position, role in enumerate((SectionRole.PREAMBLE, SectionRole.CONCLUSION), 1):
        begin_section(actor, request_id, role, position, now)
    steps.reach(request_id, steps.Step.DRAFTING_BEGUN, now)
    return row
