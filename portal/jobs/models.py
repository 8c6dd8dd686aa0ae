"""The queue of mail, the addresses that do not take it, and when a timer went off last."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Instant


class Mail(Base):
    """One message to one address; sent at least once, queued at most once per entry, addressee and template."""

    __tablename__ = "mail"
    __table_args__ = (
        sa.UniqueConstraint("cause", "recipient", "template"),
        sa.Index("ix_mail_due", "sent_at", "next_try_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cause: Mapped[str] = mapped_column(sa.String(60))  # entry:12, or link:3
    template: Mapped[str] = mapped_column(sa.String(40))
    person_id: Mapped[int | None] = mapped_column(index=True)
    recipient: Mapped[str] = mapped_column(sa.String(254))
    subject: Mapped[str] = mapped_column(sa.String(300))
    text: Mapped[str] = mapped_column(sa.Text)
    message_id: Mapped[str] = mapped_column(sa.String(200), unique=True)
    queued_at: Mapped[datetime] = mapped_column(Instant)
    next_try_at: Mapped[datetime] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    error: Mapped[str] = mapped_column(sa.String(500), default="")


class Bounce(Base):
    """A message that came back undelivered, and why; taken away when it is sent again."""

    __tablename__ = "mail_bounce"

    mail_id: Mapped[int] = mapped_column(sa.ForeignKey("mail.id", ondelete="CASCADE"), primary_key=True)
    bounced_at: Mapped[datetime] = mapped_column(Instant)
    text: Mapped[str] = mapped_column(sa.String(300))


class Address(Base):
    """An address from which a message came back for good; the mark is taken away when one is sent again by hand."""

    __tablename__ = "mail_address"

    address: Mapped[str] = mapped_column(sa.String(254), primary_key=True)
    bounced_at: Mapped[datetime] = mapped_column(Instant)
    status: Mapped[str] = mapped_column(sa.String(20))  # such as 5.1.1
    text: Mapped[str] = mapped_column(sa.String(300))


class Timer(Base):
    """Something that is done once for each name, such as a day's digest or a reminder of one deadline."""

    __tablename__ = "timer"

    name: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    last_at: Mapped[datetime] = mapped_column(Instant)
