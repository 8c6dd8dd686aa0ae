"""Write the text that the Conferenza is asked to pass, and its numbered remarks (art. 30 c.4-5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.comments import queries as comments
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import digest
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.opinions import locked
from portal.opinions.events import OpinionTextWritten
from portal.opinions.models import OpinionRemark, OpinionRequest, OpinionText
from portal.opinions.pending import check_no_vote
from portal.opinions.rules import MOST_REMARKS, REASON_LIMIT, TEXT_LIMIT, OpinionKind
from portal.plan.models import Action, Paragraph


@dataclass(frozen=True)
class Point:
    """A remark as it is written: about an action or a paragraph of the version; `comment` is the number of a remark."""

    action_id: int | None
    paragraph_id: int | None
    request: str
    reason: str
    comment: int | None = None


@atomic()
def write_text(actor: Actor, request_id: int, kind: OpinionKind, text: str, *, now: datetime) -> int:
    """The text that is being written; after a vote another one begins, with the remarks of the last."""
    locked.request(request_id)
    require(actor, Permission.OPINION_MANAGE)
    check_no_vote(request_id)
    known = locked.texts(request_id)
    begun = bool(known) and known[-1].frozen_at is None
    row = known[-1] if begun else OpinionText(request_id=request_id, number=len(known) + 1)
    row.kind, row.text = kind, typed(text, field="text", limit=TEXT_LIMIT)
    row.written_at, row.written_by_id = now, actor.person_id
    db.session.add(row)
    db.session.flush()
    if known and not begun and kind is not OpinionKind.FAVOURABLE:
        _copy(known[-1].id, row.id)
    _record(actor, row, now)
    return row.id


@atomic()
def add_remark(actor: Actor, request_id: int, point: Point, *, now: datetime) -> int:
    """A further remark; its number."""
    row, known = _open(actor, request_id)
    if len(known) >= MOST_REMARKS:
        raise Conflict(N_("An opinion has at most %(most)d remarks."), code="too_many", most=MOST_REMARKS)
    db.session.add(_filled(OpinionRemark(text_id=row.id, number=len(known) + 1), request_id, point))
    _record(actor, row, now)
    return len(known) + 1


@atomic()
def change_remark(actor: Actor, request_id: int, number: int, point: Point, *, now: datetime) -> int:
    """Write a remark anew."""
    row, known = _open(actor, request_id)
    _filled(_numbered(known, number), request_id, point)
    _record(actor, row, now)
    return number


@atomic()
def remove_remark(actor: Actor, request_id: int, number: int, *, now: datetime) -> None:
    """Take a remark away; those after it move up."""
    row, known = _open(actor, request_id)
    db.session.delete(_numbered(known, number))
    db.session.flush()
    for one in known[number:]:
        one.number -= 1
        db.session.flush()
    _record(actor, row, now)


def content(row: OpinionText, remarks: Sequence[OpinionRemark]) -> dict[str, Any]:
    """What the fingerprint of a text covers."""
    points = [
        {
            "number": one.number,
            "action": one.action_id,
            "paragraph": one.paragraph_id,
            "request": one.request,
            "reason": one.reason,
        }
        for one in remarks
    ]
    return {"kind": row.kind.value, "text": row.text, "remarks": points}


def _open(actor: Actor, request_id: int) -> tuple[OpinionText, list[OpinionRemark]]:
    locked.request(request_id)
    require(actor, Permission.OPINION_MANAGE)
    row = locked.open_text(request_id)
    return row, locked.remarks(row.id)


def _numbered(known: Sequence[OpinionRemark], number: int) -> OpinionRemark:
    found = next((one for one in known if one.number == number), None)
    if found is None:
        raise NotFound()
    return found


def _filled(row: OpinionRemark, request_id: int, point: Point) -> OpinionRemark:
    version_id = db.session.get_one(OpinionRequest, request_id).version_id
    row.action_id, row.paragraph_id = target(point.action_id, point.paragraph_id, version_id)
    row.request = typed(point.request, field="request", limit=REASON_LIMIT)
    row.reason = typed(point.reason, field="reason", limit=REASON_LIMIT)
    row.comment_id = _comment(point.comment)
    return row


def target(action_id: int | None, paragraph_id: int | None, version_id: int) -> tuple[int | None, int | None]:
    """The action or the paragraph, which must stand in the version that the opinion is about."""
    found: Action | Paragraph | None = None
    if paragraph_id is not None:
        found = db.session.get(Paragraph, paragraph_id)
    elif action_id is not None:
        found = db.session.get(Action, action_id)
    if found is None or found.version_id != version_id:
        raise Invalid(N_("Choose an action or a paragraph of this version."), code="target", field="target")
    return (None, found.id) if isinstance(found, Paragraph) else (found.id, None)


def _comment(number: int | None) -> int | None:
    """A remark of the consultation that everybody reads."""
    if number is None:
        return None
    try:
        return comments.remark(Actor.anonymous(), number).id
    except NotFound as error:
        raise Invalid(N_("There is no public remark of this number."), code="comment", field="comment") from error


def _copy(earlier: int, text_id: int) -> None:
    for one in locked.remarks(earlier):
        same = {name: getattr(one, name) for name in _COPIED}
        db.session.add(OpinionRemark(text_id=text_id, **same))
    db.session.flush()


_COPIED = ("number", "action_id", "paragraph_id", "request", "reason", "comment_id")


def _record(actor: Actor, row: OpinionText, now: datetime) -> None:
    db.session.flush()
    remarks = locked.remarks(row.id)
    event = OpinionTextWritten(row.request_id, row.id, row.kind.value, len(remarks), digest(content(row, remarks)))
    record(event, actor=actor, now=now)
