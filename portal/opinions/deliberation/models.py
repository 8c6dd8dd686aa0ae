"""Tables of a discussion: its hours, thematic tables with members, notes and proposals, statements and weighings."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Instant, enum_of
from portal.kernel.offices import ForumCategory
from portal.opinions.deliberation.rules import Origin, StatementState, Weight

_HERE = sa.text("left_at IS NULL")
_SEAT = ("table_id", "body_id")


class Discussion(Base):
    """The hours in which a request is discussed; how many seats there were is fixed when it is closed."""

    __tablename__ = "forum_discussion"
    __table_args__ = (
        sa.CheckConstraint("begins_at < ends_at", name="begins_before_it_ends"),
        sa.CheckConstraint("(closed_at IS NULL) = (seats IS NULL)", name="closed_has_seats"),
        sa.CheckConstraint("(closed_at IS NULL) = (sha256 IS NULL)", name="closed_has_fingerprint"),
    )

    request_id: Mapped[int] = mapped_column(sa.ForeignKey("opinion_request.id"), primary_key=True, autoincrement=False)
    begins_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    seats: Mapped[int | None]
    sha256: Mapped[str | None] = mapped_column(sa.String(64))


class ForumTable(Base):
    """A thematic table, on a part of the plan."""

    __tablename__ = "forum_table"
    __table_args__ = (sa.UniqueConstraint("request_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("forum_discussion.request_id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(160))
    section_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_section.id"), index=True)
    coordinator_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"), index=True)
    opened_at: Mapped[datetime] = mapped_column(Instant)


class TableMember(Base):
    """An organisation at a table, from when until when."""

    __tablename__ = "forum_table_member"
    __table_args__ = (
        sa.Index("uq_forum_table_member_here", *_SEAT, unique=True, sqlite_where=_HERE, postgresql_where=_HERE),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    table_id: Mapped[int] = mapped_column(sa.ForeignKey("forum_table.id"), index=True)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    joined_at: Mapped[datetime] = mapped_column(Instant)
    left_at: Mapped[datetime | None] = mapped_column(Instant)


class TableNote(Base):
    """What a table talked about on a day."""

    __tablename__ = "forum_table_note"
    __table_args__ = (sa.UniqueConstraint("table_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    table_id: Mapped[int] = mapped_column(sa.ForeignKey("forum_table.id"))
    number: Mapped[int]
    held_on: Mapped[date]


class NoteVersion(Base):
    """The words of a note, as they were written; the last approved version is public."""

    __tablename__ = "forum_note_version"
    __table_args__ = (
        sa.UniqueConstraint("note_id", "number"),
        sa.CheckConstraint("(approved_at IS NULL) = (approved_by_id IS NULL)", name="approved_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(sa.ForeignKey("forum_table_note.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(sa.Text)
    written_at: Mapped[datetime] = mapped_column(Instant)
    written_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    approved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))


class TableProposal(Base):
    """What a table would have the opinion ask for, and where in the plan."""

    __tablename__ = "forum_table_proposal"
    __table_args__ = (
        sa.UniqueConstraint("table_id", "number"),
        sa.CheckConstraint("action_id IS NULL OR paragraph_id IS NULL", name="one_target"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    table_id: Mapped[int] = mapped_column(sa.ForeignKey("forum_table.id"))
    number: Mapped[int]
    body_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"), index=True)
    action_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_action.id"), index=True)
    paragraph_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_paragraph.id"), index=True)
    request: Mapped[str] = mapped_column(sa.Text)
    reason: Mapped[str] = mapped_column(sa.Text)
    written_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)


class Statement(Base):
    """One idea to be weighed; what became of it, and why, is public, its words only where it was admitted."""

    __tablename__ = "forum_statement"
    __table_args__ = (
        sa.UniqueConstraint("request_id", "number"),
        sa.CheckConstraint("(origin = 'organisation') = (body_id IS NOT NULL)", name="organisation_has_body"),
        sa.CheckConstraint("(state = 'merged') = (merged_into_id IS NOT NULL)", name="merged_into_another"),
        sa.CheckConstraint("state <> 'refused' OR reason <> ''", name="refused_with_a_reason"),
        sa.CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="not_into_itself"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("forum_discussion.request_id"))
    number: Mapped[int]
    table_id: Mapped[int | None] = mapped_column(sa.ForeignKey("forum_table.id"), index=True)
    text: Mapped[str] = mapped_column(sa.String(280))
    origin: Mapped[Origin] = mapped_column(enum_of(Origin, "origin"))
    body_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"), index=True)
    state: Mapped[StatementState] = mapped_column(enum_of(StatementState, "state"))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    offered_at: Mapped[datetime] = mapped_column(Instant)
    offered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("forum_statement.id"), index=True)


class Weighing(Base):
    """How an organisation weighs a statement: the last answer of its delegate or substitute, and its category then."""

    __tablename__ = "forum_weighing"

    statement_id: Mapped[int] = mapped_column(sa.ForeignKey("forum_statement.id"), primary_key=True)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), primary_key=True, index=True)
    category: Mapped[ForumCategory] = mapped_column(enum_of(ForumCategory, "category"))
    weight: Mapped[Weight] = mapped_column(enum_of(Weight, "weight"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    weighed_at: Mapped[datetime] = mapped_column(Instant)
