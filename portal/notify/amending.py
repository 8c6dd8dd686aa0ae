"""Letters about the Forum's text: to its rapporteur, to every member when amendments are taken, to their proposers."""

from __future__ import annotations

from portal.accounts import letters as accounts
from portal.journal.unheard import Heard
from portal.kernel import clock
from portal.notify.letter import address, send
from portal.opinions.amending import letters


def named(entry: Heard) -> None:
    """Somebody is to write the draft."""
    number = entry.facts["request_id"]
    people = accounts.addressees(letters.rapporteur(number))
    send(entry, "amending/named", people, letters.told(number), address("amending.text", number=number))


def opened(entry: Heard) -> None:
    """Amendments are taken: every member."""
    _tell_members(entry, "amending/opened")


def extended(entry: Heard) -> None:
    """There is more time: every member."""
    _tell_members(entry, "amending/extended")


def decided(entry: Heard) -> None:
    """What became of an amendment: whoever proposed it."""
    number, which = entry.facts["request_id"], entry.facts["amendment"]
    told = letters.decided(number, which)
    people = accounts.addressees(letters.proposers(number, which, clock.now()))
    link = address("amending.amendment", number=number, which=which)
    send(entry, "amending/decided", people, told, link, state=told.state)


def _tell_members(entry: Heard, template: str) -> None:
    number = entry.facts["request_id"]
    people = accounts.addressees(letters.members(number, clock.now()))
    send(entry, template, people, letters.told(number), address("amending.text", number=number))
