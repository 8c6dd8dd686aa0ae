"""Letters about submissions and admission: to who signed and who drafted, while they act for the body."""

from __future__ import annotations

from datetime import timedelta

from portal.accounts import letters as accounts
from portal.comments import letters
from portal.comments.admission_rules import UNDO
from portal.comments.rules import SubmissionState
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
    """The decision on admission with its reason; one that was reversed before it was told is not told.

    The letter waits as long as a wrong key can be taken back.
    """
    it = letters.decided(entry.facts["comment_id"], entry.facts["decision_id"])
    if it is None or not it.still_holds:
        return
    to, link = letters.concerned(it.submission_id, clock.now()), address("comments.receipt", code=it.receipt)
    send(entry, "decision", to, it, link, hold=_undoable(entry), reason=it.reason_code)


def _undoable(entry: Heard) -> timedelta:
    """How long the decision can still be taken back."""
    age = clock.now() - entry.at
    return UNDO - age if timedelta(0) <= age < UNDO else timedelta(0)


def made_ready(entry: Heard) -> None:
    """There is something to sign, for whoever signs for the body and did not put it there."""
    it = letters.waiting(entry.facts["submission_id"])
    if it.state is SubmissionState.READY:
        signing = set(accounts.signatories(it.body_id, clock.now())) - {entry.person_id}
        send(entry, "to_sign", accounts.addressees(signing), it, address("comments.desk"))


def returned(entry: Heard) -> None:
    """A draft came back, for whoever began it and did not take it back."""
    it = letters.waiting(entry.facts["submission_id"])
    back = it.state is SubmissionState.DRAFT and it.writer_id != entry.person_id
    if back and accounts.acts_for(it.writer_id, it.body_id, clock.now()):
        send(entry, "returned", accounts.addressees([it.writer_id]), it, address("comments.desk"))
