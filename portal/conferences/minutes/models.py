"""Tables of minutes: their sections with every revision, signatures, and corrections that were asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.conferences.minutes.rules import MinutesState, Signatory
from portal.conferences.rules import Organ
from portal.db import Base, Instant, enum_of
from portal.kernel.offices import Office


class Minutes(Base):
    """The minutes of one held call; from the second signature on their text is frozen with its fingerprint."""

    __tablename__ = "sitting_minutes"
    __table_args__ = (
        sa.ForeignKeyConstraint(["sitting_id", "call"], ["sitting_held.sitting_id", "sitting_held.call"]),
        sa.UniqueConstraint("sitting_id", "call"),
        sa.UniqueConstraint("organ", "year", "number"),
        sa.CheckConstraint("number >= 1", name="number_positive"),
        sa.CheckConstraint("(state = 'draft') = (sha256 IS NULL)", name="signed_has_fingerprint"),
        sa.CheckConstraint("(sha256 IS NULL) = (signed_at IS NULL)", name="signed_has_instant"),
        sa.CheckConstraint("(state = 'approved') = (approved_at IS NOT NULL)", name="approved_has_instant"),
        sa.CheckConstraint("(approved_at IS NULL) = (approved_item_id IS NULL)", name="approved_under_item"),
        sa.CheckConstraint("published_at IS NULL OR state <> 'draft'", name="published_is_signed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"))
    call: Mapped[int]
    organ: Mapped[Organ] = mapped_column(enum_of(Organ, "organ"))
    year: Mapped[int]
    number: Mapped[int]
    state: Mapped[MinutesState] = mapped_column(enum_of(MinutesState, "state"), default=MinutesState.DRAFT)
    head: Mapped[dict[str, Any]] = mapped_column(sa.JSON)  # what is signed beside the sections
    kept: Mapped[dict[str, Any]] = mapped_column(sa.JSON)  # names as they were when the call ended
    drawn_at: Mapped[datetime] = mapped_column(Instant)
    generated_at: Mapped[datetime] = mapped_column(Instant)
    sha256: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    signed_at: Mapped[datetime | None] = mapped_column(Instant)
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    approved_sitting_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sitting.id"))
    approved_item_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agenda_item.id"))
    published_at: Mapped[datetime | None] = mapped_column(Instant)


class MinutesSection(Base):
    """A section: the text as generated beside the text as it stands, and who is writing in it now."""

    __tablename__ = "minutes_section"
    __table_args__ = (
        sa.UniqueConstraint("minutes_id", "key"),
        sa.CheckConstraint("(writer_id IS NULL) = (writing_since IS NULL)", name="writer_since"),
        sa.CheckConstraint("(writer_id IS NULL) = (written_at IS NULL)", name="writer_last"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting_minutes.id"))
    key: Mapped[str] = mapped_column(sa.String(40))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(400))
    generated: Mapped[str] = mapped_column(sa.Text)
    tables: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)
    text: Mapped[str] = mapped_column(sa.Text)
    revision: Mapped[int] = mapped_column(default=1)
    writer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    writing_since: Mapped[datetime | None] = mapped_column(Instant)
    written_at: Mapped[datetime | None] = mapped_column(Instant)  # the last sign of the writer


class MinutesRevision(Base):
    """Each wording of a section, kept for ever; nobody's name where it was generated."""

    __tablename__ = "minutes_revision"
    __table_args__ = (sa.UniqueConstraint("section_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    section_id: Mapped[int] = mapped_column(sa.ForeignKey("minutes_section.id"))
    revision: Mapped[int]
    text: Mapped[str] = mapped_column(sa.Text)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mandate.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class MinutesSignature(Base):
    """Who signed, in which quality, and the fingerprint of what was signed; two persons."""

    __tablename__ = "minutes_signature"
    __table_args__ = (
        sa.UniqueConstraint("minutes_id", "person_id"),
        sa.CheckConstraint("length(sha256) = 64", name="fingerprint"),
    )

    minutes_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting_minutes.id"), primary_key=True)
    quality: Mapped[Signatory] = mapped_column(enum_of(Signatory, "quality"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    mandate_id: Mapped[int] = mapped_column(sa.ForeignKey("mandate.id"))
    name: Mapped[str] = mapped_column(sa.String(200))
    office: Mapped[Office] = mapped_column(enum_of(Office, "office"))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    signed_at: Mapped[datetime] = mapped_column(Instant)


class MinutesCorrection(Base):
    """What somebody asked to be put right at the approval: added at the end, the text itself stays."""

    __tablename__ = "minutes_correction"
    __table_args__ = (
        sa.UniqueConstraint("minutes_id", "number"),
        sa.CheckConstraint("length(text) > 0", name="has_text"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting_minutes.id"))
    number: Mapped[int]
    asked_by: Mapped[str] = mapped_column(sa.String(200))
    text: Mapped[str] = mapped_column(sa.Text)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(Instant)
