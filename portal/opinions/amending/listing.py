"""Reading amendments: all of them with who signed, and those that are voted in the order in which they are."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.db import db
from portal.kernel.errors import NotFound
from portal.opinions.amending import wording
from portal.opinions.amending.models import Amendment, AmendmentSigner, ForumSection, ForumWording
from portal.opinions.amending.rows import AmendmentRow, SignerRow
from portal.opinions.amending.rules import AmendmentState, Lapse, turn
from portal.opinions.amending.support import needed
from portal.territory.models import Body


def amendments(request_id: int) -> list[AmendmentRow]:
    """All of them, by number; they are public."""
    base, filed, by = aliased(ForumWording), aliased(ForumWording), aliased(Amendment)
    query = (
        sa.select(Amendment, ForumSection, Body.key, Body.name, base.text, filed.text, by.number)
        .join(ForumSection, ForumSection.id == Amendment.section_id)
        .join(Body, Body.id == Amendment.body_id)
        .join(base, _is(base, Amendment.base_revision))
        .join(filed, _is(filed, Amendment.filed_revision))
        .outerjoin(by, by.id == Amendment.lapsed_by_id)
        .where(Amendment.request_id == request_id)
        .order_by(Amendment.number)
    )
    signed, asked = _signers(request_id), needed(request_id)
    return [_row(*row, signed.get(row[0].id, ()), asked) for row in db.session.execute(query)]


def amendment(request_id: int, number: int) -> AmendmentRow:
    """One of them."""
    found = next((one for one in amendments(request_id) if one.number == number), None)
    if found is None:
        raise NotFound()
    return found


def to_vote(request_id: int) -> list[AmendmentRow]:
    """Those that wait for their vote: what takes away, replaces, modifies, adds; then by section, then by number."""
    query = sa.select(ForumSection.id, ForumSection.position).where(ForumSection.request_id == request_id)
    places = {row.id: row.position for row in db.session.execute(query)}
    waiting = [one for one in amendments(request_id) if one.state is AmendmentState.TO_VOTE]
    return sorted(waiting, key=lambda one: turn(one.kind, places[one.section_id], one.number))


def _is(words: Any, revision: Any) -> Any:
    return sa.and_(words.section_id == Amendment.section_id, words.revision == revision)


def _signers(request_id: int) -> dict[int, tuple[SignerRow, ...]]:
    query = (
        sa.select(AmendmentSigner.amendment_id, Body.id, Body.key, Body.name, AmendmentSigner.signed_at)
        .join(Body, Body.id == AmendmentSigner.body_id)
        .join(Amendment, Amendment.id == AmendmentSigner.amendment_id)
        .where(Amendment.request_id == request_id)
        .order_by(AmendmentSigner.signed_at, Body.name)
    )
    found = defaultdict[int, list[SignerRow]](list)
    for amendment_id, body_id, key, name, at in db.session.execute(query):
        found[amendment_id].append(SignerRow(body_id, key, name, at))
    return {key: tuple(rows) for key, rows in found.items()}


def _row(
    row: Amendment,
    section: ForumSection,
    key: str,
    name: str,
    before: str,
    filed_before: str,
    by: int | None,
    signers: tuple[SignerRow, ...],
    asked: int,
) -> AmendmentRow:
    why = wording.lapse(Lapse(row.lapse), by) if row.lapse else None
    return AmendmentRow(
        id=row.id,
        request_id=row.request_id,
        number=row.number,
        section_id=row.section_id,
        role=section.role,
        label=section.label,
        section_heading=section.heading,
        kind=row.kind,
        apart=row.apart,
        before=before,
        text=row.text,
        filed_before=filed_before,
        filed_text=row.filed_text,
        opinion=row.opinion,
        heading=row.heading,
        why=row.why,
        action_id=row.action_id,
        paragraph_id=row.paragraph_id,
        reason=row.reason,
        body_id=row.body_id,
        body_key=key,
        body_name=name,
        proposed_at=row.proposed_at,
        state=row.state,
        said=row.said,
        decided_at=row.decided_at,
        lapse=why,
        lapsed_by=by,
        poll_id=row.poll_id,
        settled_at=row.settled_at,
        signers=signers,
        needed=asked,
    )
