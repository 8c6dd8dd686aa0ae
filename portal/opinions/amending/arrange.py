"""Order the draft: remarks are added, moved, taken away and put back; the kind of the opinion is chosen."""

from __future__ import annotations

from datetime import datetime

from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.words import N_
from portal.opinions.amending import locked
from portal.opinions.amending.events import ForumDraftArranged
from portal.opinions.amending.keep import begin_section
from portal.opinions.amending.models import ForumSection, ForumText
from portal.opinions.amending.rules import MOST_REMARKS, SectionRole
from portal.opinions.amending.writers import check_writer
from portal.opinions.requests.standing import check_running
from portal.opinions.rules import OpinionKind


@atomic()
def add_remark(actor: Actor, request_id: int, after: int | None = None, *, now: datetime) -> int:
    """An empty remark after a section, or after the last remark; its row."""
    text = _draft(actor, request_id, now)
    known = locked.sections(request_id)
    if len(locked.remarks(request_id)) >= MOST_REMARKS:
        raise Conflict(N_("An opinion has at most %(most)d remarks."), code="too_many", most=MOST_REMARKS)
    ending = next(one for one in known if one.role is SectionRole.CONCLUSION)
    before = next((one for one in known if one.id == after and one is not ending), None)
    place = before.position + 1 if before else ending.position
    row = begin_section(actor, request_id, SectionRole.REMARK, place, now)
    _arranged(actor, text, now)
    return row.id


@atomic()
def move(actor: Actor, request_id: int, section_id: int, up: bool, *, now: datetime) -> None:
    """One place up or down among the remarks; at the end of them nothing happens."""
    text = _draft(actor, request_id, now)
    remarks = locked.remarks(request_id)
    at = _place(remarks, section_id)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(remarks):
        return
    one, other = remarks[at], remarks[to]
    one.position, other.position = other.position, one.position
    _arranged(actor, text, now)


@atomic()
def remove(actor: Actor, request_id: int, section_id: int, *, now: datetime) -> None:
    """Take a remark away; its wordings stay, and it can be put back."""
    text = _draft(actor, request_id, now)
    remarks = locked.remarks(request_id)
    remarks[_place(remarks, section_id)].removed_at = now
    _arranged(actor, text, now)


@atomic()
def restore(actor: Actor, request_id: int, section_id: int, *, now: datetime) -> None:
    """Put a remark back where it stood."""
    text = _draft(actor, request_id, now)
    if len(locked.remarks(request_id)) >= MOST_REMARKS:
        raise Conflict(N_("An opinion has at most %(most)d remarks."), code="too_many", most=MOST_REMARKS)
    locked.section(request_id, section_id, gone=True).removed_at = None
    _arranged(actor, text, now)


@atomic()
def choose_kind(actor: Actor, request_id: int, kind: OpinionKind, *, now: datetime) -> None:
    """What the text says of the plan, which is part of it."""
    text = _draft(actor, request_id, now)
    if text.kind is not kind:
        text.kind = kind
        _arranged(actor, text, now)


def _draft(actor: Actor, request_id: int, now: datetime) -> ForumText:
    text = locked.draft(request_id, now)
    check_writer(actor, text, now)
    check_running(request_id, now)
    return text


def _place(remarks: list[ForumSection], section_id: int) -> int:
    at = next((i for i, one in enumerate(remarks) if one.id == section_id), None)
    if at is None:
        raise NotFound()
    return at


def _arranged(actor: Actor, text: ForumText, now: datetime) -> None:
    text.revision += 1
    db.session.flush()
    order = tuple(one.id for one in locked.sections(text.request_id))
    record(ForumDraftArranged(text.request_id, text.revision, text.kind.value, order), actor=actor, now=now)
