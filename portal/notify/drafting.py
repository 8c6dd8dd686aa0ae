"""Letters about answers."""

from __future__ import annotations

from portal.comments import letters as comments
from portal.drafting import calls, compare, letters
from portal.journal.unheard import Heard
from portal.kernel import clock
from portal.notify.letter import address, send


def published(entry: Heard) -> None:
    """The answer, once everybody may read it."""
    it = letters.answered(entry.facts["answer_id"])
    if it:
        to = comments.concerned(it.submission_id, clock.now())
        send(entry, "answer", to, it, address("comments.remark", number=it.comment_number), outcome=it.outcome)


def called(entry: Heard) -> None:
    """Colleagues whom a note names; its words stay inside."""
    it = calls.called(entry.facts["note_id"])
    if it:
        link = address("drafting.answer", number=it.comment_number)
        send(entry, "called", it.to, it, f"{link}#notes")


def reworded(entry: Heard) -> None:
    """The words of a remark are others now, or it does not stand any more: forget what it was compared by."""
    compare.renew(entry.facts["comment_id"], now=clock.now())


def revived(entry: Heard) -> None:
    """A remark stands that perhaps did not."""
    compare.revive(entry.facts["comment_id"], now=clock.now())
