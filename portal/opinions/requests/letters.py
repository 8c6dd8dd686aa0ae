"""What the letters about a request to the Forum need to know, and to whom they go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.accounts import letters as accounts
from portal.accounts import queries as mandates
from portal.accounts.models import Mandate
from portal.db import db
from portal.forum import queries as forum
from portal.kernel.clock import local_day
from portal.kernel.offices import Office
from portal.opinions.models import OpinionRequest
from portal.opinions.requests import queries, rules
from portal.opinions.requests.models import ForumTerm
from portal.opinions.requests.rules import AnswerOutcome
from portal.opinions.requests.standing import standing

PREPARING = (Office.FORUM_SECRETARY, Office.SECRETARIAT, Office.SECRETARY_GENERAL)
COUNCIL = (Office.COUNCIL_CLERK, Office.SECRETARY_GENERAL)
MEMBERS = (Office.FORUM_DELEGATE, Office.FORUM_SUBSTITUTE)


@dataclass(frozen=True)
class Told:
    """A request as a letter tells of it."""

    request: int
    subject: str
    version: int
    received_at: datetime
    due_at: datetime | None
    days_left: int | None
    runs: bool  # the term runs, and the opinion is not with the Council yet
    reason: str = ""  # what the Forum asked for, or why the request was taken back
    document: int = 0
    late: bool = False
    remarks: int = 0
    accepted: int = 0
    partly: int = 0
    not_accepted: int = 0


@dataclass(frozen=True)
class Alarm:
    """A term that ends in some days."""

    name: str  # an alarm is given once for each end of a term
    told: Told


def told(number: int, now: datetime) -> Told:
    """The request as it is now."""
    row, stands = queries.request(number), standing(number, now)
    runs = stands.is_running and not stands.suspended and not stands.expired
    facts = (row.id, row.subject, row.version_number, row.received_at, stands.due_at, stands.days_left)
    return Told(*facts, runs)


def told_question(number: int, now: datetime) -> Told:
    """The same with what the Forum asked the Council for."""
    broken = queries.interruption(number)
    return _with(told(number, now), reason=broken.reason if broken else "")


def told_withdrawal(number: int, now: datetime) -> Told:
    """The same with the reason of the withdrawal."""
    back = queries.withdrawal(number)
    return _with(told(number, now), reason=back.reason if back else "")


def told_document(number: int, which: int, now: datetime) -> Told:
    """The same with a document."""
    row = queries.document(number, which)
    return _with(told(number, now), document=row.number, late=row.late)


def told_answers(number: int, now: datetime) -> Told | None:
    """The same with what the Council answered, once every remark has its answer."""
    remarks, answers = queries.remarks(number), queries.answers(number)
    if not rules.is_answered([one["number"] for one in remarks], {n: one.outcome for n, one in answers.items()}):
        return None
    counted = queries.counts(list(answers.values()))
    return _with(
        told(number, now),
        remarks=len(remarks),
        accepted=counted[AnswerOutcome.ACCEPTED],
        partly=counted[AnswerOutcome.PARTLY],
        not_accepted=counted[AnswerOutcome.NOT_ACCEPTED],
    )


def _with(found: Told, **more: object) -> Told:
    return Told(**{**found.__dict__, **more})


def alarms(now: datetime) -> list[Alarm]:
    """Terms that end in five days, or in two."""
    found = []
    for number in _ending(now):
        stands = standing(number, now)
        day = rules.alarm(stands.due_at, now)
        if day and stands.due_at and stands.is_running and stands.opinion is None:
            name = f"forum-opinion:{number}:{local_day(stands.due_at).isoformat()}:{day}"
            found.append(Alarm(name, told(number, now)))
    return found


def _ending(now: datetime) -> list[int]:
    last = rules.last_instant(now, max(rules.ALARMS))
    query = sa.select(ForumTerm.request_id).where(ForumTerm.due_at >= now, ForumTerm.due_at <= last)
    return list(db.session.scalars(query.order_by(ForumTerm.request_id)))


def over(now: datetime) -> list[int]:
    """Terms that ran out and are not certified, nor the opinion with the Council."""
    query = sa.select(ForumTerm.request_id).join(OpinionRequest, OpinionRequest.id == ForumTerm.request_id)
    query = query.where(ForumTerm.due_at < now).order_by(ForumTerm.request_id)
    found = [(number, standing(number, now)) for number in db.session.scalars(query)]
    return [number for number, stands in found if stands.is_running and stands.certificate is None]


def preparing(now: datetime) -> list[int]:
    """Who prepares the opinion: the secretary of the Forum, the secretariat, the secretary general."""
    return accounts.staff(PREPARING, now)


def council(now: datetime) -> list[int]:
    """Who answers for the Council."""
    return accounts.staff(COUNCIL, now)


def members(number: int, now: datetime) -> list[int]:
    """Delegates and substitutes of the organisations that hold a seat today."""
    seats = forum.seats(queries.request(number).forum_id, local_day(now))
    query = sa.select(Mandate.person_id).where(
        Mandate.body_id.in_([seat.body_id for seat in seats]), Mandate.office.in_(MEMBERS), mandates.is_in_force(now)
    )
    return list(db.session.scalars(query.order_by(Mandate.person_id).distinct()))
