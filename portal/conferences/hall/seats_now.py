"""Every seat of a sitting as it stands at an instant: who is accredited for it, and who is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Mandate, Person
from portal.conferences.accreditation_models import Accreditation
from portal.conferences.accreditation_rules import AccreditationState
from portal.conferences.accreditation_rules import Presence as Means
from portal.conferences.hall.counting import Counted, Numbers, count, of_call
from portal.conferences.hall.models import Presence
from portal.conferences.hall.rules import Source, Way
from portal.conferences.models import SittingSeat
from portal.conferences.rules import SeatRole
from portal.conferences.ruleset import parse
from portal.db import db
from portal.kernel.clock import at_rome
from portal.kernel.offices import Office

DAY = timedelta(days=1)
_COLUMNS: tuple[Any, ...] = (
    SittingSeat.id, SittingSeat.number, SittingSeat.role, SittingSeat.body_id, SittingSeat.name,
    SittingSeat.population, Accreditation.id, Person.id, sa.func.coalesce(Person.name, ""), Accreditation.mandate_id,
    Accreditation.office, sa.func.coalesce(Accreditation.delegated, sa.false()),
    sa.func.coalesce(Accreditation.title, ""), Accreditation.presence, sa.func.coalesce(Accreditation.badge_code, ""),
    Presence.id, Presence.way, Presence.came_by, Presence.from_at, Mandate.ends_on, Mandate.revoked_at,
)  # fmt: skip


@dataclass(frozen=True)
class SeatNow:
    """A seat, its living accreditation and its open presence, if there are any."""

    id: int
    number: int
    role: SeatRole
    body_id: int
    name: str
    population: int
    accreditation_id: int | None
    person_id: int | None
    person: str
    mandate_id: int | None
    office: Office | None
    delegated: bool
    title: str
    means: Means | None
    badge_code: str
    presence_id: int | None
    way: Way | None
    came_by: Source | None
    since: datetime | None
    lapsed_at: datetime | None  # the instant from which the mandate gives nothing any more, if it has come

    @property
    def present(self) -> bool:
        """True while somebody is there whose mandate is in force."""
        return self.presence_id is not None and self.lapsed_at is None

    @property
    def able(self) -> bool:
        """True if somebody may come in for this seat."""
        return self.accreditation_id is not None and self.lapsed_at is None

    @property
    def expected_way(self) -> Way:
        """How whoever is accredited means to take part."""
        return Way.REMOTE if self.means is Means.REMOTE else Way.ROOM

    @property
    def counted(self) -> Counted:
        """How it counts."""
        return Counted(self.population, self.role is SeatRole.ENTITLED, self.able, self.present, self.way is Way.REMOTE)


_NAMES = [field.name for field in fields(SeatNow)][:-1]


def seats_now(sitting_id: int, now: datetime) -> list[SeatNow]:
    """In the order of their numbers, in one statement."""
    living = sa.and_(Accreditation.seat_id == SittingSeat.id, Accreditation.state == AccreditationState.GRANTED)
    there = sa.and_(Presence.seat_id == SittingSeat.id, Presence.until_at.is_(None))
    query = (
        sa.select(*_COLUMNS)
        .select_from(SittingSeat)
        .outerjoin(Accreditation, living)
        .outerjoin(Person, Person.id == Accreditation.person_id)
        .outerjoin(Mandate, Mandate.id == Accreditation.mandate_id)
        .outerjoin(Presence, there)
        .where(SittingSeat.sitting_id == sitting_id)
        .order_by(SittingSeat.number)
    )
    rows: Any = db.session.execute(query)
    return [_seat(dict(zip(_NAMES, row, strict=False)), row.ends_on, row.revoked_at, now) for row in rows]


def _seat(facts: dict[str, Any], ends_on: date | None, revoked_at: datetime | None, now: datetime) -> SeatNow:
    return SeatNow(**facts, lapsed_at=lapsed(ends_on, revoked_at, now))


def lapsed(ends_on: date | None, revoked_at: datetime | None, now: datetime) -> datetime | None:
    """The instant from which a mandate gives nothing any more, if it has come; its last day belongs to it."""
    ends = [] if ends_on is None else [at_rome(ends_on + DAY, time(0))]
    past = [at for at in (*ends, *([revoked_at] if revoked_at else [])) if at <= now]
    return min(past, default=None)


def numbers(seats: Iterable[SeatNow], rule: Mapping[str, Any] | None, call: int) -> Numbers:
    """Who is there on both axes, against the legal number of a call."""
    return count((one.counted for one in seats), of_call(parse((rule or {}).get("definition")).quorum, call))
