"""Open the draft to amendments until an instant: it becomes the base that everybody reads (Statute art. 14)."""

from __future__ import annotations

from datetime import datetime, timedelta

from portal.db import atomic
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.opinions.amending import locked
from portal.opinions.amending.events import ForumAmendmentsExtended, ForumAmendmentsOpened
from portal.opinions.amending.rules import SectionRole, fingerprint, lacking
from portal.opinions.requests import standing, steps

LEAST = timedelta(hours=1)


@atomic()
def open_amendments(actor: Actor, request_id: int, closes_at: datetime, *, now: datetime) -> str:
    """The fingerprint of the base. Remarks keep the numbers they have here until the final text."""
    text = locked.draft(request_id, now)
    require(actor, Permission.FORUM_MANAGE)
    standing.check_running(request_id, now)
    _check_end(closes_at, now)
    sections = locked.sections(request_id)
    parts = [locked.part(row) for row in sections]
    problems = lacking(text.kind, parts, locked.cited(request_id))
    if problems:
        raise Invalid(N_("The text is not ready yet."), code="lacking", problems=problems)
    remarks = [row for row in sections if row.role is SectionRole.REMARK]
    for number, row in enumerate(remarks, 1):
        row.label = str(number)
    for row in sections:
        row.opened_revision = row.revision
    text.base_sha256 = fingerprint(text.kind, parts)
    text.opened_at, text.closes_at = now, closes_at
    steps.reach(request_id, steps.Step.AMENDMENTS_OPENED, now)
    event = ForumAmendmentsOpened(request_id, closes_at, text.kind.value, len(sections), text.base_sha256)
    record(event, actor=actor, now=now)
    return text.base_sha256


@atomic()
def extend(actor: Actor, request_id: int, closes_at: datetime, *, now: datetime) -> None:
    """More time, or time again as long as the text is not frozen; never less."""
    text = locked.disposed(request_id, now)
    require(actor, Permission.FORUM_MANAGE)
    standing.check_running(request_id, now)
    _check_end(closes_at, now)
    if text.closes_at is not None and closes_at <= text.closes_at:
        raise Invalid(N_("The end can be moved to a later instant only."), code="earlier", field="closes_at")
    text.closes_at = closes_at
    record(ForumAmendmentsExtended(request_id, closes_at), actor=actor, now=now)


def _check_end(closes_at: datetime, now: datetime) -> None:
    if closes_at < now + LEAST:
        raise Invalid(N_("Leave the organisations at least an hour."), code="too_soon", field="closes_at")
