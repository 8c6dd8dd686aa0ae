"""What every notice has in common: it is frozen, fingerprinted, written down, and logged for each addressee."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.conferences import locked, rules
from portal.conferences.cautions import Caution, Facts, OnAgenda
from portal.conferences.events import NoticeSent
from portal.conferences.models import AgendaItem, Conference, Dispatch, Notice, Paper, Sitting
from portal.conferences.rules import NoticeKind
from portal.conferences.ruleset import RuleSet
from portal.conferences.seats import Addressee
from portal.db import db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import digest
from portal.kernel.errors import Invalid
from portal.kernel.text import typed
from portal.kernel.words import N_


def facts_of(
    conference: Conference, sitting: Sitting, rule: RuleSet, items: Sequence[AgendaItem], only: Sequence[Paper] | None
) -> Facts:
    """What the cautions look at, less the bodies that nobody answers for."""
    papers = only if only is not None else papers_of(sitting.id)
    counted = [sum(1 for paper in papers if paper.item_id == item.id) for item in items]
    asked = locked.request(sitting.request_id) if sitting.request_id is not None else None
    return Facts(
        organ=conference.organ,
        rule=rule,
        calls=[call.starts_at for call in locked.calls(sitting.id)],
        closes_at=sitting.delegations_close_at,
        items=[
            OnAgenda(item.position, item.title, item.kind, item.needs_papers, n)
            for item, n in zip(items, counted, strict=True)
        ],
        unreachable=(),
        due_on=asked.due_on if asked else None,
    )


def papers_of(sitting_id: int) -> Sequence[Paper]:
    """All papers of a sitting, announced or not."""
    return db.session.scalars(sa.select(Paper).where(Paper.sitting_id == sitting_id).order_by(Paper.id)).all()


def reason_for(cautions: Sequence[Caution], reason: str) -> str:
    """The reason as it is stored; refuses its absence where a term is broken."""
    needed = any(caution.needs_reason for caution in cautions)
    if needed and not reason.strip():
        raise Invalid(N_("A term is not kept: say why the notice is sent all the same."), code="reason", field="reason")
    return typed(reason, field="reason", limit=rules.REASON_LIMIT, required=False)


def send(
    actor: Actor, sitting: Sitting, content: dict[str, Any], reason: str, to: Sequence[Addressee], now: datetime
) -> Notice:
    """Freeze the notice and queue it: the letters are written from the journal."""
    content = {**content, "reason": reason}
    notice = Notice(
        sitting_id=sitting.id,
        number=content["notice"],
        kind=NoticeKind(content["kind"]),
        content=content,
        sha256=digest(content),
        reason=reason,
        person_id=actor.person_id,
        mandate_id=actor.acting.mandate_id if actor.acting else None,
        sent_at=now,
    )
    db.session.add(notice)
    db.session.flush()
    db.session.add_all(
        Dispatch(notice_id=notice.id, body_id=one.body_id, person_id=one.person_id, address=one.address) for one in to
    )
    event = NoticeSent(
        sitting_id=sitting.id,
        notice_id=notice.id,
        number=notice.number,
        notice_kind=notice.kind.value,
        content_hash=notice.sha256,
        seats=len(content.get("seats", ())) or len(locked.seats(sitting.id)),
        addressees=len(to),
    )
    record(event, actor=actor, now=now)
    return notice


def next_number(sitting_id: int) -> int:
    """The number of the sitting's next notice."""
    last = db.session.scalar(sa.select(sa.func.max(Notice.number)).where(Notice.sitting_id == sitting_id))
    return (last or 0) + 1
