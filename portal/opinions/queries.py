"""Reading requests for an opinion: everything is public, save a text before it is put to the vote."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.comments.models import Comment
from portal.conferences.models import AgendaItem, Conference, Sitting, SittingCall
from portal.conferences.rules import ItemKind, Organ, SittingState, Visibility
from portal.db import db
from portal.journal.models import Stream
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, can
from portal.opinions.models import (
    OpinionDissent,
    OpinionDocument,
    OpinionOverride,
    OpinionPoll,
    OpinionRemark,
    OpinionRequest,
    OpinionSitting,
    OpinionText,
)
from portal.opinions.rows import (
    DocumentRow,
    ItemChoice,
    OverrideRow,
    PollOf,
    RemarkRow,
    RequestRow,
    TextRow,
    TiedSitting,
)
from portal.plan.models import PlanVersion
from portal.territory.models import Body
from portal.voting import queries as voting
from portal.voting import results
from portal.voting.models import Poll
from portal.voting.rules import Choice, PollState

_REQUEST: tuple[Any, ...] = (
    OpinionRequest.id, OpinionRequest.organ, OpinionRequest.version_id, PlanVersion.number, PlanVersion.title,
    OpinionRequest.version_hash, OpinionRequest.subject, OpinionRequest.act_number, OpinionRequest.act_date,
    OpinionRequest.received_at, OpinionRequest.base_seats, OpinionRequest.base_population,
)  # fmt: skip


def _requests() -> sa.Select[Any]:
    query = sa.select(*_REQUEST).join(PlanVersion, PlanVersion.id == OpinionRequest.version_id)
    return query.where(OpinionRequest.organ == Organ.MAYORS)


def requests() -> list[RequestRow]:
    """Latest first."""
    rows = db.session.execute(_requests().order_by(OpinionRequest.id.desc()).limit(200))
    return [RequestRow(*row) for row in rows]


def request(number: int) -> RequestRow:
    """One request."""
    row = db.session.execute(_requests().where(OpinionRequest.id == number)).first()
    if row is None:
        raise NotFound()
    return RequestRow(*row)


def of_version(version_id: int) -> RequestRow | None:
    """The last request on a version of the plan."""
    query = _requests().where(OpinionRequest.version_id == version_id).order_by(OpinionRequest.id.desc()).limit(1)
    row = db.session.execute(query).first()
    return RequestRow(*row) if row else None


def of_poll(poll_id: int) -> RequestRow | None:
    """The request that a vote is about, if it is one to the mayors."""
    query = _requests().join(OpinionPoll, OpinionPoll.request_id == OpinionRequest.id)
    row = db.session.execute(query.where(OpinionPoll.poll_id == poll_id)).first()
    return RequestRow(*row) if row else None


def of_sitting(sitting_id: int) -> list[RequestRow]:
    """The requests that a sitting is to answer."""
    query = _requests().join(OpinionSitting, OpinionSitting.request_id == OpinionRequest.id)
    rows = db.session.execute(query.where(OpinionSitting.sitting_id == sitting_id).order_by(OpinionRequest.id))
    return [RequestRow(*row) for row in rows]


def sees_texts(actor: Actor) -> bool:
    """True for those who read a text before it is put to the vote."""
    return can(actor, Permission.CONFERENCE_WATCH)


def texts(actor: Actor, number: int) -> list[TextRow]:
    """The texts of a request in order; the one that is being written for the office alone."""
    query = sa.select(OpinionText).where(OpinionText.request_id == number).order_by(OpinionText.number)
    if not sees_texts(actor):
        query = query.where(OpinionText.frozen_at.is_not(None))
    rows = db.session.scalars(query).all()
    remarks: dict[int, list[RemarkRow]] = {}
    found = sa.select(OpinionRemark).where(OpinionRemark.text_id.in_([row.id for row in rows]))
    for one in db.session.scalars(found.order_by(OpinionRemark.number)):
        row = RemarkRow(one.number, one.action_id, one.paragraph_id, one.request, one.reason, one.comment_id)
        remarks.setdefault(one.text_id, []).append(row)
    return [
        TextRow(t.id, t.number, t.kind, t.text, t.written_at, t.frozen_at, t.sha256, tuple(remarks.get(t.id, ())))
        for t in rows
    ]


def sittings(number: int) -> list[TiedSitting]:
    """The sittings tied to a request, in the order of their first calls."""
    rows = db.session.execute(
        sa.select(Sitting.id, Sitting.title, Sitting.state, Sitting.visibility, AgendaItem.position)
        .join(OpinionSitting, OpinionSitting.sitting_id == Sitting.id)
        .join(AgendaItem, AgendaItem.id == OpinionSitting.item_id)
        .where(OpinionSitting.request_id == number)
    ).all()
    calls: dict[int, list[datetime]] = {}
    ids = [row.id for row in rows]
    known = sa.select(SittingCall.sitting_id, SittingCall.starts_at).where(SittingCall.sitting_id.in_(ids))
    for sitting_id, starts_at in db.session.execute(known.order_by(SittingCall.number)):
        calls.setdefault(sitting_id, []).append(starts_at)
    found = [
        TiedSitting(
            row.id, row.title, row.state, row.visibility is Visibility.PUBLIC, row.position, tuple(calls[row.id])
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.calls[0], one.number))


def polls(number: int) -> list[PollOf]:
    """The votes on its texts, in order."""
    rows = db.session.execute(
        sa.select(Poll.id, OpinionText.number, Poll.call, Poll.state, Poll.met, Poll.closed_at)
        .join(OpinionPoll, OpinionPoll.poll_id == Poll.id)
        .join(OpinionText, OpinionText.id == OpinionPoll.text_id)
        .where(OpinionPoll.request_id == number)
        .order_by(Poll.id)
    )
    return [PollOf(r[0], r[1], r.call, r.state, r.met if r.closed_at else None) for r in rows]


def dissent(number: int) -> list[tuple[int, str, str]]:
    """What was declared: vote, body, words."""
    rows = db.session.execute(
        sa.select(OpinionDissent.poll_id, Body.name, OpinionDissent.text)
        .join(Body, Body.id == OpinionDissent.body_id)
        .where(OpinionDissent.request_id == number)
        .order_by(OpinionDissent.poll_id, Body.name)
    )
    return [(row.poll_id, row.name, row.text) for row in rows]


def dissenters(number: int) -> list[tuple[int, str]]:
    """The bodies that answered to the last vote once it was proclaimed, and not with yes."""
    last = next(reversed(polls(number)), None)
    if last is None or last.state is not PollState.PROCLAIMED:
        return []
    said = results.answers(last.id)
    return [
        (seat.body_id, seat.name)
        for seat in voting.roll(last.id)
        if seat.number in said and said[seat.number].choice is not Choice.YES
    ]


def comment_number(comment_id: int) -> int | None:
    """The public number of a remark of the consultation."""
    return db.session.scalar(sa.select(Comment.number).where(Comment.id == comment_id))


_DOCUMENT: tuple[Any, ...] = (
    OpinionDocument.id, OpinionDocument.request_id, OpinionDocument.number, OpinionDocument.kind,
    OpinionDocument.content, OpinionDocument.sha256, OpinionDocument.drawn_at, OpinionDocument.transmitted_at,
    OpinionDocument.transmitted_to, OpinionDocument.transmitted_by,
)  # fmt: skip


def documents(number: int) -> list[DocumentRow]:
    """Every document of a request, the last one first."""
    query = sa.select(*_DOCUMENT).where(OpinionDocument.request_id == number)
    return [DocumentRow(*row) for row in db.session.execute(query.order_by(OpinionDocument.number.desc()))]


def document(number: int, which: int) -> DocumentRow:
    """One document of a request."""
    query = sa.select(*_DOCUMENT).where(OpinionDocument.request_id == number, OpinionDocument.number == which)
    row = db.session.execute(query).first()
    if row is None:
        raise NotFound()
    return DocumentRow(*row)


def by_fingerprint(sha256: str) -> DocumentRow | None:
    """The document with this fingerprint."""
    row = db.session.execute(sa.select(*_DOCUMENT).where(OpinionDocument.sha256 == sha256).limit(1)).first()
    return DocumentRow(*row) if row else None


def override(number: int) -> OverrideRow | None:
    """That two persons let the Council go on, and why; who they were is in the record."""
    row = db.session.get(OpinionOverride, number)
    return OverrideRow(row.reason, row.confirmed_at) if row else None


def overriders(number: int) -> list[str]:
    """Their names, for the office."""
    row = db.session.get(OpinionOverride, number)
    ids = [row.asked_by_id, row.confirmed_by_id] if row else []
    names = {p.id: p.name for p in db.session.scalars(sa.select(Person).where(Person.id.in_(ids)))}
    return [names[one] for one in ids]


def record_head(number: int) -> tuple[int, str] | None:
    """The number and fingerprint of the last entry of its record."""
    query = sa.select(Stream.head_seq, Stream.head_hash).where(Stream.name == f"opinion:{number}")
    row = db.session.execute(query).one_or_none()
    return (row.head_seq, row.head_hash) if row else None


def items_to_tie(number: int) -> list[ItemChoice]:
    """Announced items of the mayors' sittings that expect an opinion and are not tied yet, latest first."""
    first = sa.and_(SittingCall.sitting_id == Sitting.id, SittingCall.number == 1)
    tied = sa.select(OpinionSitting.sitting_id).where(OpinionSitting.request_id == number)
    asked = db.session.get(OpinionRequest, number)
    if asked is None:
        raise NotFound()
    rows = db.session.execute(
        sa.select(
            Sitting.id, Sitting.title, AgendaItem.id, AgendaItem.position, AgendaItem.title, SittingCall.starts_at
        )
        .join(Conference, Conference.id == Sitting.conference_id)
        .join(AgendaItem, AgendaItem.sitting_id == Sitting.id)
        .join(SittingCall, first)
        .where(Conference.organ == asked.organ, AgendaItem.kind == ItemKind.OPINION)
        .where(sa.or_(Conference.version_id.is_(None), Conference.version_id == asked.version_id))
        .where(AgendaItem.notice_id.is_not(None), Sitting.id.not_in(tied), Sitting.visibility == Visibility.PUBLIC)
        .where(SittingCall.starts_at >= asked.received_at)
        .where(Sitting.state.not_in([SittingState.PLANNED, SittingState.CANCELLED]))
        .order_by(SittingCall.starts_at.desc(), AgendaItem.position)
        .limit(50)
    )
    return [ItemChoice(*row) for row in rows]
