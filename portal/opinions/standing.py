"""How a request stands: the sittings held for it, the document that holds, and what keeps the Council from going on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.conferences.hall.models import Held
from portal.conferences.hall.rules import Outcome
from portal.db import db
from portal.kernel.clock import local_day
from portal.opinions import rules
from portal.opinions.models import OpinionDocument, OpinionOverride, OpinionPoll, OpinionSitting, OpinionText
from portal.opinions.rules import Attempt, Course, DocumentKind, Reason, Result, Stage
from portal.voting.models import Poll
from portal.voting.rules import PollState


@dataclass(frozen=True)
class Standing:
    """A request at an instant."""

    course: Course
    stage: Stage
    document: int | None  # the row of the one that holds
    transmitted: bool
    overridden: bool
    reasons: tuple[Reason, ...]

    @property
    def ending(self) -> Stage | None:
        """Rendered or not, once its document holds; the transmission hides it otherwise."""
        if self.document is None:
            return None
        return Stage.RENDERED if self.course.reached else Stage.NOT_RENDERED

    @property
    def may_override(self) -> bool:
        """True if two persons can let the Council go on."""
        return rules.may_override(self.reasons)


def standing(request_id: int, now: datetime) -> Standing:
    """How a request stands."""
    course = rules.course(attempts(request_id), local_day(now))
    document = holding(request_id, course)
    text = db.session.scalar(sa.select(OpinionText.id).where(OpinionText.request_id == request_id).limit(1))
    transmitted = document is not None and document.transmitted_at is not None
    stage = rules.stage(
        course, text=text is not None, document=document.kind if document else None, transmitted=transmitted
    )
    overridden = db.session.get(OpinionOverride, request_id) is not None
    reasons = rules.blocked(stage, course, document=document is not None, overridden=overridden)
    return Standing(course, stage, document.id if document else None, transmitted, overridden, reasons)


def attempts(request_id: int) -> list[Attempt]:
    """Calls that were deserted, and calls in which a vote on a text was proclaimed; annulled votes do not count."""
    polls = _polls(request_id)
    found = []
    for held in _held(request_id):
        day = local_day(held.opened_at or held.ended_at or held.begun_at)
        if held.outcome is Outcome.DESERTED:
            found.append(Attempt(held.sitting_id, held.call, day, Result.DESERTED))
            continue
        for poll_id, opened_at, met in polls:
            if held.begun_at <= opened_at and (held.ended_at is None or opened_at <= held.ended_at):
                result = Result.REACHED if met else Result.NOT_REACHED
                found.append(Attempt(held.sitting_id, held.call, day, result, poll_id))
    return found


def _held(request_id: int) -> list[Any]:
    """The calls of the tied sittings that came to their hour."""
    columns = (Held.sitting_id, Held.call, Held.begun_at, Held.opened_at, Held.ended_at, Held.outcome)
    query = sa.select(*columns).join(OpinionSitting, OpinionSitting.sitting_id == Held.sitting_id)
    query = query.where(OpinionSitting.request_id == request_id).order_by(Held.begun_at, Held.sitting_id)
    return list(db.session.execute(query))


def _polls(request_id: int) -> list[tuple[int, datetime, bool]]:
    """The votes that were proclaimed and stand."""
    query = sa.select(Poll.id, Poll.opened_at, Poll.met).join(OpinionPoll, OpinionPoll.poll_id == Poll.id)
    query = query.where(OpinionPoll.request_id == request_id, Poll.state == PollState.PROCLAIMED)
    rows: Any = db.session.execute(query.order_by(Poll.id))
    return [(row.id, row.opened_at, bool(row.met)) for row in rows]


def holding(request_id: int, course: Course) -> OpinionDocument | None:
    """The last document whose ground still stands: one whose vote was annulled since does not hold."""
    query = sa.select(OpinionDocument).where(OpinionDocument.request_id == request_id)
    if course.reached is not None:
        query = query.where(OpinionDocument.poll_id == course.reached.poll_id)
    elif course.exhausted:
        query = query.where(OpinionDocument.kind == DocumentKind.CERTIFICATE)
    else:
        return None
    return db.session.scalars(query.order_by(OpinionDocument.number.desc()).limit(1)).first()
