"""Who can be asked at an instant: the entitled seats, and who is there for each with a mandate in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.accounts import queries as accounts
from portal.accounts.models import Mandate
from portal.conferences.accreditation_models import Accreditation
from portal.conferences.hall.models import Presence
from portal.conferences.models import SittingSeat
from portal.conferences.rules import SeatRole
from portal.conferences.table.counting import Answer
from portal.conferences.table.rules import Stance
from portal.db import db
from portal.kernel.offices import Office


@dataclass(frozen=True)
class There:
    """An entitled seat; accreditation and office are of whoever is there for it."""

    seat_id: int
    number: int
    name: str
    population: int
    accreditation_id: int | None
    office: Office | None

    @property
    def present(self) -> bool:
        """True if somebody is there for it."""
        return self.accreditation_id is not None

    def said(self, stance: Stance | None) -> Answer:
        """The seat as it counts."""
        return Answer(self.population, self.present, stance)


def entitled(sitting_id: int, at: datetime) -> list[There]:
    """Every entitled seat in its order, as it was or is at an instant."""
    here = (
        sa.select(Presence.seat_id, Accreditation.id, Accreditation.office)
        .join(Accreditation, Accreditation.id == Presence.accreditation_id)
        .join(Mandate, Mandate.id == Accreditation.mandate_id)
        .where(Presence.sitting_id == sitting_id, Presence.from_at <= at, accounts.is_in_force(at))
        .where(sa.or_(Presence.until_at.is_(None), Presence.until_at >= at))
    )
    found = {seat: (accreditation, office) for seat, accreditation, office in db.session.execute(here)}
    rows = db.session.execute(
        sa.select(SittingSeat.id, SittingSeat.number, SittingSeat.name, SittingSeat.population)
        .where(SittingSeat.sitting_id == sitting_id, SittingSeat.role == SeatRole.ENTITLED)
        .order_by(SittingSeat.number)
    )
    return [There(*row, *found.get(row.id, (None, None))) for row in rows]


def answers(seats: list[There], said: Mapping[int, Stance]) -> list[Answer]:
    """The seats with what they said, by their row."""
    return [seat.said(said.get(seat.seat_id)) for seat in seats]
