"""Tables of accreditations, and of requests to convene the mayors' conference."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.conferences.accreditation_rules import AccreditationState, Identification, Presence
from portal.db import Base, Instant, enum_of
from portal.kernel.offices import Office

_GRANTED = sa.text("state = 'granted'")
_PROPOSED = sa.text("state = 'proposed'")
_STANDS = sa.text("withdrawn_at IS NULL")


class Accreditation(Base):
    """Who comes for a seat, by which title, and how the secretariat knows the person."""

    __tablename__ = "accreditation"
    __table_args__ = (
        sa.Index(
            "uq_accreditation_live_seat", "seat_id", unique=True, sqlite_where=_GRANTED, postgresql_where=_GRANTED
        ),
        sa.Index(
            "uq_accreditation_live_person",
            "sitting_id",
            "person_id",
            unique=True,
            sqlite_where=_GRANTED,
            postgresql_where=_GRANTED,
        ),
        sa.Index(
            "uq_accreditation_waiting", "seat_id", unique=True, sqlite_where=_PROPOSED, postgresql_where=_PROPOSED
        ),
        sa.CheckConstraint("state <> 'granted' OR identified_by IS NOT NULL", name="granted_is_identified"),
        sa.CheckConstraint("state <> 'granted' OR badge_code IS NOT NULL", name="granted_has_badge"),
        sa.CheckConstraint("NOT exceptional OR length(exception_reason) > 0", name="exception_has_reason"),
        sa.CheckConstraint("NOT delegated OR length(title) > 0", name="delegation_has_title"),
        sa.CheckConstraint("(document_sha256 IS NULL) = (document_name = '')", name="document_has_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"))
    seat_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting_seat.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    mandate_id: Mapped[int] = mapped_column(sa.ForeignKey("mandate.id"))
    office: Mapped[Office] = mapped_column(enum_of(Office, "office"))
    delegated: Mapped[bool]
    title: Mapped[str] = mapped_column(sa.String(200), default="")
    document_sha256: Mapped[str | None] = mapped_column(sa.ForeignKey("stored_file.sha256"), index=True)
    document_name: Mapped[str] = mapped_column(sa.String(120), default="")
    presence: Mapped[Presence] = mapped_column(enum_of(Presence, "presence"))
    state: Mapped[AccreditationState] = mapped_column(enum_of(AccreditationState, "state"))
    named_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    named_at: Mapped[datetime] = mapped_column(Instant)
    identified_by: Mapped[Identification | None] = mapped_column(enum_of(Identification, "identified_by"))
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(sa.Text, default="")  # why it was refused or ended
    exceptional: Mapped[bool] = mapped_column(default=False)
    exception_reason: Mapped[str] = mapped_column(sa.Text, default="")
    follows_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accreditation.id"))  # from whom the seat came
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    badge_code: Mapped[str | None] = mapped_column(sa.String(16), unique=True)
    link_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    link_expires_at: Mapped[datetime | None] = mapped_column(Instant)
    link_used_at: Mapped[datetime | None] = mapped_column(Instant)


class ConvocationRequest(Base):
    """Art. 29: what some mayors ask to be put on the agenda of their conference."""

    __tablename__ = "convocation_request"
    __table_args__ = (
        sa.CheckConstraint("(reached_at IS NULL) = (due_on IS NULL)", name="reached_has_term"),
        sa.CheckConstraint("(reached_at IS NULL) = (needed IS NULL)", name="reached_has_count"),
        sa.CheckConstraint("(needed IS NULL) = (seats IS NULL)", name="counted_on_seats"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"))
    subject: Mapped[str] = mapped_column(sa.String(300))
    reasons: Mapped[str] = mapped_column(sa.Text)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    reached_at: Mapped[datetime | None] = mapped_column(Instant)
    needed: Mapped[int | None]
    seats: Mapped[int | None]
    due_on: Mapped[date | None]


class ConvocationSupport(Base):
    """A Comune that asks for it; withdrawn while the fifth is not reached, it does not count."""

    __tablename__ = "convocation_support"
    __table_args__ = (
        sa.Index(
            "uq_convocation_support_body",
            "request_id",
            "body_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("convocation_request.id"))
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    mandate_id: Mapped[int] = mapped_column(sa.ForeignKey("mandate.id"))
    supported_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
