"""Tables of admission: what is asked, hidden, opened, reported, replied to, and how long it may take."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.comments.rules import ReasonCode
from portal.db import Base, Instant, enum_of


class AdmissionTerm(Base):
    """Within how many working days the secretariat decides, where it decides before publication."""

    __tablename__ = "admission_term"
    __table_args__ = (sa.CheckConstraint("working_days >= 1", name="some_days"),)

    consultation_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation.id"), primary_key=True)
    working_days: Mapped[int]
    patron_day: Mapped[str] = mapped_column(sa.String(5), default="")  # month and day, such as 09-19; empty for none


class AuthorQuestion(Base):
    """A question to the author; while it is open the term does not run. One at a time."""

    __tablename__ = "comment_question"
    __table_args__ = (
        sa.CheckConstraint("answered_at IS NULL OR ended_at IS NOT NULL", name="answered_is_ended"),
        sa.CheckConstraint("(answered_at IS NULL) = (answered_person_id IS NULL)", name="answered_by_somebody"),
        sa.Index(
            "uq_comment_question_open",
            "comment_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"), index=True)
    text: Mapped[str] = mapped_column(sa.Text)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mandate.id"))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    answer_by: Mapped[datetime] = mapped_column(Instant)  # from then on the term runs again
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    answered_person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    answered_mandate_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mandate.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)  # answered, or overtaken by a decision


class SealedOriginal(Base):
    """The words of a remark as they were sent, once a passage of it has been hidden."""

    __tablename__ = "comment_sealed"

    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"), primary_key=True)
    observation: Mapped[str] = mapped_column(sa.Text)
    proposed_text: Mapped[str] = mapped_column(sa.Text)
    reasons: Mapped[str] = mapped_column(sa.Text)
    sealed_at: Mapped[datetime] = mapped_column(Instant)


class Hiding(Base):
    """Passages that were hidden together: where they stand in the original, why, and who decided."""

    __tablename__ = "comment_hiding"
    __table_args__ = (
        sa.CheckConstraint("proposed_by_id IS NULL OR proposed_by_id <> person_id", name="two_persons"),
        sa.CheckConstraint("(lifted_at IS NULL) = (lifted_by_id IS NULL)", name="lifted_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"), index=True)
    spans: Mapped[list[list[object]]] = mapped_column(sa.JSON)  # [part, start, end], code points of the original
    reason_code: Mapped[ReasonCode] = mapped_column(enum_of(ReasonCode, "reason_code"))
    text: Mapped[str] = mapped_column(sa.Text)  # to the author
    proposed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mandate.id"))
    hidden_at: Mapped[datetime] = mapped_column(Instant)
    lifted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    lifted_at: Mapped[datetime | None] = mapped_column(Instant)


class OriginalOpening(Base):
    """Somebody read a sealed original, and why."""

    __tablename__ = "comment_opening"

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"), index=True)
    reason: Mapped[str] = mapped_column(sa.Text)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mandate.id"))
    opened_at: Mapped[datetime] = mapped_column(Instant)


class Review(Base):
    """The secretariat looked again at a remark that was reported, and kept it or acted."""

    __tablename__ = "comment_review"

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"), index=True)
    kept: Mapped[bool]
    text: Mapped[str] = mapped_column(sa.Text, default="")  # why it was kept
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mandate.id"))
    reviewed_at: Mapped[datetime] = mapped_column(Instant)


class Report(Base):
    """Somebody asks the secretariat to look at a public remark again."""

    __tablename__ = "comment_report"
    __table_args__ = (
        sa.Index(
            "uq_comment_report_open",
            "comment_id",
            "person_id",
            unique=True,
            sqlite_where=sa.text("review_id IS NULL"),
            postgresql_where=sa.text("review_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"), index=True)
    reason_code: Mapped[ReasonCode] = mapped_column(enum_of(ReasonCode, "reason_code"))
    text: Mapped[str] = mapped_column(sa.Text)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mandate.id"))
    reported_at: Mapped[datetime] = mapped_column(Instant)
    review_id: Mapped[int | None] = mapped_column(sa.ForeignKey("comment_review.id"))


class DecisionSecond(Base):
    """Who asked for a decision that a second person then took."""

    __tablename__ = "admission_second"

    decision_id: Mapped[int] = mapped_column(sa.ForeignKey("admission_decision.id"), primary_key=True)
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))


class RefusalReply(Base):
    """What the author replied to a refusal, once; the decision that considered it."""

    __tablename__ = "refusal_reply"
    __table_args__ = (sa.UniqueConstraint("decision_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"), index=True)
    decision_id: Mapped[int] = mapped_column(sa.ForeignKey("admission_decision.id"))
    text: Mapped[str] = mapped_column(sa.Text)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mandate.id"))
    replied_at: Mapped[datetime] = mapped_column(Instant)
    considered_id: Mapped[int | None] = mapped_column(sa.ForeignKey("admission_decision.id"))


class Escalation(Base):
    """A remark whose term ran out was brought before the secretary general, once."""

    __tablename__ = "admission_escalation"

    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"), primary_key=True)
    due_on: Mapped[date]
    escalated_at: Mapped[datetime] = mapped_column(Instant)
