"""Tables of files."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Instant, enum_of
from portal.files.rules import FileKind


class StoredFile(Base):
    """A whole file; tables of higher floors refer to it by its fingerprint."""

    __tablename__ = "stored_file"
    __table_args__ = (
        sa.CheckConstraint("length(sha256) = 64", name="fingerprint"),
        sa.CheckConstraint("size > 0", name="not_empty"),
    )

    sha256: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    kind: Mapped[FileKind] = mapped_column(enum_of(FileKind, "kind"))
    size: Mapped[int]
    stored_at: Mapped[datetime] = mapped_column(Instant)
    unused_since: Mapped[datetime | None] = mapped_column(Instant)  # since when nothing has referred to it


class Upload(Base):
    """A file on its way: how much of it has been acknowledged, and for what it is meant."""

    __tablename__ = "upload"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "purpose", "client_key"),
        sa.CheckConstraint("received >= 0 AND received <= size", name="within_size"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    purpose: Mapped[str] = mapped_column(sa.String(60))  # such as comment:12
    client_key: Mapped[str] = mapped_column(sa.String(64))
    name: Mapped[str] = mapped_column(sa.String(255))
    size: Mapped[int]
    received: Mapped[int] = mapped_column(default=0)
    touched_at: Mapped[datetime] = mapped_column(Instant)
