"""Certify that the term ran out without the opinion: the Council may go on (law 241/1990 art. 16 c.2)."""

from __future__ import annotations

from datetime import datetime

from portal.db import atomic
from portal.forum import queries as forum
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.kernel.errors import Conflict
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.opinions.requests import documents, locked, queries
from portal.opinions.requests.documents import Data
from portal.opinions.requests.events import ForumTermExpired
from portal.opinions.requests.rules import DocumentKind
from portal.opinions.requests.standing import Standing, check_running, standing

FORMAT = "parere-forum-certificate/1"
LEGAL_BASIS = "Statuto, art. 14 e art. 32 c.1; legge 7 agosto 1990, n. 241, art. 16 c.1-2 e 4"


@atomic()
def certify(actor: Actor, request_id: int, *, now: datetime) -> int:
    """The number of the certificate among the documents of the request; frozen with its fingerprint."""
    locked.request(request_id)
    require(actor, Permission.FORUM_MANAGE)
    found = check_running(request_id, now)
    if found.certificate is not None:
        raise Conflict(N_("The certificate is drawn up already."), code="drawn")
    if not found.term.is_over(now):
        raise Conflict(N_("The term is not over: there is nothing to certify."), code="running")
    return _draw(actor, request_id, found, now)


@atomic()
def expire(request_id: int, *, now: datetime) -> bool:
    """Once the term is over, by itself; False where there is nothing to certify, or it was done."""
    locked.request(request_id)
    found = standing(request_id, now)
    if not found.is_running or found.certificate is not None or not found.term.is_over(now):
        return False
    _draw(Actor.system(), request_id, found, now)
    return True


def _draw(actor: Actor, request_id: int, found: Standing, now: datetime) -> int:
    facts = _facts(request_id, found, now)
    row = documents.keep(actor, request_id, DocumentKind.CERTIFICATE, facts, late=False, now=now)
    assert found.due_at is not None  # a term that is over has an end
    record(ForumTermExpired(request_id, row.number, found.due_at, row.sha256), actor=actor, now=now)
    return row.number


def _facts(request_id: int, found: Standing, now: datetime) -> Data:
    """The whole certificate; the same rows give the same bytes."""
    row = queries.request(request_id)
    assert found.due_at is not None
    return {
        "format": FORMAT,
        "kind": DocumentKind.CERTIFICATE.value,
        "number": documents.next_number(request_id),
        "legal_basis": LEGAL_BASIS,
        "drawn_at": now.isoformat(),
        "request": documents.request_facts(row),
        "plan": documents.plan_facts(row),
        "term": documents.term_facts(row, found.term),
        "stage": found.stage.value,
        "steps": documents.step_facts(found.steps),
        "seats": len(forum.seats(row.forum_id, local_day(found.due_at))),
        "journal": documents.head_facts(request_id),
    }
