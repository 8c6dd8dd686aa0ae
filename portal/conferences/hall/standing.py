"""Who takes part in a sitting, and for which seat: asked again at every act, never stored."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import sqlalchemy as sa

from portal.conferences.accreditation_models import Accreditation
from portal.conferences.accreditation_rules import AccreditationState
from portal.conferences.accreditation_rules import Presence as Means
from portal.conferences.hall.models import Presence
from portal.conferences.hall.rules import Way
from portal.conferences.models import SittingSeat
from portal.conferences.rules import SeatRole
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import Forbidden
from portal.kernel.offices import Office
from portal.kernel.words import N_


@dataclass(frozen=True)
class Standing:
    """A seat that the actor holds at a sitting."""

    accreditation_id: int
    seat_id: int
    seat_number: int
    body_id: int
    name: str
    population: int
    role: SeatRole
    office: Office
    person_id: int
    mandate_id: int
    present: bool
    mode: Way  # where the person is, or, while absent, means to be


_NAMES = [field.name for field in fields(Standing)][:-2]
_HELD = (
    sa.select(
        Accreditation.id,
        Accreditation.seat_id,
        SittingSeat.number,
        SittingSeat.body_id,
        SittingSeat.name,
        SittingSeat.population,
        SittingSeat.role,
        Accreditation.office,
        Accreditation.person_id,
        Accreditation.mandate_id,
        Presence.id,
        Presence.way,
        Accreditation.presence,
    )
    .join(SittingSeat, SittingSeat.id == Accreditation.seat_id)
    .outerjoin(Presence, sa.and_(Presence.accreditation_id == Accreditation.id, Presence.until_at.is_(None)))
)


def find(actor: Actor, sitting_id: int) -> Standing | None:
    """The seat the actor's person holds, under a mandate that is in force; None if there is none."""
    if actor.person_id is None:
        return None
    row = db.session.execute(
        _HELD.where(
            Accreditation.sitting_id == sitting_id,
            Accreditation.person_id == actor.person_id,
            Accreditation.state == AccreditationState.GRANTED,
        )
    ).first()
    if row is None or all(grant.mandate_id != row.mandate_id for grant in actor.grants):
        return None
    held: Any = row
    presence_id, way, means = held[-3:]
    meant = Way.REMOTE if means is Means.REMOTE else Way.ROOM
    facts: dict[str, Any] = dict(zip(_NAMES, row, strict=False))
    return Standing(**facts, present=presence_id is not None, mode=way or meant)


def standing(actor: Actor, sitting_id: int) -> Standing:
    """The same, or a refusal that says what is missing."""
    found = find(actor, sitting_id)
    if found is None:
        raise _refusal(actor, sitting_id)
    return found


def present(actor: Actor, sitting_id: int) -> Standing:
    """The same for whoever is there: who has not come in, or has left, takes no part."""
    found = standing(actor, sitting_id)
    if not found.present:
        raise Forbidden(
            N_("You are not counted as present: say that you are here, and the desk confirms it."), code="not_present"
        )
    return found


def acting(actor: Actor, held: Standing) -> Actor:
    """The actor under the mandate of the accreditation, whichever other one was chosen."""
    return actor.acting_under(held.mandate_id)


def _refusal(actor: Actor, sitting_id: int) -> Forbidden:
    states = set(
        db.session.scalars(
            sa.select(Accreditation.state).where(
                Accreditation.sitting_id == sitting_id, Accreditation.person_id == (actor.person_id or 0)
            )
        )
    )
    if AccreditationState.GRANTED in states:
        return Forbidden(N_("The mandate of your accreditation is not in force any more."), code="mandate_ended")
    if AccreditationState.PROPOSED in states:
        return Forbidden(N_("The secretariat has not checked your accreditation yet: go to the desk."), code="waiting")
    if AccreditationState.ENDED in states:
        return Forbidden(
            N_("Your accreditation has ended: the seat was handed over or taken back."), code="handed_over"
        )
    return Forbidden(N_("You are not accredited at this sitting: ask the desk."), code="not_accredited")
