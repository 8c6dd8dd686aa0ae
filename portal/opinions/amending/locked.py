"""Rows that the verbs about the Forum's text need under the lock of its request."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.db import db
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.words import N_
from portal.opinions.amending.edits import edits
from portal.opinions.amending.models import Amendment, AmendmentSigner, ForumSection, ForumSource, ForumText
from portal.opinions.amending.models import ForumWording as Wording
from portal.opinions.amending.rules import AmendmentState, Change, Part, Phase, SectionRole, phase
from portal.opinions.requests import locked as requests


def found(request_id: int) -> ForumText | None:
    """The text, if a rapporteur was named; the request is locked from here on."""
    requests.request(request_id)
    return db.session.get(ForumText, request_id, populate_existing=True)


def text(request_id: int) -> ForumText:
    """The text, alone: everything about it changes under the lock of its request."""
    row = found(request_id)
    if row is None:
        raise NotFound()
    return row


def phase_of(row: ForumText, now: datetime) -> Phase:
    """How far the text has come."""
    return phase(row.opened_at is not None, row.closes_at, row.frozen_at is not None, row.final_at is not None, now)


def draft(request_id: int, now: datetime) -> ForumText:
    """The text while it can be written freely."""
    row = text(request_id)
    if phase_of(row, now) is not Phase.DRAFT:
        raise Conflict(
            N_("The text was opened to amendments: from then on it changes through amendments alone."), code="opened"
        )
    return row


def amended(request_id: int, now: datetime) -> ForumText:
    """The text while amendments to it can be proposed and signed."""
    row = text(request_id)
    match phase_of(row, now):
        case Phase.OPEN:
            return row
        case Phase.DRAFT:
            raise Conflict(N_("The text is still being written: it is not open to amendments yet."), code="not_open")
        case _:
            raise Conflict(N_("The time for amendments is over."), code="closed")


def disposed(request_id: int, now: datetime) -> ForumText:
    """The text while amendments can be disposed of: from their opening until it is frozen."""
    row = text(request_id)
    if phase_of(row, now) not in {Phase.OPEN, Phase.CLOSED}:
        raise Conflict(N_("Amendments are disposed of between their opening and the freezing."), code="phase")
    return row


def sections(request_id: int, *, gone: bool = False) -> list[ForumSection]:
    """In order; with those that were taken away, if wanted."""
    query = sa.select(ForumSection).where(ForumSection.request_id == request_id).order_by(ForumSection.position)
    rows = db.session.scalars(query.execution_options(populate_existing=True))
    return [row for row in rows if gone or row.removed_at is None]


def section(request_id: int, section_id: int, *, gone: bool = False) -> ForumSection:
    """One of them."""
    row = next((one for one in sections(request_id, gone=gone) if one.id == section_id), None)
    if row is None:
        raise NotFound()
    return row


def wording(section_id: int, revision: int) -> Wording:
    """A wording as it was kept; of one that nobody kept there is nothing to go by."""
    query = sa.select(Wording).where(Wording.section_id == section_id, Wording.revision == revision)
    row = db.session.execute(query).scalar_one_or_none()
    if row is None:
        raise Conflict(N_("This form has lost its place. Open the page again."), code="base")
    return row


def amendment(request_id: int, number: int) -> Amendment:
    """One by the number everybody knows it by."""
    query: Any = sa.select(Amendment).where(Amendment.request_id == request_id, Amendment.number == number)
    row: Amendment | None = db.session.execute(query.execution_options(populate_existing=True)).scalar_one_or_none()
    if row is None:
        raise NotFound()
    return row


def amendments(request_id: int, states: Collection[AmendmentState] = ()) -> list[Amendment]:
    """Those in a state, or all, by number."""
    query = sa.select(Amendment).where(Amendment.request_id == request_id).order_by(Amendment.number)
    if states:
        query = query.where(Amendment.state.in_(states))
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def signers(amendment_id: int) -> list[AmendmentSigner]:
    """Who signed beside the proposer, in order."""
    query = sa.select(AmendmentSigner).where(AmendmentSigner.amendment_id == amendment_id)
    rows = db.session.scalars(query.execution_options(populate_existing=True))
    return sorted(rows, key=lambda one: (one.signed_at, one.body_id))


def cited(request_id: int) -> frozenset[int]:
    """The sections that say what they rest on."""
    query = sa.select(ForumSource.section_id).join(ForumSection, ForumSection.id == ForumSource.section_id)
    return frozenset(db.session.scalars(query.where(ForumSection.request_id == request_id)))


def part(row: ForumSection) -> Part:
    """A section as it is hashed."""
    return Part(row.id, row.role, row.heading, row.text, row.reason, row.action_id, row.paragraph_id)


def change(row: Amendment, base: str) -> Change:
    """An amendment over the wording it stands on."""
    plain = row.apart or row.kind.value == "suppressive"
    found_edits = () if plain else edits(base, row.text)
    return Change(row.id, row.section_id, row.kind, row.apart, found_edits, row.opinion)


def remarks(request_id: int) -> list[ForumSection]:
    """The sections that ask for something."""
    return [row for row in sections(request_id) if row.role is SectionRole.REMARK]
