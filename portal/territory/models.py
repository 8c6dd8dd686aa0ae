"""Tables of the register of bodies."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base, Instant, enum_of
from portal.kernel.offices import BodyKind, ForumCategory


class Body(Base):
    """A legal person or part of one that takes part in the plan."""

    __tablename__ = "body"
    __table_args__ = (
        sa.CheckConstraint("kind <> 'municipality' OR istat_code IS NOT NULL", name="municipality_has_istat_code"),
        sa.CheckConstraint("(kind = 'forum_organisation') = (forum_category IS NOT NULL)", name="forum_has_category"),
        sa.CheckConstraint("lat IS NULL OR (lat BETWEEN -90 AND 90)", name="latitude"),
        sa.CheckConstraint("lon IS NULL OR (lon BETWEEN -180 AND 180)", name="longitude"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(60), unique=True)  # address: ISTAT code for Comuni, else a slug
    kind: Mapped[BodyKind] = mapped_column(enum_of(BodyKind, "kind"))
    name: Mapped[str] = mapped_column(sa.String(200))
    istat_code: Mapped[str | None] = mapped_column(sa.String(6), unique=True)
    cadastral_code: Mapped[str | None] = mapped_column(sa.String(4), unique=True)
    ipa_code: Mapped[str | None] = mapped_column(sa.String(20), unique=True)
    forum_category: Mapped[ForumCategory | None] = mapped_column(enum_of(ForumCategory, "forum_category"))
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"))  # a Municipalità belongs to its Comune
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    area_km2: Mapped[float | None]
    ended_on: Mapped[date | None]


class Membership(Base):
    """A Comune is part of an Unione or zone from one day to another."""

    __tablename__ = "membership"
    __table_args__ = (
        sa.UniqueConstraint("group_id", "member_id", "starts_on"),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        sa.CheckConstraint("group_id <> member_id", name="not_itself"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    group: Mapped[Body] = relationship(foreign_keys=[group_id])
    member: Mapped[Body] = relationship(foreign_keys=[member_id])


class PopulationSnapshot(Base):
    """Resident population of all Comuni from one source at one date."""

    __tablename__ = "population_snapshot"
    __table_args__ = (sa.UniqueConstraint("source", "reference_date"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(sa.String(200))
    reference_date: Mapped[date]
    imported_at: Mapped[datetime] = mapped_column(Instant)
    frozen_at: Mapped[datetime | None] = mapped_column(Instant)


class PopulationFigure(Base):
    """Residents of one Comune in one snapshot; Unioni and zones are sums of their members."""

    __tablename__ = "population_figure"
    __table_args__ = (sa.CheckConstraint("residents >= 0", name="residents_not_negative"),)

    snapshot_id: Mapped[int] = mapped_column(sa.ForeignKey("population_snapshot.id"), primary_key=True)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), primary_key=True, index=True)
    residents: Mapped[int]
