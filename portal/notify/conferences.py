"""Letters about sittings: notices to each addressee, decisions on accreditations, a request that was reached."""

from __future__ import annotations

from flask_babel import force_locale, gettext

from portal.accounts import letters as accounts
from portal.conferences import badge, letters
from portal.conferences.letters import Sent, To
from portal.forms import labels
from portal.jobs import queue
from portal.journal.unheard import Heard
from portal.kernel import clock
from portal.notify.letter import address, post, render, send


def notice_sent(entry: Heard) -> None:
    """The notice, one letter for each line of the log."""
    it = letters.sent(entry.facts["notice_id"])
    for to in letters.addressees(entry.facts["notice_id"]):
        _notice(it, to)


def _notice(it: Sent, to: To) -> None:
    page = address("conferences.sitting", number=it.sitting)
    accredit = address("conferences.accredit", number=it.sitting)
    with force_locale(to.language):
        organ = gettext(labels.words(it.organ))
        values = {"it": it, "to": to, "link": page, "accredit": accredit, "organ": organ}
        subject, text = render(it.kind.value, **values)
    queue.enqueue(f"dispatch:{to.id}", it.kind.value, to.person_id, to.email, subject, text, now=clock.now())


def granted(entry: Heard) -> None:
    """The accreditation with its personal address, which is made here and stands nowhere else."""
    now = clock.now()
    token = badge.issue(entry.facts["accreditation_id"], now=now)
    if token is None:
        return
    it = letters.decided(entry.facts["accreditation_id"])
    for person in accounts.addressees([it.person_id]):
        post(
            f"entry:{entry.id}",
            "accreditation",
            person,
            it,
            address("conferences.enter", token=token),
            office=it.office,
        )


def refused(entry: Heard) -> None:
    """Why it was refused, to whoever proposed it and to who was to come."""
    it = letters.decided(entry.facts["accreditation_id"])
    to = accounts.addressees({it.person_id} | ({it.named_by_id} if it.named_by_id else set()))
    send(entry, "accreditation_refused", to, it, address("conferences.accredit", number=it.sitting), office=it.office)


def ended(entry: Heard) -> None:
    """That what was granted is not any more; a proposal that was replaced or taken back is not told."""
    it = letters.decided(entry.facts["accreditation_id"])
    if it.was_granted:
        to = accounts.addressees([it.person_id])
        send(entry, "accreditation_ended", to, it, address("conferences.sitting", number=it.sitting), office=it.office)


def reached(entry: Heard) -> None:
    """A fifth of the mayors ask: whoever convenes is told at once, with the last day."""
    it = letters.reached(entry.facts["request_id"])
    to = accounts.addressees(letters.convening(clock.now()))
    send(entry, "request_reached", to, it, address("conferences.request_page", number=it.id))
