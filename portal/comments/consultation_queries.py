"""Reading editions of plans with their consultations: which one is open, which text a visitor means, how it went."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

import sqlalchemy as sa

from portal.comments.models import ActionTally, BodyTally, Comment, Consultation, ConsultationExtension, ParagraphTally
from portal.comments.rules import Admission, Phase, phase
from portal.db import db
from portal.journal.stamp import counted
from portal.kernel.clock import days_left, local_day
from portal.kernel.offices import BodyKind
from portal.plan.models import Action, Paragraph, Plan, PlanVersion, Section
from portal.plan.rules import ParagraphKind, SectionKind, VersionState
from portal.territory.models import Body, PopulationSnapshot

T = TypeVar("T")


@dataclass(frozen=True)
class Edition:
    """A version of a plan, with its consultation if it has one."""

    plan_id: int
    slug: str
    plan_title: str
    body_name: str
    version_id: int
    number: int
    title: str
    state: VersionState
    mark: str
    text_hash: str
    imported_at: datetime
    published_at: datetime | None
    consultation_id: int | None
    consultation_title: str | None
    opens_at: datetime | None
    deadline_at: datetime | None
    concluded_at: datetime | None
    snapshot_id: int | None
    snapshot_source: str | None
    snapshot_date: date | None

    def phase(self, now: datetime) -> Phase | None:
        """Where its consultation stands; None without one."""
        if self.opens_at is None or self.deadline_at is None:
            return None
        return phase(self.opens_at, self.deadline_at, self.concluded_at, now)

    def is_open(self, now: datetime) -> bool:
        """True while remarks are in time."""
        return self.phase(now) is Phase.OPEN

    def days_left(self, now: datetime) -> int:
        """Calendar days in Rome until the deadline; 0 on its own day."""
        if self.deadline_at is None or not days_left(self.deadline_at, now):
            return 0
        return (local_day(self.deadline_at) - local_day(now)).days


@dataclass(frozen=True)
class Shelf:
    """All editions, few as they are: read once a request, together with the journal's stamp."""

    editions: tuple[Edition, ...]
    stamp: int = 0

    def plans(self) -> list[list[Edition]]:
        """The editions of each plan, newest first; plans in the order they arrived."""
        found: dict[int, list[Edition]] = {}
        for edition in self.editions:
            found.setdefault(edition.plan_id, []).append(edition)
        return list(found.values())

    def in_hand(self, now: datetime) -> Edition | None:
        """The consultation that matters now: the open one that ends first, else the one that is being concluded."""
        opened = [e for e in self.editions if e.deadline_at and e.is_open(now)]
        if opened:
            return min(opened, key=lambda e: e.deadline_at or now)
        closed = [e for e in self.editions if e.phase(now) is Phase.CLOSED]
        return max(closed, key=lambda e: e.deadline_at or now) if closed else None

    def coming(self, now: datetime) -> Edition | None:
        """The next consultation that will open."""
        later = [e for e in self.editions if e.phase(now) is Phase.SCHEDULED]
        return min(later, key=lambda e: e.opens_at or now) if later else None

    def main(self, now: datetime) -> Edition | None:
        """What `/piano` shows: the text in consultation, else the one published last."""
        in_hand = self.in_hand(now)
        if in_hand and in_hand.is_open(now):
            return in_hand
        published = [e for e in self.editions if e.state is VersionState.PUBLISHED]
        return max(published, key=lambda e: (e.published_at or now, e.version_id)) if published else in_hand

    def find(self, slug: str | None, number: int | None, now: datetime, drafts: bool) -> Edition | None:
        """The edition an address means; drafts are found by those who may read them, and only by their number."""
        if slug is None:
            chosen = self.main(now)
            if chosen is None or number is None:
                return chosen
            slug = chosen.slug
        own = [e for e in self.editions if e.slug == slug and (drafts or e.state is not VersionState.DRAFT)]
        if number is not None:
            return next((e for e in own if e.number == number), None)
        public = [e for e in own if e.state is not VersionState.DRAFT]
        return Shelf(tuple(public)).main(now) or (public[0] if public else None)

    def next_change(self, now: datetime) -> datetime | None:
        """The next instant at which a page reads differently by the clock alone: an opening, a deadline, midnight."""
        instants = [i for e in self.editions for i in (e.opens_at, e.deadline_at, e.concluded_at) if i and i > now]
        return min(instants) if instants else None


def _made(kind: Callable[..., T], row: Iterable[Any], **more: Any) -> T:
    """The record whose fields are the columns of a row, in the same order."""
    return kind(*row, **more)


# Asked at every request: built once.
_SHELF = (
    sa.select(
        Plan.id, Plan.slug, Plan.title, Plan.body_name,
        PlanVersion.id, PlanVersion.number, PlanVersion.title, PlanVersion.state, PlanVersion.mark,
        PlanVersion.text_hash, PlanVersion.imported_at, PlanVersion.published_at,
        Consultation.id, Consultation.title, Consultation.opens_at, Consultation.deadline_at,
        Consultation.concluded_at, PopulationSnapshot.id, PopulationSnapshot.source,
        PopulationSnapshot.reference_date, counted().scalar_subquery(),
    )
    .join(Plan, Plan.id == PlanVersion.plan_id)
    .outerjoin(Consultation, Consultation.version_id == PlanVersion.id)
    .outerjoin(PopulationSnapshot, PopulationSnapshot.id == Consultation.snapshot_id)
    .order_by(Plan.id, PlanVersion.number.desc())
)  # fmt: skip


def shelf() -> Shelf:
    """Every version of every plan with its consultation, newest version first."""
    rows = db.session.execute(_SHELF).all()
    return Shelf(tuple(_made(Edition, row[:-1]) for row in rows), int(rows[0][-1]) if rows else 0)


@dataclass(frozen=True)
class Extension:
    """A deadline that was moved, with its public reason."""

    old_deadline_at: datetime
    new_deadline_at: datetime
    reason: str
    extended_at: datetime


@dataclass(frozen=True)
class Terms:
    """The conditions of a consultation."""

    id: int
    version_id: int
    title: str
    opens_at: datetime
    deadline_at: datetime
    concluded_at: datetime | None
    report_text: str
    admission: Admission
    body_kinds: list[str]
    rules_text: str
    notice_text: str
    snapshot_id: int
    snapshot_source: str
    snapshot_date: date
    extensions: tuple[Extension, ...] = ()

    def phase(self, now: datetime) -> Phase:
        """Where it stands."""
        return phase(self.opens_at, self.deadline_at, self.concluded_at, now)

    @property
    def length(self) -> timedelta:
        """From opening to deadline."""
        return self.deadline_at - self.opens_at


def terms(consultation_id: int) -> Terms | None:
    """The conditions of one consultation, with the extensions of its deadline."""
    row = db.session.execute(
        sa.select(
            Consultation.id, Consultation.version_id, Consultation.title, Consultation.opens_at,
            Consultation.deadline_at, Consultation.concluded_at, Consultation.report_text, Consultation.admission,
            Consultation.body_kinds, Consultation.rules_text, Consultation.notice_text, Consultation.snapshot_id,
            PopulationSnapshot.source, PopulationSnapshot.reference_date,
        )
        .join(PopulationSnapshot, PopulationSnapshot.id == Consultation.snapshot_id)
        .where(Consultation.id == consultation_id)
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    moved = db.session.execute(
        sa.select(*(getattr(ConsultationExtension, f.name) for f in fields(Extension)))
        .where(ConsultationExtension.consultation_id == consultation_id)
        .order_by(ConsultationExtension.id)
    )
    return _made(Terms, row, extensions=tuple(_made(Extension, m) for m in moved))


def action_tallies(version_id: int) -> dict[int, int]:
    """Public remarks by action, kept in rows: the cost does not grow with the remarks."""
    rows = db.session.execute(
        sa.select(ActionTally.action_id, ActionTally.visible)
        .join(Action, Action.id == ActionTally.action_id)
        .where(Action.version_id == version_id, ActionTally.visible > 0)
    )
    return dict(rows.all())


def paragraph_tallies(action_id: int) -> dict[int, int]:
    """Public remarks by paragraph of one action."""
    rows = db.session.execute(
        sa.select(ParagraphTally.paragraph_id, ParagraphTally.visible)
        .join(Paragraph, Paragraph.id == ParagraphTally.paragraph_id)
        .where(Paragraph.action_id == action_id, ParagraphTally.visible > 0)
    )
    return dict(rows.all())


@dataclass(frozen=True)
class Voice:
    """A body that has spoken, and how many public remarks it has made."""

    body_id: int
    key: str
    name: str
    kind: BodyKind
    remarks: int


def voices(version_id: int, action_id: int | None = None) -> list[Voice]:
    """Who has spoken in public on the actions of a version, or on one of them, in order of name."""
    rows = db.session.execute(
        sa.select(Body.id, Body.key, Body.name, Body.kind, sa.func.sum(BodyTally.visible))
        .join(BodyTally, BodyTally.body_id == Body.id)
        .join(Action, Action.id == BodyTally.action_id)
        .where(Action.version_id == version_id, BodyTally.visible > 0)
        .where(Action.id == action_id if action_id is not None else sa.true())
        .group_by(Body.id, Body.key, Body.name, Body.kind)
        .order_by(Body.name)
    )
    return [Voice(i, key, name, kind, int(n)) for i, key, name, kind, n in rows]


@dataclass(frozen=True)
class VersionCounts:
    """How much a version holds."""

    slug: str
    plan_title: str
    version_id: int
    number: int
    title: str
    state: VersionState
    published_at: datetime | None
    axes: int
    sections: int
    actions: int
    paragraphs: int
    other_texts: int
    unplaced: int
    comments: int


def version_counts() -> list[VersionCounts]:
    """All versions of all plans with their figures; paragraphs are those of the actions' own text."""
    of_version = PlanVersion.id
    own_text = (Paragraph.kind == ParagraphKind.BODY) & Paragraph.action_id.is_not(None)

    def count(table: type[Section] | type[Action] | type[Paragraph], *where: sa.ColumnElement[bool]) -> sa.Label[int]:
        query = sa.select(sa.func.count()).select_from(table).where(table.version_id == of_version, *where)
        return query.correlate(PlanVersion).scalar_subquery().label(None)

    received = (
        sa.select(sa.func.count())
        .select_from(Comment)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .where(Consultation.version_id == of_version, Comment.number.is_not(None))
        .correlate(PlanVersion)
        .scalar_subquery()
    )
    rows = db.session.execute(
        sa.select(
            Plan.slug, Plan.title, PlanVersion.id, PlanVersion.number, PlanVersion.title, PlanVersion.state,
            PlanVersion.published_at, count(Section, Section.kind == SectionKind.AXIS.value), count(Section),
            count(Action), count(Paragraph, own_text), count(Paragraph, sa.not_(own_text)), PlanVersion.unplaced,
            received,
        )
        .join(Plan, Plan.id == PlanVersion.plan_id)
        .order_by(Plan.id, PlanVersion.number)
    )  # fmt: skip
    return [_made(VersionCounts, (*row[:12], len(row[12]), row[13])) for row in rows]
