"""The opinion of the Forum as one document: request, text, amendments, vote, dissent, discussion, how to verify.

Statute art. 14 and 32 c.1, law 241/1990 art. 16. Each part comes from who made it; what is put together here is frozen
with its fingerprint, and rewritten by nobody.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from portal.db import atomic
from portal.forum import queries as forum
from portal.forum import settings
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.kernel.errors import Conflict
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.opinions.adoption.content import content as adoption
from portal.opinions.amending.content import content as amending
from portal.opinions.deliberation.annex import content as deliberation
from portal.opinions.requests import documents, locked, queries, steps
from portal.opinions.requests.events import ForumOpinionDrawnUp
from portal.opinions.requests.rows import ForumDocumentRow
from portal.opinions.requests.rules import DocumentKind, Step
from portal.opinions.requests.standing import Standing, check_running

FORMAT = "parere-forum-opinion/1"
LEGAL_BASIS = "Statuto, art. 6, art. 14 e art. 32 c.1; legge 7 agosto 1990, n. 241, art. 16"
Facts = dict[str, Any]


@atomic()
def draw_up(actor: Actor, request_id: int, *, now: datetime) -> int:
    """The number of the document among those of the request, once the opinion is adopted and dissent is closed."""
    locked.request(request_id)
    require(actor, Permission.FORUM_MANAGE)
    found = check_running(request_id, now)
    adopted = found.steps.get(Step.ADOPTED)
    if adopted is None:
        raise Conflict(N_("The opinion is drawn up once the Forum has adopted it."), code="not_adopted")
    if found.opinion is not None:
        raise Conflict(N_("The opinion is drawn up already."), code="drawn")
    if now < dissent_until(request_id, found):
        raise Conflict(N_("Notes of dissent can still be written: wait until they are closed."), code="dissent")
    late = found.term.is_over(now)
    facts = content(request_id, found, now)
    row = documents.keep(actor, request_id, DocumentKind.OPINION, facts, late=late, now=now)
    event = ForumOpinionDrawnUp(request_id, row.number, facts["text"].get("kind", ""), late, row.sha256)
    record(event, actor=actor, now=now)
    return row.number


def dissent_until(request_id: int, found: Standing) -> datetime:
    """When nobody can dissent any more: as it was written down, or so many hours after the adoption."""
    closed, adopted = found.steps.get(Step.DISSENT_CLOSED), found.steps[Step.ADOPTED]
    if closed is not None and closed >= adopted:
        return closed
    rules = settings.of(queries.request(request_id).forum_id, local_day(adopted))
    return adopted + timedelta(hours=rules.dissent_hours)


def content(request_id: int, found: Standing, now: datetime) -> Facts:
    """The whole document; the same rows give the same bytes."""
    row = queries.request(request_id)
    return {
        "format": FORMAT,
        "kind": DocumentKind.OPINION.value,
        "number": documents.next_number(request_id),
        "legal_basis": LEGAL_BASIS,
        "drawn_at": now.isoformat(),
        "request": documents.request_facts(row),
        "plan": documents.plan_facts(row),
        "term": documents.term_facts(row, found.term),
        "steps": documents.step_facts(found.steps),
        "seats": len(forum.seats(row.forum_id, local_day(now))),
        "text": amending(request_id),
        "vote": adoption(request_id),
        "discussion": deliberation(request_id, now),
        "journal": documents.head_facts(request_id),
    }


def export(number: int) -> Facts:
    """Everything public about a request as data: how it stands, documents as frozen, answers of the Council."""
    row, taken = queries.request(number), steps.taken(number)
    return {
        "format": "parere-forum-request/1",
        "request": documents.request_facts(row),
        "plan": documents.plan_facts(row),
        "due_at": row.due_at.isoformat() if row.due_at else None,
        "steps": documents.step_facts(taken),
        "documents": [_document(one) for one in queries.documents(number)],
        "answers": [
            {
                "remark": one.remark,
                "version": one.version,
                "outcome": one.outcome.value,
                "reason": one.reason,
                "answered_at": one.answered_at.isoformat(),
            }
            for one in queries.answered(number)
        ],
    }


def _document(one: ForumDocumentRow) -> Facts:
    return {
        "number": one.number,
        "kind": one.kind.value,
        "late": one.late,
        "sha256": one.sha256,
        "transmitted_at": one.transmitted_at.isoformat() if one.transmitted_at else None,
        "transmitted_to": one.transmitted_to,
        "register_number": one.register_number,
        "content": one.content,
    }
