"""Statute art. 30 c.6: which call of a notice can be held now. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from portal.conferences.hall.rules import EARLY
from portal.kernel.errors import Conflict
from portal.kernel.words import N_

AFTER = timedelta(hours=24)  # a call that nobody held for a day is over


def due(calls: Sequence[datetime], deserted: Collection[int], now: datetime) -> int | None:
    """The number of the call whose hour it is; nothing if it is too early or too late."""
    for number, starts in enumerate(calls, 1):
        followed = number < len(calls) and calls[number] <= now
        if starts - EARLY <= now <= starts + AFTER and not followed and number not in deserted:
            return number
    return None


def check_call(calls: Sequence[datetime], deserted: Collection[int], call: int, now: datetime) -> None:
    """The roll is called for the call whose hour it is, from an hour before."""
    if not 1 <= call <= len(calls):
        raise Conflict(N_("The notice has no such call."), code="call")
    if call in deserted:
        raise Conflict(N_("This call was deserted: the next one is held at its own hour."), code="deserted")
    if now < calls[call - 1] - EARLY:
        raise Conflict(N_("It is too early: the roll is called from an hour before the call."), code="too_early")
    found = due(calls, deserted, now)
    if found is None:
        raise Conflict(N_("The hour of this call has passed."), code="too_late")
    if found != call:
        raise Conflict(N_("It is the hour of call %(call)d."), code="other_call", call=found)


def check_hour(starts_at: datetime, now: datetime) -> None:
    """A sitting is opened at the hour of its notice or later, never before."""
    if now < starts_at:
        raise Conflict(N_("The sitting opens at the hour of the notice, not before."), code="too_early")
