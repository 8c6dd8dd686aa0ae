"""Tables of requests to the Forum: terms, interruptions, withdrawals, steps, documents, answers of the Council."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Instant, enum_of
from portal.opinions.requests.rules import AnswerOutcome, DocumentKind, Step


class ForumTerm(Base):
    """Which Forum is asked, and the days it has, as its settings were when the request arrived."""

    __tablename__ = "forum_term"
    __table_args__ = (
        sa.CheckConstraint("days > 0", name="days"),
        sa.CheckConstraint("extra_days > 0", name="extra_days"),
    )

    request_id: Mapped[int] = mapped_column(sa.ForeignKey("opinion_request.id"), primary_key=True, autoincrement=False)
    forum_id: Mapped[int] = mapped_column(sa.ForeignKey("forum.id"), index=True)
    days: Mapped[int]
    extra_days: Mapped[int]  # after an interruption
    due_at: Mapped[datetime | None] = mapped_column(Instant, index=True)  # none while the Forum waits for the Council


class ForumInterruption(Base):
    """Once for a request: the Forum asks for facts; the term begins again when they arrive."""

    __tablename__ = "forum_interruption"
    __table_args__ = (
        sa.CheckConstraint("(answered_at IS NULL) = (answer = '')", name="answered_with_words"),
        sa.CheckConstraint("answered_at IS NULL OR answered_at >= asked_at", name="in_order"),
    )

    request_id: Mapped[int] = mapped_column(sa.ForeignKey("opinion_request.id"), primary_key=True, autoincrement=False)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(sa.Text)
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    registered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))


class ForumWithdrawal(Base):
    """The Council took the request back by an act."""

    __tablename__ = "forum_withdrawal"

    request_id: Mapped[int] = mapped_column(sa.ForeignKey("opinion_request.id"), primary_key=True, autoincrement=False)
    act_number: Mapped[str] = mapped_column(sa.String(60))
    act_date: Mapped[date]
    reason: Mapped[str] = mapped_column(sa.Text)
    withdrawn_at: Mapped[datetime] = mapped_column(Instant)


class ForumStep(Base):
    """A step that was taken, and when."""

    __tablename__ = "forum_step"

    request_id: Mapped[int] = mapped_column(sa.ForeignKey("opinion_request.id"), primary_key=True, autoincrement=False)
    step: Mapped[Step] = mapped_column(enum_of(Step, "step"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)


class ForumDocument(Base):
    """The opinion, or the certificate that the term ran out: frozen, and then transmitted."""

    __tablename__ = "forum_document"
    __table_args__ = (
        sa.UniqueConstraint("request_id", "number"),
        sa.CheckConstraint("length(sha256) = 64", name="fingerprint"),
        sa.CheckConstraint("(transmitted_at IS NULL) = (transmitted_to = '')", name="transmitted_to_somebody"),
        sa.CheckConstraint("(transmitted_at IS NULL) = (register_number = '')", name="transmitted_with_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("opinion_request.id"))
    number: Mapped[int]
    kind: Mapped[DocumentKind] = mapped_column(enum_of(DocumentKind, "kind"))
    content: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    drawn_at: Mapped[datetime] = mapped_column(Instant)
    drawn_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    late: Mapped[bool] = mapped_column(default=False)  # it left after the end of the term
    transmitted_at: Mapped[datetime | None] = mapped_column(Instant)
    transmitted_to: Mapped[str] = mapped_column(sa.String(200), default="")
    register_number: Mapped[str] = mapped_column(sa.String(60), default="")


class ForumAnswer(Base):
    """What the Council answers to a remark; corrected by a later one, and both stay."""

    __tablename__ = "forum_answer"
    __table_args__ = (sa.UniqueConstraint("request_id", "remark_number", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("opinion_request.id"))
    remark_number: Mapped[int]
    version: Mapped[int]
    outcome: Mapped[AnswerOutcome] = mapped_column(enum_of(AnswerOutcome, "outcome"))
    reason: Mapped[str] = mapped_column(sa.Text)
    answered_at: Mapped[datetime] = mapped_column(Instant)
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
