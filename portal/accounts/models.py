"""Tables of people and mandates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.rules import Pace
from portal.db import Base, Instant, enum_of
from portal.kernel.offices import Office
from portal.territory.models import Body


class Person(Base):
    """Somebody who can sign in; after erasure only the number is left."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str | None] = mapped_column(sa.String(254), unique=True)  # stored in lower case
    name: Mapped[str] = mapped_column(sa.String(200))
    language: Mapped[str] = mapped_column(sa.String(2), default="it")
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    notice_version: Mapped[str | None] = mapped_column(sa.String(20))
    notice_seen_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    erased_at: Mapped[datetime | None] = mapped_column(Instant)


class Mandate(Base):
    """What a person is for a body, from one day to another, both included."""

    __tablename__ = "mandate"
    __table_args__ = (
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        sa.UniqueConstraint("person_id", "body_id", "office", "starts_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    office: Mapped[Office] = mapped_column(enum_of(Office, "office"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    act_reference: Mapped[str] = mapped_column(sa.String(200), default="")
    granted_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)  # ended at once, at this instant of its last day

    person: Mapped[Person] = relationship()
    body: Mapped[Body] = relationship()


class SignInLink(Base):
    """A one-time address; only its hash is kept, and only a POST uses it up."""

    __tablename__ = "sign_in_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class SignInSession(Base):
    """One browser that has signed in; the cookie holds the token, the row its hash."""

    __tablename__ = "sign_in_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    method: Mapped[str] = mapped_column(sa.String(20))  # link | password
    device: Mapped[str] = mapped_column(sa.String(200))
    started_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    person: Mapped[Person] = relationship()


class SecondPersonRequest(Base):
    """An act that one person asked for and that another must confirm before it happens."""

    __tablename__ = "second_person_request"
    __table_args__ = (
        sa.CheckConstraint("decided_by_id IS NULL OR decided_by_id <> requested_by_id", name="another_person"),
        sa.CheckConstraint("(decided_at IS NULL) = (confirmed IS NULL)", name="decided_has_instant"),
        sa.CheckConstraint("expires_at > requested_at", name="expires_after_request"),
        sa.Index("ix_second_person_request_subject", "subject", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(40))
    subject: Mapped[str] = mapped_column(sa.String(60))  # such as poll:12
    payload: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)  # what is asked; gone once it is decided
    payload_hash: Mapped[str] = mapped_column(sa.String(64))
    requested_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mandate.id"))
    requested_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    confirmed: Mapped[bool | None]


class MailChoice(Base):
    """How a person wants what the law does not owe them: at once, once a day, or not at all. No row: once a day."""

    __tablename__ = "mail_choice"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    news: Mapped[Pace] = mapped_column(enum_of(Pace, "news"))
