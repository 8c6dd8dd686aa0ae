"""Tables of consultations and remarks."""

from __future__ import annotations

import secrets
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Mandate, Person
from portal.comments.rules import Admission, CommentKind, CommentState, ReasonCode, SubmissionState
from portal.db import Base, Instant, enum_of
from portal.plan.models import Action, Paragraph, PlanVersion, Section
from portal.territory.models import Body, PopulationSnapshot


class Consultation(Base):
    """The procedure in which one plan version is open to remarks."""

    __tablename__ = "consultation"
    __table_args__ = (
        sa.CheckConstraint("deadline_at > opens_at", name="deadline_after_opening"),
        sa.UniqueConstraint("version_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_version.id"))
    title: Mapped[str] = mapped_column(sa.String(300))
    opens_at: Mapped[datetime] = mapped_column(Instant)
    deadline_at: Mapped[datetime] = mapped_column(Instant)
    concluded_at: Mapped[datetime | None] = mapped_column(Instant)  # when the closing report was approved
    report_text: Mapped[str] = mapped_column(sa.Text, default="")  # what the closing report says beside its figures
    admission: Mapped[Admission] = mapped_column(enum_of(Admission, "admission"))
    body_kinds: Mapped[list[str]] = mapped_column(sa.JSON)  # who may comment
    rules_text: Mapped[str] = mapped_column(sa.Text)
    notice_text: Mapped[str] = mapped_column(sa.Text)
    snapshot_id: Mapped[int] = mapped_column(sa.ForeignKey("population_snapshot.id"))

    version: Mapped[PlanVersion] = relationship()
    snapshot: Mapped[PopulationSnapshot] = relationship()


class ConsultationExtension(Base):
    """A deadline that was moved before it had passed, with the reason that everybody can read."""

    __tablename__ = "consultation_extension"
    __table_args__ = (sa.CheckConstraint("new_deadline_at > old_deadline_at", name="moves_forward"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation.id"), index=True)
    old_deadline_at: Mapped[datetime] = mapped_column(Instant)
    new_deadline_at: Mapped[datetime] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(sa.Text)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mandate.id"))
    extended_at: Mapped[datetime] = mapped_column(Instant)


class Submission(Base):
    """One act of one body with one receipt; a draft until a signatory submits it."""

    __tablename__ = "submission"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "client_key"),
        sa.CheckConstraint(
            "(state IN ('draft','ready')) = (submitted_at IS NULL) OR state = 'discarded'", name="submitted_has_instant"
        ),
        sa.CheckConstraint("(submitted_at IS NULL) = (code IS NULL)", name="submitted_has_code"),
        sa.Index("ix_submission_body_state", "body_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation.id"), index=True)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))  # who began the draft
    mandate_id: Mapped[int] = mapped_column(sa.ForeignKey("mandate.id"))  # under which it was begun
    signed_person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    signed_mandate_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mandate.id"))
    client_key: Mapped[str] = mapped_column(sa.String(64))
    state: Mapped[SubmissionState] = mapped_column(enum_of(SubmissionState, "state"), default=SubmissionState.DRAFT)
    revision: Mapped[int] = mapped_column(default=0)  # rises with every saved change of the draft
    saved_at: Mapped[datetime] = mapped_column(Instant)
    number: Mapped[int | None] = mapped_column(unique=True)
    code: Mapped[str | None] = mapped_column(sa.String(9), unique=True)  # of the receipt, such as K7QF-2M9D
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    is_late: Mapped[bool] = mapped_column(default=False)
    canonical: Mapped[str | None] = mapped_column(sa.Text)  # what the receipt's SHA-256 is of
    sha256: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    journal_seq: Mapped[int | None]  # which entry of the consultation's stream says that it was received

    consultation: Mapped[Consultation] = relationship()
    body: Mapped[Body] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    signed_mandate: Mapped[Mandate | None] = relationship(foreign_keys=[signed_mandate_id])
    comments: Mapped[list[Comment]] = relationship(
        back_populates="submission", order_by="Comment.position", cascade="all, delete-orphan"
    )


class SubmissionNote(Base):
    """What a signatory wrote to the officers when giving a draft back."""

    __tablename__ = "submission_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(sa.ForeignKey("submission.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[datetime] = mapped_column(Instant)


class Comment(Base):
    """An osservazione: one point on one place of the plan."""

    __tablename__ = "comment"
    __table_args__ = (
        sa.UniqueConstraint("submission_id", "position"),
        sa.UniqueConstraint("submission_id", "client_key"),
        sa.CheckConstraint("state = 'draft' OR number IS NOT NULL", name="submitted_has_number"),
        sa.CheckConstraint("paragraph_id IS NULL OR action_id IS NOT NULL OR section_id IS NOT NULL", name="has_owner"),
        sa.CheckConstraint("action_id IS NULL OR section_id IS NULL", name="one_target"),
        sa.Index("ix_comment_action_number", "action_id", "number"),
        sa.Index("ix_comment_body_number", "body_id", "number"),
        sa.Index("ix_comment_consultation_state", "consultation_id", "state", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(sa.ForeignKey("submission.id"))
    consultation_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation.id"))
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"))
    position: Mapped[int]
    client_key: Mapped[str] = mapped_column(sa.String(64), default=lambda: secrets.token_hex(16))
    revision: Mapped[int] = mapped_column(default=0)  # rises with every saved change: two tabs notice each other
    number: Mapped[int | None] = mapped_column(unique=True)  # public number, given at submission
    kind: Mapped[CommentKind] = mapped_column(enum_of(CommentKind, "kind"))
    action_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_action.id"))
    section_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_section.id"), index=True)
    paragraph_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_paragraph.id"), index=True)
    observation: Mapped[str] = mapped_column(sa.Text, default="")
    proposed_text: Mapped[str] = mapped_column(sa.Text, default="")
    reasons: Mapped[str] = mapped_column(sa.Text, default="")
    salt: Mapped[str] = mapped_column(sa.String(32))
    state: Mapped[CommentState] = mapped_column(enum_of(CommentState, "state"), default=CommentState.DRAFT)

    submission: Mapped[Submission] = relationship(back_populates="comments")
    action: Mapped[Action | None] = relationship()
    section: Mapped[Section | None] = relationship()
    paragraph: Mapped[Paragraph | None] = relationship()
    body: Mapped[Body] = relationship()
    territory: Mapped[list[Body]] = relationship(secondary="comment_territory", order_by=Body.name)
    anchors: Mapped[list[Anchor]] = relationship(
        order_by="Anchor.id", cascade="all, delete-orphan", passive_deletes=True
    )


class CommentTerritory(Base):
    """A Comune that a remark concerns by name."""

    __tablename__ = "comment_territory"

    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), primary_key=True)


class Anchor(Base):
    """The exact wording a remark speaks of: W3C text quote and position, code points of the NFC text."""

    __tablename__ = "comment_anchor"
    __table_args__ = (sa.CheckConstraint('"end" >= start AND start >= 0', name="range"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    paragraph_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_paragraph.id"), index=True)
    unit: Mapped[str] = mapped_column(sa.String(10))  # whole | quote
    exact: Mapped[str] = mapped_column(sa.Text)
    prefix: Mapped[str] = mapped_column(sa.String(32), default="")
    suffix: Mapped[str] = mapped_column(sa.String(32), default="")
    start: Mapped[int]
    end: Mapped[int]

    paragraph: Mapped[Paragraph] = relationship()


class AdmissionDecision(Base):
    """What the secretariat decided about a remark, and why; the latest one holds, all are kept."""

    __tablename__ = "admission_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"), index=True)
    admitted: Mapped[bool]
    reason_code: Mapped[ReasonCode | None] = mapped_column(enum_of(ReasonCode, "reason_code"))
    text: Mapped[str] = mapped_column(sa.Text, default="")
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mandate.id"))
    decided_at: Mapped[datetime] = mapped_column(Instant)


class ActionTally(Base):
    """How many public remarks an action has: kept in rows, so that no page counts."""

    __tablename__ = "action_tally"

    action_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_action.id"), primary_key=True)
    visible: Mapped[int]


class ParagraphTally(Base):
    """How many public remarks a paragraph has."""

    __tablename__ = "paragraph_tally"

    paragraph_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_paragraph.id"), primary_key=True)
    visible: Mapped[int]


class BodyTally(Base):
    """How many public remarks a body has on an action: who has spoken, and for how many residents."""

    __tablename__ = "body_tally"

    action_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_action.id"), primary_key=True)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), primary_key=True, index=True)
    visible: Mapped[int]
