"""Letters about mandates: whoever is given or loses an office learns it from the portal itself."""

from __future__ import annotations

from portal.accounts import letters
from portal.journal.unheard import Heard
from portal.notify.letter import address, send


def granted(entry: Heard) -> None:
    """An office was conferred."""
    _tell(entry, "mandate_granted", entry.facts["granted_id"])


def ended(entry: Heard) -> None:
    """An office has a last day."""
    _tell(entry, "mandate_ended", entry.facts["ended_id"])


def _tell(entry: Heard, template: str, mandate_id: int) -> None:
    it = letters.term(mandate_id)
    send(entry, template, letters.addressees([it.person_id]), it, address("accounts.sign_in"), office=it.office)
