"""Statute art. 28-30: a mandate gives access from its first day to its last, both included."""

from __future__ import annotations

from datetime import date, timedelta

from portal.kernel.errors import Invalid
from portal.kernel.offices import OFFICES_OF, BodyKind, Office
from portal.kernel.words import N_

LINK_LIFE = timedelta(minutes=30)
SESSION_LIFE = timedelta(days=14)


def in_force(starts_on: date, ends_on: date | None, today: date) -> bool:
    """True on the first day, on the last day, and in between."""
    return starts_on <= today and (ends_on is None or today <= ends_on)


def check_office(kind: BodyKind, office: Office) -> None:
    """Refuse an office that this kind of body does not confer."""
    if office not in OFFICES_OF[kind]:
        raise Invalid(N_("This body does not confer this office."), code="office", field="office")
