"""Letters about submissions and admission: to who signed and who drafted, while they act for the body."""

from __future__ import annotations

from portal.comments import letters
from portal.journal.unheard import Heard
from portal.kernel import clock
from portal.notify.letter import address, send


def received(entry: Heard) -> None:
    """The receipt."""
    submission_id = entry.facts["submission_id"]
    it = letters.received(submission_id)
    to = letters.concerned(submission_id, clock.now())
    send(entry, "receipt", to, it, address("comments.receipt", code=it.code))


def decided(entry: Heard) -> None:
    """The decision on admission with its reason; one that was reversed before it was told is not told."""
    it = letters.decided(entry.facts["comment_id"], entry.facts["decision_id"])
    if it.still_holds:
        to = letters.concerned(it.submission_id, clock.now())
        send(entry, "decision", to, it, address("comments.receipt", code=it.receipt), reason=it.reason_code)
