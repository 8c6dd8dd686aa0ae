"""What waits for the reader: a text to write, amendments to sign, to propose, or to dispose of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.db import db
from portal.forum.members import standing
from portal.kernel.actor import Actor
from portal.kernel.errors import Forbidden
from portal.opinions.amending import queries
from portal.opinions.amending.locked import phase_of
from portal.opinions.amending.models import ForumText
from portal.opinions.amending.rules import AmendmentState, Phase
from portal.opinions.amending.writers import is_rapporteur
from portal.opinions.requests import queries as requests


@dataclass(frozen=True)
class Asked:
    """A text about which the reader can do something now."""

    request_id: int
    subject: str
    phase: Phase
    closes_at: datetime | None
    rapporteur: bool
    unsigned: int  # amendments of others that still need signatures, and not this organisation's
    undisposed: int  # that enough have signed, for the rapporteur


def asked_of(actor: Actor, now: datetime) -> list[Asked]:
    """Those that end first come first."""
    query = sa.select(ForumText).where(ForumText.frozen_at.is_(None)).order_by(ForumText.closes_at)
    found = (_asked(actor, row, now) for row in db.session.scalars(query))
    return [one for one in found if one is not None]


def _asked(actor: Actor, row: ForumText, now: datetime) -> Asked | None:
    request = requests.request(row.request_id)
    phase, rapporteur = phase_of(row, now), is_rapporteur(actor, row.rapporteur_id)
    body_id = _body(actor, request.forum_id, now)
    takes_part = body_id is not None and phase is Phase.OPEN
    if requests.withdrawal(row.request_id) or not (rapporteur or takes_part):
        return None
    waiting = [one for one in queries.amendments(row.request_id) if one.state is AmendmentState.PROPOSED]
    signable = [one for one in waiting if not one.supported and one.body_id != body_id]
    return Asked(
        request_id=row.request_id,
        subject=request.subject,
        phase=phase,
        closes_at=row.closes_at,
        rapporteur=rapporteur,
        unsigned=sum(all(s.body_id != body_id for s in one.signers) for one in signable) if takes_part else 0,
        undisposed=sum(one.supported for one in waiting) if rapporteur else 0,
    )


def _body(actor: Actor, forum_id: int, now: datetime) -> int | None:
    try:
        return standing(actor, forum_id, now).body_id
    except Forbidden:
        return None
