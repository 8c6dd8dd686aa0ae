"""Where one can write: the places of a plan in consultation, with the wording as it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.comments import rules
from portal.comments.models import Consultation
from portal.comments.points import Place
from portal.comments.rules import Admission, Phase
from portal.db import db
from portal.kernel.clock import local_day
from portal.kernel.errors import NotFound
from portal.kernel.offices import BodyKind
from portal.plan.models import Action, Paragraph, Plan, PlanVersion, Section
from portal.plan.rules import ParagraphKind
from portal.territory.models import Body


@dataclass(frozen=True)
class Window:
    """A consultation as somebody who writes needs to know it."""

    id: int
    title: str
    opens_at: datetime
    deadline_at: datetime
    concluded_at: datetime | None
    admission: Admission
    version_id: int
    version_number: int
    plan_slug: str
    plan_title: str
    body_kinds: tuple[str, ...]

    def phase(self, now: datetime) -> Phase:
        """Where it stands at an instant."""
        return rules.phase(self.opens_at, self.deadline_at, self.concluded_at, now)

    def days_left(self, now: datetime) -> int:
        """Calendar days in Rome until the deadline; 0 on its own day."""
        return max(0, (local_day(self.deadline_at) - local_day(now)).days)


@dataclass(frozen=True)
class Spot:
    """One place with its words: what a point is about."""

    window: Window
    action_id: int | None = None
    section_id: int | None = None
    paragraph_id: int | None = None
    code: str = ""
    title: str = ""
    paragraph_key: str = ""
    paragraph_number: int | None = None
    paragraph_kind: ParagraphKind | None = None
    paragraph_heading: str = ""
    text: str | None = None

    @property
    def place(self) -> Place:
        """The same as ids, for the verb."""
        return Place(self.window.id, self.action_id, self.section_id, self.paragraph_id)


def windows(now: datetime) -> list[Window]:
    """The consultations that are not concluded, the open ones first, the newest first."""
    rows: Any = db.session.execute(
        sa.select(
            Consultation.id,
            Consultation.title,
            Consultation.opens_at,
            Consultation.deadline_at,
            Consultation.concluded_at,
            Consultation.admission,
            Consultation.version_id,
            PlanVersion.number,
            Plan.slug,
            Plan.title,
            Consultation.body_kinds,
        )
        .join(PlanVersion, PlanVersion.id == Consultation.version_id)
        .join(Plan, Plan.id == PlanVersion.plan_id)
        .where(Consultation.concluded_at.is_(None))
        .order_by(Consultation.opens_at.desc(), Consultation.id.desc())
    )
    found: list[tuple[Any, ...]] = [(*row[:-1], tuple(row[-1])) for row in rows]
    return sorted((Window(*values) for values in found), key=lambda window: window.phase(now) is not Phase.OPEN)


def spot(
    now: datetime, *, action: str = "", section: str = "", paragraph: str = "", consultation_id: int | None = None
) -> Spot:
    """The place that an address names, in the consultation it names or the first open one that has it."""
    for window in windows(now):
        if consultation_id in {None, window.id}:
            found = _in(window, action, section, paragraph)
            if found:
                return found
    raise NotFound()


def _in(window: Window, action: str, section: str, paragraph: str) -> Spot | None:
    if action:
        return _with_paragraph(_owner(window, Action, "action_id", action), paragraph)
    if section:
        return _with_paragraph(_owner(window, Section, "section_id", section), paragraph)
    return None if paragraph else Spot(window)


def _owner(window: Window, table: Any, name: str, code: str) -> Spot | None:
    row = db.session.execute(
        sa.select(table.id, table.code, table.title).where(table.version_id == window.version_id, table.code == code)
    ).one_or_none()
    return Spot(window, code=row[1], title=row[2], **{name: row[0]}) if row else None


def _with_paragraph(owner: Spot | None, key: str) -> Spot | None:
    if owner is None or not key:
        return owner
    row = db.session.execute(
        sa.select(
            Paragraph.id, Paragraph.key, Paragraph.number, Paragraph.kind, Paragraph.heading, Paragraph.text
        ).where(
            Paragraph.version_id == owner.window.version_id,
            Paragraph.key == key,
            Paragraph.action_id == owner.action_id,
            Paragraph.section_id == owner.section_id,
        )
    ).one_or_none()
    if row is None:
        return None
    return Spot(owner.window, owner.action_id, owner.section_id, row[0], owner.code, owner.title, *row[1:])


@dataclass(frozen=True)
class Text:
    """A paragraph that can be spoken of, with where it stands."""

    paragraph_id: int
    paragraph_key: str
    paragraph_number: int
    paragraph_kind: ParagraphKind
    paragraph_heading: str
    text: str
    action_code: str | None
    action_title: str | None
    section_code: str | None
    section_title: str | None


def texts(version_id: int, *, keys: Iterable[str] = (), action: str = "") -> list[Text]:
    """Paragraphs of a version, in the order of the plan: those of an action, or those under the given keys."""
    which = Action.code == action if action else Paragraph.key.in_(sorted(set(keys)))
    rows: Any = db.session.execute(
        sa.select(
            Paragraph.id,
            Paragraph.key,
            Paragraph.number,
            Paragraph.kind,
            Paragraph.heading,
            Paragraph.text,
            Action.code,
            Action.title,
            Section.code,
            Section.title,
        )
        .outerjoin(Action, Action.id == Paragraph.action_id)
        .outerjoin(Section, Section.id == Paragraph.section_id)
        .where(Paragraph.version_id == version_id, which)
        .order_by(Paragraph.id)
    )
    return [Text(*row) for row in rows]


def municipalities() -> list[tuple[int, str]]:
    """The Comuni that a point can name: (id, name) in order of name."""
    rows = db.session.execute(
        sa.select(Body.id, Body.name)
        .where(Body.kind == BodyKind.MUNICIPALITY, Body.ended_on.is_(None))
        .order_by(Body.name)
    )
    return [(id_, name) for id_, name in rows]


def action_choices(version_id: int) -> list[tuple[str, str]]:
    """The actions of a version for choosing where to go on: (code, title) in order."""
    rows = db.session.execute(
        sa.select(Action.code, Action.title).where(Action.version_id == version_id).order_by(Action.position)
    )
    return [(code, title) for code, title in rows]
