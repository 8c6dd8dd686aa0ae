"""Letters about letters: the secretariat learns that one came back."""

from __future__ import annotations

from portal.accounts import letters
from portal.jobs import queries
from portal.journal.unheard import Heard
from portal.kernel import clock
from portal.kernel.offices import Office
from portal.notify.letter import address, send

TEMPLATE = "bounced"


def bounced(entry: Heard) -> None:
    """Which address, and why; of such a letter that comes back itself nobody is told."""
    it = queries.message(entry.facts["mail_id"])
    if it is None or it.template == TEMPLATE:
        return
    offices = {Office.SECRETARIAT, Office.SECRETARY_GENERAL}
    to = [p for p in letters.addressees(letters.staff(offices, clock.now())) if p.email != it.recipient]
    send(entry, TEMPLATE, to, it, address("jobs.index", a=it.recipient))
