"""The table of what delegates ask the secretariat while a sitting goes on."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Instant

_OPEN = sa.text("answered_at IS NULL")


class HelpLine(Base):
    """A delegate asks for help, one thing at a time; the desk answers."""

    __tablename__ = "sitting_help"
    __table_args__ = (
        sa.Index(
            "uq_sitting_help_open",
            "sitting_id",
            "person_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        sa.UniqueConstraint("sitting_id", "person_id", "client_key"),
        sa.CheckConstraint("(answered_at IS NULL) = (answered_by_id IS NULL)", name="answer_has_author"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"), index=True)
    seat_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting_seat.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    client_key: Mapped[str] = mapped_column(sa.String(64))  # made by the client: sending again asks once
    text: Mapped[str] = mapped_column(sa.Text)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
