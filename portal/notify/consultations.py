"""Letters about consultations: whoever signs for a body that may take part is invited, and told of a new deadline."""

from __future__ import annotations

from portal.comments import letters
from portal.journal.unheard import Heard
from portal.kernel import clock
from portal.notify.letter import address, send


def opened(entry: Heard) -> None:
    """The invitation."""
    _announce(entry, "opened")


def extended(entry: Heard) -> None:
    """More time, and why."""
    _announce(entry, "extended")


def _announce(entry: Heard, template: str) -> None:
    """One letter each; nothing once the deadline has passed, for then it invites to nothing."""
    it, now = letters.announced(entry.facts["consultation_id"]), clock.now()
    if it.deadline_at > now:
        send(entry, template, letters.invited(it.body_kinds, now), it, address("site.home"))
