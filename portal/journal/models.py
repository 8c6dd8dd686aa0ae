"""Tables of the journal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Instant
from portal.kernel.canonical import digest

GENESIS = "0" * 64


class Stream(Base):
    """The head of a chain; its row is the lock under which entries are added."""

    __tablename__ = "journal_stream"

    name: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    head_seq: Mapped[int]
    head_hash: Mapped[str] = mapped_column(sa.String(64))


class Entry(Base):
    """One thing that happened."""

    __tablename__ = "journal_entry"
    __table_args__ = (
        sa.UniqueConstraint("stream", "seq"),
        sa.CheckConstraint("seq >= 1", name="seq_positive"),
        sa.CheckConstraint("length(hash) = 64", name="hash_length"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stream: Mapped[str] = mapped_column(sa.ForeignKey("journal_stream.name"))
    seq: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(60))
    facts: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    audience: Mapped[str] = mapped_column(sa.String(20))
    person_id: Mapped[int | None]
    mandate_id: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(Instant)
    previous: Mapped[str] = mapped_column(sa.String(64))
    hash: Mapped[str] = mapped_column(sa.String(64))

    def computed_hash(self) -> str:
        """What the hash must be if nothing was touched."""
        return digest(
            {
                "stream": self.stream,
                "seq": self.seq,
                "kind": self.kind,
                "facts": self.facts,
                "audience": self.audience,
                "person": self.person_id,
                "mandate": self.mandate_id,
                "at": self.at,
                "previous": self.previous,
            }
        )


class Unheard(Base):
    """Entries that the listeners (mail) have not dealt with yet: written with the entry, removed when heard."""

    __tablename__ = "journal_unheard"

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("journal_entry.id"), primary_key=True)
