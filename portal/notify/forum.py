"""Letters about the register of the Forum: who asks to join, and what happens to the seat of an organisation."""

from __future__ import annotations

from portal.accounts import letters as accounts
from portal.forum import letters
from portal.journal.unheard import Heard
from portal.kernel import clock
from portal.kernel.offices import Office
from portal.notify.letter import address, send

KEEPERS = (Office.FORUM_SECRETARY, Office.SECRETARIAT)


def asked(entry: Heard) -> None:
    """Somebody asks to join, and confirmed the address."""
    _to_keepers(entry, "forum/asked")


def answered(entry: Heard) -> None:
    """The applicant answered what was asked."""
    _to_keepers(entry, "forum/answered")


def suspended(entry: Heard) -> None:
    """The organisation holds no seat for a time."""
    _to_members(entry, "forum/suspended")


def readmitted(entry: Heard) -> None:
    """It holds its seat again."""
    _to_members(entry, "forum/readmitted")


def left(entry: Heard) -> None:
    """The membership has a last day."""
    _to_members(entry, "forum/left")


def _to_keepers(entry: Heard, template: str) -> None:
    number = entry.facts["application_id"]
    it = letters.application(number)
    people = accounts.addressees(accounts.staff(KEEPERS, clock.now()))
    send(entry, template, people, it, address("forum.application", number=number))


def _to_members(entry: Heard, template: str) -> None:
    it = letters.seat(entry.facts["membership_id"], entry.facts.get("suspension_id"))
    people = accounts.addressees(letters.people_of(it.body_id, clock.now()))
    send(entry, template, people, it, address("forum.organisation", key=it.key))
