"""Statute art. 29: a fifth of the mayors ask for a sitting of their conference, and it is held within ten days."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.conferences import locked, requests, rule_queries, rules
from portal.conferences.accreditation_models import ConvocationRequest, ConvocationSupport
from portal.conferences.events import (
    ConvocationAsked,
    ConvocationReached,
    ConvocationSupported,
    ConvocationSupportWithdrawn,
)
from portal.conferences.rules import Organ
from portal.conferences.ruleset import RuleSet
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor, Grant
from portal.kernel.canonical import text_digest
from portal.kernel.clock import local_day
from portal.kernel.errors import Conflict, Forbidden
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_


@atomic()
def ask(actor: Actor, subject: str, reasons: str, *, now: datetime) -> int:
    """Return the request's number; who asks is the first to support it."""
    require(actor, Permission.CONVOCATION_ASK)
    rule = rule_queries.holding(Organ.MAYORS, local_day(now)).rule_set
    acting = _mayor(actor, rule)
    row = ConvocationRequest(
        body_id=acting.body_id,
        subject=typed(subject, field="subject", limit=rules.TITLE_LIMIT),
        reasons=typed(reasons, field="reasons", limit=rules.TEXT_LIMIT),
        opened_at=now,
    )
    db.session.add(row)
    db.session.flush()
    record(ConvocationAsked(row.id, row.body_id, text_digest(row.subject)), actor=actor, now=now)
    _add(actor, acting, row, rule, now)
    return row.id


@atomic()
def support(actor: Actor, request_id: int, *, now: datetime) -> None:
    """Join a request for one's Comune."""
    row = locked.request(request_id)
    require(actor, Permission.CONVOCATION_ASK)
    rule = rule_queries.holding(Organ.MAYORS, local_day(now)).rule_set
    acting = _mayor(actor, rule)
    _check_not_reached(row)
    if _standing(row.id, acting.body_id):
        raise Conflict(N_("Your Comune supports this request already."), code="twice")
    _add(actor, acting, row, rule, now)


@atomic()
def withdraw(actor: Actor, request_id: int, *, now: datetime) -> None:
    """Leave a request while it is not reached."""
    row = locked.request(request_id)
    require(actor, Permission.CONVOCATION_ASK)
    acting = _mayor(actor, rule_queries.holding(Organ.MAYORS, local_day(now)).rule_set)
    _check_not_reached(row)
    mine = _standing(row.id, acting.body_id)
    if mine is None:
        raise Conflict(N_("Your Comune does not support this request."), code="none")
    mine.withdrawn_at = now
    record(ConvocationSupportWithdrawn(row.id, acting.body_id), actor=actor, now=now)


def _mayor(actor: Actor, rule: RuleSet) -> Grant:
    acting = actor.acting
    if rule.request_days == 0:
        raise Conflict(N_("The rule set does not provide for requests to convene."), code="no_requests")
    if acting is None or acting.body_kind not in rule.entitled or acting.office not in rule.sits:
        raise Forbidden(N_("Only whoever holds a seat by right can ask for a sitting."), code="sits")
    return acting


def _check_not_reached(row: ConvocationRequest) -> None:
    if row.reached_at is not None:
        raise Conflict(N_("The number has been reached: the sitting is to be held."), code="reached")


def _standing(request_id: int, body_id: int) -> ConvocationSupport | None:
    return db.session.scalar(
        sa.select(ConvocationSupport).where(
            ConvocationSupport.request_id == request_id,
            ConvocationSupport.body_id == body_id,
            ConvocationSupport.withdrawn_at.is_(None),
        )
    )


def _add(actor: Actor, acting: Grant, row: ConvocationRequest, rule: RuleSet, now: datetime) -> None:
    assert actor.person_id is not None  # a mandate belongs to a person
    db.session.add(
        ConvocationSupport(
            request_id=row.id,
            body_id=acting.body_id,
            person_id=actor.person_id,
            mandate_id=acting.mandate_id,
            supported_at=now,
        )
    )
    db.session.flush()
    record(ConvocationSupported(row.id, acting.body_id), actor=actor, now=now)
    count = requests.count(row.id, now)
    if not count.met:
        return
    row.reached_at, row.due_on = now, rules.request_due(now, rule.request_days)
    row.needed, row.seats = count.needed, count.seats
    event = ConvocationReached(row.id, now, count.supporters, count.needed, count.seats, row.due_on)
    record(event, actor=actor, now=now)
