"""Reading the Forum's text: a draft for members and staff, from the opening of amendments on for everybody."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Mandate, Person
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, require
from portal.opinions.amending import rules
from portal.opinions.amending.listing import amendment, amendments, to_vote
from portal.opinions.amending.models import Amendment, ForumSection, ForumSource, ForumText, ForumWording
from portal.opinions.amending.rows import (
    Candidate,
    FinalText,
    SectionRow,
    SourceRow,
    TextPage,
    WordingRow,
)
from portal.opinions.amending.rules import SectionRole, SourceKind
from portal.opinions.amending.support import needed
from portal.opinions.amending.writers import eligible, reads_draft
from portal.opinions.deliberation.models import ForumTable, Statement, TableNote, TableProposal
from portal.opinions.requests import queries as requests
from portal.territory.models import Body

__all__ = [
    "amendment", "amendments", "candidates", "citable", "exists", "final", "forum_of", "needed",
    "text", "to_vote", "wordings",
]  # fmt: skip


def exists(request_id: int) -> bool:
    """True once a rapporteur was named."""
    return db.session.get(ForumText, request_id) is not None


def text(actor: Actor, request_id: int) -> TextPage:
    """The text as it stands; nothing is there for those who may not read it yet."""
    row = db.session.get(ForumText, request_id)
    if row is None or (row.opened_at is None and not reads_draft(actor)):
        raise NotFound()
    page = _page(row)
    return page if reads_draft(actor) else replace(page, removed=tuple(one for one in page.removed if one.was_read))


def final(request_id: int) -> FinalText | None:
    """The text that is put to the final vote, once it is frozen."""
    row = db.session.get(ForumText, request_id)
    if row is None or row.final_at is None or row.final_sha256 is None:
        return None
    alive = [one for one in _sections(row) if not one.removed]
    return FinalText(row.kind, tuple(alive), row.final_sha256, row.final_at)


def wordings(actor: Actor, request_id: int, section_id: int) -> list[WordingRow]:
    """Newest first: of what one hand wrote within some minutes the last; the public reads those since the opening."""
    page = text(actor, request_id)
    if section_id not in {one.id for one in (*page.sections, *page.removed)}:
        raise NotFound()
    section = db.session.get_one(ForumSection, section_id)
    query = (
        sa.select(ForumWording, Person.name, Amendment.number)
        .outerjoin(Person, Person.id == ForumWording.person_id)
        .outerjoin(Amendment, Amendment.id == ForumWording.amendment_id)
        .where(ForumWording.section_id == section_id)
        .order_by(ForumWording.revision.desc())
        .limit(300)
    )
    inside = reads_draft(actor)
    if not inside:
        query = query.where(ForumWording.revision >= (section.opened_revision or 1))
    shown: list[WordingRow] = []
    rows: Any = db.session.execute(query)
    for one, name, number in rows:
        said = name if inside and number is None else None
        if shown and said and shown[-1].name == said and shown[-1].at - one.at < rules.SAME_HAND:
            continue
        shown.append(WordingRow(one.revision, one.heading, one.text, one.reason, one.at, said, number))
    return shown


def candidates(actor: Actor, forum_id: int, now: datetime) -> list[Candidate]:
    """Delegates and substitutes of member organisations and the secretary of the Forum, for the secretariat."""
    require(actor, Permission.FORUM_MANAGE)
    query = (
        sa.select(Mandate.id, Person.name, Body.name)
        .join(Person, Person.id == Mandate.person_id)
        .join(Body, Body.id == Mandate.body_id)
        .where(eligible(forum_id, now))
        .order_by(Body.name, Person.name)
    )
    return [Candidate(*row) for row in db.session.execute(query)]


def citable(request_id: int) -> dict[SourceKind, list[SourceRow]]:
    """Notes, proposals and statements of this request that a remark can rest on."""
    found = dict[SourceKind, list[SourceRow]]()
    for source in _of_tables(request_id).values():
        found.setdefault(source.kind, []).append(source)
    return found


def _page(row: ForumText) -> TextPage:
    name = db.session.get_one(Person, row.rapporteur_id).name
    body = db.session.get_one(Body, row.rapporteur_body_id).name
    sections = _sections(row)
    return TextPage(
        request_id=row.request_id,
        rapporteur_id=row.rapporteur_id,
        rapporteur=name,
        rapporteur_body=body,
        kind=row.kind,
        revision=row.revision,
        opened_at=row.opened_at,
        closes_at=row.closes_at,
        base_sha256=row.base_sha256,
        frozen_at=row.frozen_at,
        frozen_sha256=row.frozen_sha256,
        final_at=row.final_at,
        final_sha256=row.final_sha256,
        sections=tuple(one for one in sections if not one.removed),
        removed=tuple(one for one in sections if one.removed),
    )


def _sections(text: ForumText) -> list[SectionRow]:
    query = sa.select(ForumSection).where(ForumSection.request_id == text.request_id).order_by(ForumSection.position)
    rows = list(db.session.scalars(query))
    sources, made = _sources(text.request_id), _made(text.request_id)
    opened = _wordings_of({one.id: one.opened_revision for one in rows if one.opened_revision is not None})
    found, number = [], 0
    for row in rows:
        number += row.role is SectionRole.REMARK and row.removed_at is None
        named = row.label if text.final_at is None or row.removed_at is not None else ""
        shown = (named or str(number)) if row.role is SectionRole.REMARK else ""
        found.append(
            SectionRow(
                id=row.id,
                role=row.role,
                label=shown,
                heading=row.heading,
                text=row.text,
                reason=row.reason,
                action_id=row.action_id,
                paragraph_id=row.paragraph_id,
                revision=row.revision,
                removed=row.removed_at is not None,
                base_text=opened.get(row.id),
                sources=tuple(sources.get(row.id, ())),
                amendment=made.get(row.id),
            )
        )
    return found


def _wordings_of(wanted: dict[int, int]) -> dict[int, str]:
    query = sa.select(ForumWording.section_id, ForumWording.revision, ForumWording.text)
    rows = db.session.execute(query.where(ForumWording.section_id.in_(wanted)))
    return {row.section_id: row.text for row in rows if wanted[row.section_id] == row.revision}


def _made(request_id: int) -> dict[int, int]:
    query = sa.select(Amendment.made_id, Amendment.number).where(Amendment.request_id == request_id)
    return {row.made_id: row.number for row in db.session.execute(query.where(Amendment.made_id.is_not(None)))}


def _sources(request_id: int) -> dict[int, list[SourceRow]]:
    """What each section rests on, in the order of kinds."""
    query = sa.select(ForumSource).join(ForumSection, ForumSection.id == ForumSource.section_id)
    rows = db.session.scalars(query.where(ForumSection.request_id == request_id))
    known, found = _of_tables(request_id), defaultdict[int, list[SourceRow]](list)
    for row in rows:
        plain = SourceRow(row.kind, row.number, shown=row.number)
        found[row.section_id].append(known.get((row.kind, row.number), plain))
    for listed in found.values():
        listed.sort(key=lambda one: (list(SourceKind).index(one.kind), one.table or 0, one.shown))
    return found


def _of_tables(request_id: int) -> dict[tuple[SourceKind, int], SourceRow]:
    """What tables and members have brought forward, by what it is named by."""
    found: list[SourceRow] = []
    here = ForumTable.request_id == request_id
    notes = sa.select(TableNote.id, ForumTable.number, TableNote.number).join(
        ForumTable, ForumTable.id == TableNote.table_id
    )
    for id_, table, number in db.session.execute(notes.where(here).order_by(ForumTable.number, TableNote.number)):
        found.append(SourceRow(SourceKind.NOTE, id_, table, number))
    proposals = sa.select(TableProposal.id, ForumTable.number, TableProposal.number, TableProposal.request).join(
        ForumTable, ForumTable.id == TableProposal.table_id
    )
    for id_, table, number, asked in db.session.execute(
        proposals.where(here).order_by(ForumTable.number, TableProposal.number)
    ):
        found.append(SourceRow(SourceKind.PROPOSAL, id_, table, number, asked))
    statements = sa.select(Statement.number, Statement.text).where(
        Statement.request_id == request_id, Statement.state == "admitted"
    )
    for number, words in db.session.execute(statements.order_by(Statement.number)):
        found.append(SourceRow(SourceKind.STATEMENT, number, None, number, words))
    return {(one.kind, one.number): one for one in found}


def forum_of(request_id: int) -> int:
    """The Forum that is asked."""
    return requests.request(request_id).forum_id
