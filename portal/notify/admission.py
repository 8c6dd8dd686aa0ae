"""Letters about admission beside the decision: questions, passages, replies, second persons, terms that ran out."""

from __future__ import annotations

from portal.accounts import letters as accounts
from portal.comments import admission_letters, escalate, letters
from portal.journal.unheard import Heard
from portal.kernel import clock
from portal.kernel.offices import Office
from portal.notify.letter import address, send

SECRETARIAT = (Office.SECRETARIAT, Office.SECRETARY_GENERAL, Office.MODERATOR)


def asked(entry: Heard) -> None:
    """The question, for who signed and who drafted; one that is over already is not sent."""
    it = admission_letters.asked(entry.facts["question_id"])
    if it.is_open:
        to = letters.concerned(it.remark.submission_id, clock.now())
        send(entry, "question", to, it, address("comments.remark", number=it.remark.number))


def answered(entry: Heard) -> None:
    """The answer, for whoever asked."""
    it = admission_letters.asked(entry.facts["question_id"])
    link = address("moderation.remark", number=it.remark.number)
    send(entry, "answered", accounts.addressees([it.person_id]), it, link)


def hidden(entry: Heard) -> None:
    """What was hidden and why, for who signed and who drafted."""
    it = admission_letters.hidden(entry.facts["hiding_id"])
    if it.stands:
        to = letters.concerned(it.remark.submission_id, clock.now())
        send(entry, "hidden", to, it, address("comments.remark", number=it.remark.number), reason=it.reason_code)


def to_confirm(entry: Heard) -> None:
    """Something waits for a second person, for the colleagues of whoever asked."""
    it = admission_letters.about(entry.facts["comment_id"])
    colleagues = set(accounts.staff(SECRETARIAT, clock.now())) - {entry.person_id}
    send(entry, "second", accounts.addressees(colleagues), it, address("moderation.remark", number=it.number))


def replied(entry: Heard) -> None:
    """The author replied to a refusal, for everybody of the secretariat but who refused."""
    it = admission_letters.replied(entry.facts["reply_id"])
    if it.waits:
        others = set(accounts.staff(SECRETARIAT, clock.now())) - {it.decided_by}
        send(entry, "replied", accounts.addressees(others), it, address("moderation.remark", number=it.remark.number))


def overdue(entry: Heard) -> None:
    """Terms that ran out, for the secretary general."""
    it = admission_letters.overdue(entry.facts["consultation_id"], entry.facts["numbers"])
    general = accounts.addressees(accounts.staff([Office.SECRETARY_GENERAL], clock.now()))
    send(entry, "overdue", general, it, address("moderation.queue"))


def terms() -> int:
    """Bring before the secretary general what is overdue; the clock asks often, and mostly there is nothing."""
    now = clock.now()
    return escalate.escalate(now=now) if escalate.is_due(now) else 0
