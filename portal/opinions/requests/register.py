"""Register that the Council asks a Forum for its opinion on a published version (Statute art. 32 c.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from portal.conferences.rules import Organ
from portal.db import atomic, db, next_numbers
from portal.forum import locked, settings
from portal.forum.rules import ForumKey
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.clock import local_day
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.opinions.models import OpinionRequest
from portal.opinions.requests.events import ForumOpinionRequested
from portal.opinions.requests.models import ForumTerm
from portal.opinions.requests.rules import ACT_LIMIT, SUBJECT_LIMIT, last_instant
from portal.opinions.requests.standing import standing
from portal.plan.models import PlanVersion
from portal.plan.rules import VersionState

ORGANS = {ForumKey.METROPOLITAN: Organ.FORUM, ForumKey.YOUTH: Organ.YOUTH_FORUM}


@dataclass(frozen=True)
class Asked:
    """The Council's act as it arrived at the Forum."""

    forum_id: int
    version_id: int
    subject: str
    act_number: str
    act_date: date
    received_at: datetime


@atomic()
def register(actor: Actor, asked: Asked, *, now: datetime) -> int:
    """Return the number of the request; the version's fingerprint is kept with it, and the term runs from receipt."""
    require(actor, Permission.OPINION_REGISTER)
    forum = locked.forum(asked.forum_id)  # one request after the other
    version = db.session.get(PlanVersion, asked.version_id)
    if version is None:
        raise NotFound()
    _check(asked, version, now)
    terms = settings.of(forum.id, local_day(asked.received_at))
    row = OpinionRequest(
        id=next_numbers("opinion")[0],
        organ=ORGANS[forum.key],
        version_id=version.id,
        version_hash=version.text_hash,
        subject=typed(asked.subject, field="subject", limit=SUBJECT_LIMIT),
        act_number=typed(asked.act_number, field="act_number", limit=ACT_LIMIT),
        act_date=asked.act_date,
        received_at=asked.received_at,
        registered_at=now,
    )
    due_at = last_instant(asked.received_at, terms.opinion_days)
    term = ForumTerm(
        request_id=row.id,
        forum_id=forum.id,
        days=terms.opinion_days,
        extra_days=terms.after_interruption_days,
        due_at=due_at,
    )
    db.session.add(row)
    db.session.flush()
    db.session.add(term)
    record(_event(row, term, due_at), actor=actor, now=now)
    return row.id


def _check(asked: Asked, version: PlanVersion, now: datetime) -> None:
    if version.state is VersionState.DRAFT:
        raise Invalid(N_("An opinion is asked for on a published version."), code="draft", field="version")
    if asked.received_at > now:
        raise Invalid(N_("The instant of arrival is still to come."), code="future", field="received_at")
    if asked.act_date > local_day(asked.received_at):
        raise Invalid(N_("The act cannot be later than its arrival."), code="order", field="act_date")
    same = sa.select(ForumTerm.request_id).join(OpinionRequest, OpinionRequest.id == ForumTerm.request_id)
    same = same.where(ForumTerm.forum_id == asked.forum_id, OpinionRequest.version_id == version.id)
    for number in db.session.scalars(same):
        found = standing(number, now)
        if found.is_running and not found.expired:
            raise Conflict(
                N_("This Forum is preparing its opinion on that version already: request n. %(number)s."),
                code="asked",
                field="version",
                number=number,
            )


def _event(row: OpinionRequest, term: ForumTerm, due_at: datetime) -> ForumOpinionRequested:
    return ForumOpinionRequested(
        request_id=row.id,
        forum_id=term.forum_id,
        version_id=row.version_id,
        version_hash=row.version_hash,
        act_hash=text_digest(row.act_number),
        act_date=row.act_date,
        received_at=row.received_at,
        days=term.days,
        due_at=due_at,
    )
