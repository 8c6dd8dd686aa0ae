"""Reading minutes: published ones with the sitting they are of, the others for whoever writes, signs or watches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.conferences import queries as sittings
from portal.conferences.minutes import rules
from portal.conferences.minutes.models import (
    Minutes,
    MinutesCorrection,
    MinutesSection,
    MinutesSignature,
)
from portal.conferences.minutes.rules import MinutesState, Part, Signatory, Table, tables_of
from portal.conferences.models import AgendaItem, Sitting
from portal.conferences.queries import SittingRow
from portal.conferences.rules import Organ
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.offices import Office
from portal.kernel.permissions import Permission, can


@dataclass(frozen=True)
class Writer:
    """Who is writing in a section."""

    person_id: int
    name: str
    since: datetime
    last_at: datetime


@dataclass(frozen=True)
class Section:
    """A section as it stands."""

    key: str
    title: str
    text: str
    generated: str
    tables: tuple[Table, ...]
    revision: int
    writer: Writer | None

    @property
    def edited(self) -> bool:
        """True if somebody changed what was generated."""
        return self.text != self.generated


@dataclass(frozen=True)
class Signature:
    """Who signed."""

    quality: Signatory
    person_id: int
    name: str
    office: Office
    signed_at: datetime


@dataclass(frozen=True)
class Correction:
    """What was asked to be put right."""

    number: int
    asked_by: str
    text: str
    asked_at: datetime


@dataclass(frozen=True)
class Approval:
    """Where the minutes were approved."""

    at: datetime
    sitting: int
    sitting_title: str
    item_number: int
    item_title: str


@dataclass(frozen=True)
class MinutesPage:
    """All that is known of some minutes."""

    id: int
    sitting: int
    call: int
    organ: Organ
    number: str
    state: MinutesState
    head: dict[str, Any]
    kept: dict[str, Any]
    drawn_at: datetime
    generated_at: datetime
    sha256: str | None
    signed_at: datetime | None
    published_at: datetime | None
    sections: tuple[Section, ...]
    signatures: tuple[Signature, ...]
    corrections: tuple[Correction, ...]
    approval: Approval | None

    @property
    def content(self) -> dict[str, Any]:
        """What is signed."""
        return rules.content(self.head, [Part(s.key, s.title, s.text, s.tables) for s in self.sections])

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the text as it stands; once signed it is the one that was signed."""
        return rules.fingerprint(self.content)

    @property
    def qualities(self) -> tuple[Signatory, ...]:
        """Who has to sign, in order."""
        return tuple(Signatory)

    @property
    def writable(self) -> bool:
        """True while sections can be written in."""
        return self.state is MinutesState.DRAFT and not self.signatures

    def signed_by(self, quality: Signatory) -> Signature | None:
        """The signature in a quality."""
        return next((one for one in self.signatures if one.quality is quality), None)


def reads_drafts(actor: Actor) -> bool:
    """Whoever writes, signs or watches."""
    wanted = (Permission.MINUTES_WRITE, Permission.MINUTES_SIGN, Permission.CONFERENCE_WATCH)
    return any(can(actor, permission) for permission in wanted)


def minutes(actor: Actor, sitting: int, call: int | None = None, *, now: datetime | None = None) -> MinutesPage:
    """Those of a call, or of the last one that has any; `now` says who is still writing."""
    sittings.sitting(actor, sitting)  # of a reserved sitting only those who may see it, whoever else presides elsewhere
    query = sa.select(Minutes).where(Minutes.sitting_id == sitting).order_by(Minutes.call.desc())
    if call is not None:
        query = query.where(Minutes.call == call)
    if not reads_drafts(actor):
        query = query.where(Minutes.published_at.is_not(None))
    row = db.session.execute(query.limit(1).execution_options(populate_existing=True)).scalar_one_or_none()
    if row is None:
        raise NotFound()
    return _page(row, now)


def by_fingerprint(sha256: str) -> tuple[int, int] | None:
    """The sitting and the call of published minutes with this fingerprint."""
    query = sa.select(Minutes.sitting_id, Minutes.call).where(
        Minutes.sha256 == sha256, Minutes.published_at.is_not(None)
    )
    row = db.session.execute(query).one_or_none()
    return (row.sitting_id, row.call) if row else None


def published(actor: Actor, sitting: int) -> list[tuple[int, str, datetime]]:
    """The published minutes of a sitting: call, number, when."""
    sittings.sitting(actor, sitting)
    rows = db.session.execute(
        sa.select(Minutes.call, Minutes.number, Minutes.year, Minutes.published_at)
        .where(Minutes.sitting_id == sitting, Minutes.published_at.is_not(None))
        .order_by(Minutes.call)
    )
    return [(row.call, f"{row.number}/{row.year}", row.published_at) for row in rows]


def sitting_of(actor: Actor, number: int) -> SittingRow:
    """The sitting, as the reader may see it."""
    return sittings.sitting(actor, number)


def _page(row: Minutes, now: datetime | None) -> MinutesPage:
    return MinutesPage(
        id=row.id,
        sitting=row.sitting_id,
        call=row.call,
        organ=row.organ,
        number=f"{row.number}/{row.year}",
        state=row.state,
        head=row.head,
        kept=row.kept,
        drawn_at=row.drawn_at,
        generated_at=row.generated_at,
        sha256=row.sha256,
        signed_at=row.signed_at,
        published_at=row.published_at,
        sections=_sections(row.id, now),
        signatures=_signatures(row.id),
        corrections=_corrections(row.id),
        approval=_approval(row),
    )


def _sections(minutes_id: int, now: datetime | None) -> tuple[Section, ...]:
    rows = db.session.execute(
        sa.select(MinutesSection, Person.name)
        .outerjoin(Person, Person.id == MinutesSection.writer_id)
        .where(MinutesSection.minutes_id == minutes_id)
        .order_by(MinutesSection.position)
        .execution_options(populate_existing=True)
    )
    return tuple(_section(row, name, now) for row, name in rows)


def _section(row: MinutesSection, name: str | None, now: datetime | None) -> Section:
    writer = None
    writing = now is not None and rules.is_held(row.written_at, now)
    if writing and row.writer_id is not None and row.writing_since is not None and row.written_at is not None:
        writer = Writer(row.writer_id, name or "", row.writing_since, row.written_at)
    return Section(row.key, row.title, row.text, row.generated, tables_of(row.tables), row.revision, writer)


def _signatures(minutes_id: int) -> tuple[Signature, ...]:
    rows = db.session.execute(
        sa.select(MinutesSignature.quality, MinutesSignature.person_id, MinutesSignature.name)
        .add_columns(MinutesSignature.office, MinutesSignature.signed_at)
        .where(MinutesSignature.minutes_id == minutes_id)
        .order_by(MinutesSignature.signed_at)
    )
    return tuple(Signature(*row) for row in rows)


def _corrections(minutes_id: int) -> tuple[Correction, ...]:
    rows = db.session.execute(
        sa.select(
            MinutesCorrection.number, MinutesCorrection.asked_by, MinutesCorrection.text, MinutesCorrection.asked_at
        )
        .where(MinutesCorrection.minutes_id == minutes_id)
        .order_by(MinutesCorrection.number)
    )
    return tuple(Correction(*row) for row in rows)


def _approval(row: Minutes) -> Approval | None:
    if row.approved_at is None:
        return None
    found = db.session.execute(
        sa.select(Sitting.id, Sitting.title, AgendaItem.position, AgendaItem.title)
        .join(AgendaItem, AgendaItem.sitting_id == Sitting.id)
        .where(AgendaItem.id == row.approved_item_id)
    ).one()
    return Approval(row.approved_at, *found)
