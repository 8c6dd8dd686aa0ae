"""Tables of the Forum's text: sections with their wordings and sources, amendments with who signed them."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Instant, enum_of
from portal.opinions.amending.rules import AmendmentKind, AmendmentState, SectionRole, SourceKind
from portal.opinions.rules import OpinionKind


class ForumText(Base):
    """The text that answers a request, and who is named to write it; base, frozen and final with fingerprints."""

    __tablename__ = "forum_text"
    __table_args__ = (
        sa.CheckConstraint("(opened_at IS NULL) = (closes_at IS NULL)", name="opened_has_end"),
        sa.CheckConstraint("(opened_at IS NULL) = (base_sha256 IS NULL)", name="base_has_fingerprint"),
        sa.CheckConstraint("closes_at > opened_at", name="end_after_opening"),
        sa.CheckConstraint("(frozen_at IS NULL) = (frozen_sha256 IS NULL)", name="frozen_has_fingerprint"),
        sa.CheckConstraint("frozen_at IS NULL OR opened_at IS NOT NULL", name="frozen_was_open"),
        sa.CheckConstraint("(final_at IS NULL) = (final_sha256 IS NULL)", name="final_has_fingerprint"),
        sa.CheckConstraint("final_at IS NULL OR frozen_at IS NOT NULL", name="final_was_frozen"),
    )

    request_id: Mapped[int] = mapped_column(sa.ForeignKey("opinion_request.id"), primary_key=True, autoincrement=False)
    rapporteur_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    rapporteur_body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"))
    named_at: Mapped[datetime] = mapped_column(Instant)
    kind: Mapped[OpinionKind] = mapped_column(enum_of(OpinionKind, "kind"))
    revision: Mapped[int] = mapped_column(default=1)  # of kind and order
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    closes_at: Mapped[datetime | None] = mapped_column(Instant)
    base_sha256: Mapped[str | None] = mapped_column(sa.String(64))
    frozen_at: Mapped[datetime | None] = mapped_column(Instant)
    frozen_sha256: Mapped[str | None] = mapped_column(sa.String(64))
    frozen_kind: Mapped[OpinionKind | None] = mapped_column(enum_of(OpinionKind, "frozen_kind"))
    final_at: Mapped[datetime | None] = mapped_column(Instant)
    final_sha256: Mapped[str | None] = mapped_column(sa.String(64))


class ForumSection(Base):
    """A section as it stands; one taken away stays, so that it can be put back and its history read."""

    __tablename__ = "forum_section"
    __table_args__ = (
        sa.CheckConstraint("action_id IS NULL OR paragraph_id IS NULL", name="one_target"),
        sa.CheckConstraint("removed_at IS NULL OR role = 'remark'", name="frame_stays"),
        sa.CheckConstraint("revision >= 1", name="revision_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("forum_text.request_id"), index=True)
    role: Mapped[SectionRole] = mapped_column(enum_of(SectionRole, "role"))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(sa.String(20), default="")  # given when amendments open: 3, 3-bis
    heading: Mapped[str] = mapped_column(sa.String(200), default="")
    text: Mapped[str] = mapped_column(sa.Text, default="")
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    action_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_action.id"), index=True)
    paragraph_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_paragraph.id"), index=True)
    revision: Mapped[int] = mapped_column(default=1)
    removed_at: Mapped[datetime | None] = mapped_column(Instant)
    opened_revision: Mapped[int | None]  # the wording that amendments were opened on
    frozen_revision: Mapped[int | None]  # the wording that votes on amendments are about


class ForumSource(Base):
    """What a remark rests on: a public remark of the consultation, a note, a statement, or the rapporteur alone."""

    __tablename__ = "forum_source"
    __table_args__ = (sa.CheckConstraint("(kind = 'rapporteur') = (number = 0)", name="number_of_something"),)

    section_id: Mapped[int] = mapped_column(sa.ForeignKey("forum_section.id"), primary_key=True)
    kind: Mapped[SourceKind] = mapped_column(enum_of(SourceKind, "kind"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class Amendment(Base):
    """A change of one section, as it was filed and as it stands over the present wording."""

    __tablename__ = "amendment"
    __table_args__ = (
        sa.UniqueConstraint("request_id", "number"),
        sa.CheckConstraint("length(reason) > 0", name="has_reason"),
        sa.CheckConstraint("state <> 'inadmissible' OR length(said) > 0", name="inadmissible_has_reason"),
        sa.CheckConstraint("kind = 'additive' OR (apart = false AND why = '')", name="apart_is_additive"),
        sa.CheckConstraint("lapsed_by_id <> id", name="lapsed_by_another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("forum_text.request_id"))
    number: Mapped[int]
    section_id: Mapped[int] = mapped_column(sa.ForeignKey("forum_section.id"), index=True)
    kind: Mapped[AmendmentKind] = mapped_column(enum_of(AmendmentKind, "kind"))
    apart: Mapped[bool] = mapped_column(default=False)  # a remark of its own, after the section
    filed_revision: Mapped[int]
    filed_text: Mapped[str] = mapped_column(sa.Text)
    base_revision: Mapped[int]
    text: Mapped[str] = mapped_column(sa.Text)
    opinion: Mapped[OpinionKind | None] = mapped_column(enum_of(OpinionKind, "opinion"))  # a kind it asks for
    heading: Mapped[str] = mapped_column(sa.String(200), default="")  # of a remark of its own, with its reason
    why: Mapped[str] = mapped_column(sa.Text, default="")
    action_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_action.id"))
    paragraph_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_paragraph.id"))
    reason: Mapped[str] = mapped_column(sa.Text)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    mandate_id: Mapped[int] = mapped_column(sa.ForeignKey("mandate.id"))
    proposed_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[AmendmentState] = mapped_column(enum_of(AmendmentState, "state"), default=AmendmentState.PROPOSED)
    said: Mapped[str] = mapped_column(sa.Text, default="")  # the reason of who disposed of it
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    lapse: Mapped[str] = mapped_column(sa.String(40), default="")  # why it lapsed, in a code
    lapsed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("amendment.id"))
    poll_id: Mapped[int | None] = mapped_column(sa.ForeignKey("poll.id"), index=True)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    made_id: Mapped[int | None] = mapped_column(sa.ForeignKey("forum_section.id"))  # the remark it put in


class AmendmentSigner(Base):
    """An organisation that asks for the amendment too."""

    __tablename__ = "amendment_signer"

    amendment_id: Mapped[int] = mapped_column(sa.ForeignKey("amendment.id"), primary_key=True)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    mandate_id: Mapped[int] = mapped_column(sa.ForeignKey("mandate.id"))
    signed_at: Mapped[datetime] = mapped_column(Instant)


class ForumWording(Base):
    """Every wording of a section, kept for ever, with whose hand it was or by which amendment it came."""

    __tablename__ = "forum_wording"
    __table_args__ = (sa.UniqueConstraint("section_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    section_id: Mapped[int] = mapped_column(sa.ForeignKey("forum_section.id"))
    revision: Mapped[int]
    heading: Mapped[str] = mapped_column(sa.String(200))
    text: Mapped[str] = mapped_column(sa.Text)
    reason: Mapped[str] = mapped_column(sa.Text)
    action_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_action.id"))
    paragraph_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_paragraph.id"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    amendment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("amendment.id"))
    at: Mapped[datetime] = mapped_column(Instant)
