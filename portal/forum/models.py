"""Tables of the register of the Forum: rules, organisations, memberships, suspensions, requests to join."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Instant, enum_of
from portal.forum.rules import ApplicationState, ForumKey
from portal.kernel.offices import ForumCategory

_CURRENT = sa.text("left_on IS NULL")


class Forum(Base):
    """The Forum metropolitano, or the Forum of the young."""

    __tablename__ = "forum"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[ForumKey] = mapped_column(enum_of(ForumKey, "key"), unique=True)
    made_at: Mapped[datetime] = mapped_column(Instant)


class ForumRuleVersion(Base):
    """The rules of a Forum from a day on; none is ever changed or removed."""

    __tablename__ = "forum_rule_version"
    __table_args__ = (
        sa.UniqueConstraint("forum_id", "number"),
        sa.CheckConstraint("number >= 1", name="number_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(sa.ForeignKey("forum.id"))
    number: Mapped[int]
    valid_from: Mapped[date]
    definition: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    legal_basis: Mapped[str] = mapped_column(sa.String(300))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mandate.id"))
    written_at: Mapped[datetime] = mapped_column(Instant)


class ForumOrganisation(Base):
    """What the register says of an organisation beside its name and its family."""

    __tablename__ = "forum_organisation"

    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), primary_key=True)
    legal_form: Mapped[str] = mapped_column(sa.String(200), default="")
    tax_code: Mapped[str] = mapped_column(sa.String(16), default="")
    registered_in: Mapped[str] = mapped_column(sa.String(200), default="")  # such as RUNTS, an order's own list
    registered_as: Mapped[str] = mapped_column(sa.String(60), default="")  # the number there
    seat: Mapped[str] = mapped_column(sa.String(200), default="")
    website: Mapped[str] = mapped_column(sa.String(200), default="")
    contact_email: Mapped[str] = mapped_column(sa.String(254), default="")  # for the secretariat alone


class ForumMembership(Base):
    """An organisation belongs to a Forum from the day of its admission to its last one, both included."""

    __tablename__ = "forum_membership"
    __table_args__ = (
        sa.Index(
            "uq_forum_membership_current",
            "forum_id",
            "body_id",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
        sa.CheckConstraint("left_on IS NULL OR left_on >= admitted_on", name="ends_after_start"),
        sa.CheckConstraint("(left_on IS NULL) = (left_reason = '')", name="left_has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(sa.ForeignKey("forum.id"))
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    admitted_on: Mapped[date]
    act: Mapped[str] = mapped_column(sa.String(200))
    admitted_at: Mapped[datetime] = mapped_column(Instant)
    left_on: Mapped[date | None]
    left_reason: Mapped[str] = mapped_column(sa.Text, default="")
    left_act: Mapped[str] = mapped_column(sa.String(200), default="")


class ForumSuspension(Base):
    """Days on which a member holds no seat, the last one included."""

    __tablename__ = "forum_suspension"
    __table_args__ = (
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        sa.CheckConstraint("length(reason) > 0", name="has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(sa.ForeignKey("forum_membership.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(sa.Text)
    act: Mapped[str] = mapped_column(sa.String(200))
    suspended_at: Mapped[datetime] = mapped_column(Instant)
    readmitted_at: Mapped[datetime | None] = mapped_column(Instant)
    readmitted_act: Mapped[str] = mapped_column(sa.String(200), default="")


class ForumApplication(Base):
    """Somebody asks that an organisation be admitted; the address is confirmed before anybody reads it."""

    __tablename__ = "forum_application"
    __table_args__ = (
        sa.CheckConstraint("state <> 'written' OR confirmed_at IS NULL", name="written_is_not_confirmed"),
        sa.CheckConstraint("(state IN ('admitted','refused')) = (decided_at IS NOT NULL)", name="decided_has_instant"),
        sa.CheckConstraint("state <> 'refused' OR length(reason) > 0", name="refused_has_reason"),
        sa.CheckConstraint("(state = 'admitted') = (membership_id IS NOT NULL)", name="admitted_is_member"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(sa.ForeignKey("forum.id"), index=True)
    state: Mapped[ApplicationState] = mapped_column(enum_of(ApplicationState, "state"))
    name: Mapped[str] = mapped_column(sa.String(200))
    category: Mapped[ForumCategory] = mapped_column(enum_of(ForumCategory, "category"))
    legal_form: Mapped[str] = mapped_column(sa.String(200), default="")
    tax_code: Mapped[str] = mapped_column(sa.String(16))
    registered_in: Mapped[str] = mapped_column(sa.String(200), default="")
    registered_as: Mapped[str] = mapped_column(sa.String(60), default="")
    seat: Mapped[str] = mapped_column(sa.String(200))
    website: Mapped[str] = mapped_column(sa.String(200), default="")
    purpose: Mapped[str] = mapped_column(sa.Text)
    contact_name: Mapped[str] = mapped_column(sa.String(200))
    contact_email: Mapped[str] = mapped_column(sa.String(254), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(Instant)  # until when the address can be confirmed
    written_at: Mapped[datetime] = mapped_column(Instant)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    membership_id: Mapped[int | None] = mapped_column(sa.ForeignKey("forum_membership.id"))


class ForumQuestion(Base):
    """What the secretariat asked the applicant for, and the answer."""

    __tablename__ = "forum_question"
    __table_args__ = (
        sa.UniqueConstraint("application_id", "number"),
        sa.CheckConstraint("(answered_at IS NULL) = (answer = '')", name="answered_has_text"),
        sa.CheckConstraint("file_sha256 IS NULL OR answered_at IS NOT NULL", name="file_with_answer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(sa.ForeignKey("forum_application.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(sa.Text)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    file_sha256: Mapped[str | None] = mapped_column(sa.ForeignKey("stored_file.sha256"), index=True)
    file_name: Mapped[str] = mapped_column(sa.String(200), default="")
