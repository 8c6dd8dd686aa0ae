"""Tables of the plan."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base, Instant, enum_of
from portal.kernel.canonical import salt
from portal.plan.rules import ParagraphKind, VersionState
from portal.territory.models import Body


class Plan(Base):
    """A strategic plan, over all its versions."""

    __tablename__ = "plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    title: Mapped[str] = mapped_column(sa.String(300))
    body_name: Mapped[str] = mapped_column(sa.String(400))
    created_at: Mapped[datetime] = mapped_column(Instant)


class PlanVersion(Base):
    """One text of the plan; immutable once published."""

    __tablename__ = "plan_version"
    __table_args__ = (
        sa.UniqueConstraint("plan_id", "number"),
        sa.CheckConstraint("(state = 'draft') = (published_at IS NULL)", name="published_has_instant"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("plan.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(300))
    state: Mapped[VersionState] = mapped_column(enum_of(VersionState, "state"), default=VersionState.DRAFT)
    language: Mapped[str] = mapped_column(sa.String(5), default="it")
    extra: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)  # what the file says of itself
    unplaced: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)  # what the file held and no field takes
    text_hash: Mapped[str] = mapped_column(sa.String(64))
    mark: Mapped[str] = mapped_column(sa.String(32), default=salt)  # tells this text from any other, for what is cached
    imported_at: Mapped[datetime] = mapped_column(Instant)
    published_at: Mapped[datetime | None] = mapped_column(Instant)

    plan: Mapped[Plan] = relationship()


class Section(Base):
    """A direction, axis or sub-axis of one version."""

    __tablename__ = "plan_section"
    __table_args__ = (sa.UniqueConstraint("version_id", "code"), sa.UniqueConstraint("version_id", "key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_version.id"))
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_section.id"))
    position: Mapped[int]
    key: Mapped[str] = mapped_column(sa.String(20))
    code: Mapped[str] = mapped_column(sa.String(40))
    kind: Mapped[str] = mapped_column(sa.String(20))  # direction | axis | sub_axis
    title: Mapped[str] = mapped_column(sa.String(300))
    extra: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)


class Action(Base):
    """An action of one version (art. 32 c.4-6, art. 33)."""

    __tablename__ = "plan_action"
    __table_args__ = (sa.UniqueConstraint("version_id", "code"), sa.UniqueConstraint("version_id", "key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_version.id"))
    position: Mapped[int]
    key: Mapped[str] = mapped_column(sa.String(20))
    code: Mapped[str] = mapped_column(sa.String(40))  # ours: section code and number, such as A.1.3
    source_code: Mapped[str] = mapped_column(sa.String(40))
    title: Mapped[str] = mapped_column(sa.String(300))
    lead: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    partners: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    private_partners: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    goals: Mapped[list[str]] = mapped_column(sa.JSON, default=list)  # art. 32 c.3
    economic_lines: Mapped[list[str]] = mapped_column(sa.JSON, default=list)  # art. 33 c.2
    whole_territory: Mapped[bool] = mapped_column(default=True)
    period: Mapped[str] = mapped_column(sa.String(200), default="")
    priority: Mapped[str] = mapped_column(sa.String(10), default="")  # high | medium | low | not stated
    costs: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)  # [{year, amount_eur, source}], whole euros
    indicators: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)  # [{name, unit, baseline, target, year}]
    extra: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)


class ActionSection(Base):
    """An action belongs to one section, and may belong to others too."""

    __tablename__ = "plan_action_section"

    action_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_action.id"), primary_key=True)
    section_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_section.id"), primary_key=True, index=True)
    is_main: Mapped[bool]


class ActionTerritory(Base):
    """A Comune that an action concerns by name."""

    __tablename__ = "plan_action_territory"

    action_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_action.id"), primary_key=True)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), primary_key=True, index=True)

    body: Mapped[Body] = relationship()


class Paragraph(Base):
    """A piece of text that can be cited and commented on; `key` is its stable address."""

    __tablename__ = "plan_paragraph"
    __table_args__ = (
        sa.UniqueConstraint("version_id", "key"),
        sa.CheckConstraint("(action_id IS NULL) <> (section_id IS NULL)", name="one_owner"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_version.id"))
    action_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_action.id"), index=True)
    section_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_section.id"), index=True)
    key: Mapped[str] = mapped_column(sa.String(20))
    position: Mapped[int]
    number: Mapped[int]  # within its owner and kind, from 1
    heading: Mapped[str] = mapped_column(sa.String(300), default="")
    kind: Mapped[ParagraphKind] = mapped_column(enum_of(ParagraphKind, "kind"), default=ParagraphKind.BODY)
    text: Mapped[str] = mapped_column(sa.Text)
    text_hash: Mapped[str] = mapped_column(sa.String(64))
