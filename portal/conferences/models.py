"""Tables of conferences, sittings, agendas and notices."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.conferences.rules import (
    ItemKind,
    Mode,
    NoticeKind,
    Organ,
    ReceiptKind,
    SeatRole,
    SittingState,
    Visibility,
)
from portal.db import Base, Instant, enum_of


class SittingRuleSet(Base):
    """How one body sits; what holds when is in its versions."""

    __tablename__ = "sitting_rule_set"

    id: Mapped[int] = mapped_column(primary_key=True)
    organ: Mapped[Organ] = mapped_column(enum_of(Organ, "organ"), unique=True)


class SittingRuleVersion(Base):
    """The rules of a body's sittings from a day on; none is ever changed or removed."""

    __tablename__ = "sitting_rule_version"
    __table_args__ = (
        sa.UniqueConstraint("rule_set_id", "number"),
        sa.CheckConstraint("number >= 1", name="number_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_set_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting_rule_set.id"))
    number: Mapped[int]
    valid_from: Mapped[date]
    definition: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    legal_basis: Mapped[str] = mapped_column(sa.String(300))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mandate.id"))
    written_at: Mapped[datetime] = mapped_column(Instant)


class Conference(Base):
    """A process with one or more sittings, on a version of the plan and some of its actions."""

    __tablename__ = "conference"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # the number everybody knows it by
    organ: Mapped[Organ] = mapped_column(enum_of(Organ, "organ"))
    title: Mapped[str] = mapped_column(sa.String(300))
    aim: Mapped[str] = mapped_column(sa.Text)
    version_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_version.id"), index=True)
    opened_at: Mapped[datetime] = mapped_column(Instant)


class ConferenceAction(Base):
    """An action of the plan on the table of a conference."""

    __tablename__ = "conference_action"

    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id"), primary_key=True)
    action_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_action.id"), primary_key=True, index=True)


class ConferenceGuest(Base):
    """A body invited beside those that the rule set names, with an address if nobody of it is in the register."""

    __tablename__ = "conference_guest"

    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id"), primary_key=True)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), primary_key=True, index=True)
    email: Mapped[str] = mapped_column(sa.String(254), default="")


class Sitting(Base):
    """One sitting: planned, then convened by a notice that freezes what it says."""

    __tablename__ = "sitting"
    __table_args__ = (
        sa.CheckConstraint("(state = 'planned') = (convened_at IS NULL)", name="convened_has_instant"),
        sa.CheckConstraint("state = 'planned' OR rule_version_id IS NOT NULL", name="convened_has_rules"),
        sa.CheckConstraint("(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled_has_instant"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id"), index=True)
    state: Mapped[SittingState] = mapped_column(enum_of(SittingState, "state"), default=SittingState.PLANNED)
    title: Mapped[str] = mapped_column(sa.String(300))
    mode: Mapped[Mode] = mapped_column(enum_of(Mode, "mode"))
    place: Mapped[str] = mapped_column(sa.String(300), default="")
    remote_link: Mapped[str] = mapped_column(sa.String(500), default="")
    streaming_link: Mapped[str] = mapped_column(sa.String(500), default="")
    visibility: Mapped[Visibility] = mapped_column(enum_of(Visibility, "visibility"))
    chair: Mapped[str] = mapped_column(sa.String(200))
    case_officer: Mapped[str] = mapped_column(sa.String(200))
    contacts: Mapped[str] = mapped_column(sa.String(300))
    written_contributions: Mapped[str] = mapped_column(sa.Text, default="")
    speaking: Mapped[str] = mapped_column(sa.Text, default="")
    delegations_close_at: Mapped[datetime] = mapped_column(Instant)
    request_id: Mapped[int | None] = mapped_column(sa.ForeignKey("convocation_request.id"), unique=True)
    rule_version_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sitting_rule_version.id"))
    rule: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))  # a copy of what holds
    snapshot_id: Mapped[int | None] = mapped_column(sa.ForeignKey("population_snapshot.id"))
    planned_at: Mapped[datetime] = mapped_column(Instant)
    convened_at: Mapped[datetime | None] = mapped_column(Instant)
    cancelled_at: Mapped[datetime | None] = mapped_column(Instant)


class SittingCall(Base):
    """A day and hour at which the sitting is called, the first or a further one."""

    __tablename__ = "sitting_call"
    __table_args__ = (sa.CheckConstraint("number BETWEEN 1 AND 3", name="number_range"),)

    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(Instant, index=True)


class AgendaItem(Base):
    """A numbered item; once a notice has announced it, it stays as it is."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        sa.UniqueConstraint("sitting_id", "position"),
        sa.CheckConstraint("minutes >= 0", name="minutes_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"))
    position: Mapped[int]
    kind: Mapped[ItemKind] = mapped_column(enum_of(ItemKind, "kind"))
    title: Mapped[str] = mapped_column(sa.String(300))
    details: Mapped[str] = mapped_column(sa.Text, default="")
    rapporteur: Mapped[str] = mapped_column(sa.String(200), default="")
    minutes: Mapped[int] = mapped_column(default=0)
    legal_basis: Mapped[str] = mapped_column(sa.String(300), default="")
    needs_papers: Mapped[bool] = mapped_column(default=False)
    notice_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sitting_notice.id"))


class AgendaItemAction(Base):
    """An action of the plan that an item is about."""

    __tablename__ = "agenda_item_action"

    item_id: Mapped[int] = mapped_column(sa.ForeignKey("agenda_item.id"), primary_key=True)
    action_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_action.id"), primary_key=True, index=True)


class Paper(Base):
    """A document of an item, known by its fingerprint; once a notice has announced it, it stays as it is."""

    __tablename__ = "sitting_paper"
    __table_args__ = (sa.UniqueConstraint("item_id", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"), index=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("agenda_item.id"))
    title: Mapped[str] = mapped_column(sa.String(300))
    name: Mapped[str] = mapped_column(sa.String(120))
    sha256: Mapped[str] = mapped_column(sa.ForeignKey("stored_file.sha256"), index=True)
    added_at: Mapped[datetime] = mapped_column(Instant)
    notice_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sitting_notice.id"))


class Notice(Base):
    """What was sent, whole and frozen: the convocation, an addendum, or the cancellation."""

    __tablename__ = "sitting_notice"
    __table_args__ = (
        sa.UniqueConstraint("sitting_id", "number"),
        sa.CheckConstraint("(number = 1) = (kind = 'convocation')", name="convocation_first"),
        sa.CheckConstraint("length(sha256) = 64", name="fingerprint"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"))
    number: Mapped[int]
    kind: Mapped[NoticeKind] = mapped_column(enum_of(NoticeKind, "kind"))
    content: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mandate.id"))
    sent_at: Mapped[datetime] = mapped_column(Instant)


class Dispatch(Base):
    """A notice to one addressee; what became of it is what became of its letter."""

    __tablename__ = "notice_dispatch"
    __table_args__ = (
        sa.UniqueConstraint("notice_id", "body_id", "person_id"),
        sa.CheckConstraint("person_id IS NOT NULL OR address <> ''", name="has_addressee"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting_notice.id"))
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    address: Mapped[str] = mapped_column(sa.String(254), default="")  # of a body of which nobody is in the register


class DispatchReceipt(Base):
    """A receipt of certified mail that the secretariat filed, with the message as it came."""

    __tablename__ = "notice_receipt"
    __table_args__ = (sa.UniqueConstraint("notice_id", "body_id", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting_notice.id"))
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"))
    kind: Mapped[ReceiptKind] = mapped_column(enum_of(ReceiptKind, "kind"))
    address: Mapped[str] = mapped_column(sa.String(254))
    stamped_at: Mapped[datetime] = mapped_column(Instant)
    message_id: Mapped[str] = mapped_column(sa.String(300))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    content: Mapped[str] = mapped_column(sa.Text)  # base64 of the file
    filed_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))


class SittingSeat(Base):
    """A place at a sitting, fixed by its notice: a body (or a councillor) and the residents behind it."""

    __tablename__ = "sitting_seat"
    __table_args__ = (
        sa.UniqueConstraint("sitting_id", "number"),
        sa.UniqueConstraint("sitting_id", "body_id", "reserved_for_id"),
        sa.CheckConstraint("population >= 0", name="population_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"))
    number: Mapped[int]
    role: Mapped[SeatRole] = mapped_column(enum_of(SeatRole, "role"))
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    population: Mapped[int]
    reserved_for_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mandate.id"))
