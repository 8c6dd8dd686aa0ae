"""Tables of requests for an opinion, texts with their remarks, the sittings tied to them, documents, overrides."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.conferences.rules import Organ
from portal.db import Base, Instant, enum_of
from portal.opinions.rules import DocumentKind, OpinionKind

_OPEN = sa.text("frozen_at IS NULL")


class OpinionRequest(Base):
    """The Council asks for an opinion on a published version; bodies and residents are fixed by the first sitting."""

    __tablename__ = "opinion_request"
    __table_args__ = (
        sa.CheckConstraint("(base_seats IS NULL) = (base_population IS NULL)", name="base_is_whole"),
        sa.CheckConstraint("(base_seats IS NULL) = (base_sitting_id IS NULL)", name="base_has_sitting"),
        sa.CheckConstraint("length(version_hash) = 64", name="fingerprint"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # the number everybody knows it by
    organ: Mapped[Organ] = mapped_column(enum_of(Organ, "organ"))  # who is asked
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_version.id"), index=True)
    version_hash: Mapped[str] = mapped_column(sa.String(64))
    subject: Mapped[str] = mapped_column(sa.String(300))
    act_number: Mapped[str] = mapped_column(sa.String(60))
    act_date: Mapped[date]
    received_at: Mapped[datetime] = mapped_column(Instant)
    registered_at: Mapped[datetime] = mapped_column(Instant)
    base_sitting_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sitting.id"))
    base_seats: Mapped[int | None]
    base_population: Mapped[int | None]


class OpinionText(Base):
    """A text that the Conferenza is asked to pass; frozen with its fingerprint before it is put to the vote."""

    __tablename__ = "opinion_text"
    __table_args__ = (
        sa.UniqueConstraint("request_id", "number"),
        sa.Index("uq_opinion_text_open", "request_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        sa.CheckConstraint("(frozen_at IS NULL) = (sha256 IS NULL)", name="frozen_has_fingerprint"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("opinion_request.id"))
    number: Mapped[int]
    kind: Mapped[OpinionKind] = mapped_column(enum_of(OpinionKind, "kind"))
    text: Mapped[str] = mapped_column(sa.Text)
    written_at: Mapped[datetime] = mapped_column(Instant)
    written_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    frozen_at: Mapped[datetime | None] = mapped_column(Instant)
    sha256: Mapped[str | None] = mapped_column(sa.String(64))


class OpinionRemark(Base):
    """A numbered point of a text: about which action or paragraph, what is asked for, and why."""

    __tablename__ = "opinion_remark"
    __table_args__ = (
        sa.UniqueConstraint("text_id", "number"),
        sa.CheckConstraint("(action_id IS NULL) <> (paragraph_id IS NULL)", name="one_target"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(sa.ForeignKey("opinion_text.id"))
    number: Mapped[int]
    action_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_action.id"), index=True)
    paragraph_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_paragraph.id"), index=True)
    request: Mapped[str] = mapped_column(sa.Text)
    reason: Mapped[str] = mapped_column(sa.Text)
    comment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("comment.id"), index=True)


class OpinionSitting(Base):
    """A sitting of the mayors that is to give the opinion, under one of its items."""

    __tablename__ = "opinion_sitting"

    request_id: Mapped[int] = mapped_column(sa.ForeignKey("opinion_request.id"), primary_key=True)
    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"), primary_key=True, index=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("agenda_item.id"))
    tied_at: Mapped[datetime] = mapped_column(Instant)


class OpinionPoll(Base):
    """A vote on a text."""

    __tablename__ = "opinion_poll"

    poll_id: Mapped[int] = mapped_column(sa.ForeignKey("poll.id"), primary_key=True)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("opinion_request.id"), index=True)
    text_id: Mapped[int] = mapped_column(sa.ForeignKey("opinion_text.id"))


class OpinionDissent(Base):
    """What a body that did not agree had written down in the sitting."""

    __tablename__ = "opinion_dissent"
    __table_args__ = (sa.UniqueConstraint("poll_id", "body_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("opinion_request.id"), index=True)
    poll_id: Mapped[int] = mapped_column(sa.ForeignKey("poll.id"))
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"))
    text: Mapped[str] = mapped_column(sa.Text)
    noted_at: Mapped[datetime] = mapped_column(Instant)


class OpinionDocument(Base):
    """The opinion, or the certificate that it was not rendered: frozen, and then transmitted."""

    __tablename__ = "opinion_document"
    __table_args__ = (
        sa.UniqueConstraint("request_id", "number"),
        sa.CheckConstraint("(kind = 'opinion') = (poll_id IS NOT NULL)", name="opinion_has_poll"),
        sa.CheckConstraint("length(sha256) = 64", name="fingerprint"),
        sa.CheckConstraint("(transmitted_at IS NULL) = (transmitted_to = '')", name="transmitted_to_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("opinion_request.id"))
    number: Mapped[int]
    kind: Mapped[DocumentKind] = mapped_column(enum_of(DocumentKind, "kind"))
    poll_id: Mapped[int | None] = mapped_column(sa.ForeignKey("poll.id"))
    content: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    drawn_at: Mapped[datetime] = mapped_column(Instant)
    drawn_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    transmitted_at: Mapped[datetime | None] = mapped_column(Instant)
    transmitted_to: Mapped[str] = mapped_column(sa.String(200), default="")
    transmitted_by: Mapped[str] = mapped_column(sa.String(200), default="")


class OpinionOverride(Base):
    """Two persons, one of them the secretary general, let the Council go on for a reason everybody reads."""

    __tablename__ = "opinion_override"
    __table_args__ = (sa.CheckConstraint("asked_by_id <> confirmed_by_id", name="two_persons"),)

    request_id: Mapped[int] = mapped_column(sa.ForeignKey("opinion_request.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(sa.Text)
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    confirmed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    confirmed_at: Mapped[datetime] = mapped_column(Instant)
