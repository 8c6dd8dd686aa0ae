"""Tables of letters that the secretariat registers on behalf of a body."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.comments.registration_rules import LetterChannel, Part, RegistrationState
from portal.comments.rules import CommentKind
from portal.db import Base, Instant, enum_of
from portal.kernel.offices import Office


class Registration(Base):
    """A letter that came by another way, being split into remarks; a submission once it is registered."""

    __tablename__ = "registration"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "client_key"),
        sa.CheckConstraint("(state = 'registered') = (submission_id IS NOT NULL)", name="registered_has_submission"),
        sa.Index(
            "uq_registration_protocol",
            "consultation_id",
            "protocol_number",
            "protocol_date",
            unique=True,
            sqlite_where=sa.text("state <> 'discarded'"),
            postgresql_where=sa.text("state <> 'discarded'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation.id"))
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    channel: Mapped[LetterChannel] = mapped_column(enum_of(LetterChannel, "channel"))
    protocol_number: Mapped[str] = mapped_column(sa.String(60))
    protocol_date: Mapped[date] = mapped_column(sa.Date)
    received_at: Mapped[datetime] = mapped_column(Instant)
    signed_as: Mapped[Office | None] = mapped_column(enum_of(Office, "signed_as"))  # of who signed the letter
    text: Mapped[str] = mapped_column(sa.Text, default="")
    state: Mapped[RegistrationState] = mapped_column(
        enum_of(RegistrationState, "state"), default=RegistrationState.OPEN
    )
    revision: Mapped[int] = mapped_column(default=0)
    client_key: Mapped[str] = mapped_column(sa.String(64))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    saved_at: Mapped[datetime] = mapped_column(Instant)
    submission_id: Mapped[int | None] = mapped_column(sa.ForeignKey("submission.id"), unique=True)


class RegistrationDocument(Base):
    """The letter itself, as it came, or what came with it; never public."""

    __tablename__ = "registration_document"
    __table_args__ = (
        sa.UniqueConstraint("registration_id", "sha256"),
        sa.UniqueConstraint("registration_id", "client_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(sa.ForeignKey("registration.id"))
    sha256: Mapped[str] = mapped_column(sa.ForeignKey("stored_file.sha256"), index=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    client_key: Mapped[str] = mapped_column(sa.String(64))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    added_at: Mapped[datetime] = mapped_column(Instant)


class RegistrationPoint(Base):
    """One remark that the letter makes: where, and of which kind."""

    __tablename__ = "registration_point"
    __table_args__ = (sa.UniqueConstraint("registration_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(sa.ForeignKey("registration.id"))
    position: Mapped[int]
    kind: Mapped[CommentKind] = mapped_column(enum_of(CommentKind, "kind"))
    action_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_action.id"))
    section_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_section.id"))
    paragraph_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_paragraph.id"))


class RegistrationPassage(Base):
    """A stretch of the letter that belongs to a part of a point, or asks for nothing."""

    __tablename__ = "registration_passage"
    __table_args__ = (
        sa.CheckConstraint('"end" > start AND start >= 0', name="range"),
        sa.CheckConstraint("(point_id IS NULL) = (part IS NULL)", name="part_of_point"),
    )

    registration_id: Mapped[int] = mapped_column(sa.ForeignKey("registration.id"), primary_key=True)
    start: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    end: Mapped[int]
    point_id: Mapped[int | None] = mapped_column(sa.ForeignKey("registration_point.id"), index=True)
    part: Mapped[Part | None] = mapped_column(enum_of(Part, "part"))
