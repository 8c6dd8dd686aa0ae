"""Tables of the floor: requests, speeches, pauses."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.conferences.floor.rules import Channel, Ending, FloorKind, Ordering, RequestState, SpeechKind
from portal.db import Base, Instant, enum_of

_WAITING = sa.text("state = 'waiting'")
_RUNNING = sa.text("ended_at IS NULL")


class FloorOrder(Base):
    """The rule by which a sitting gives the floor; without a row, by arrival."""

    __tablename__ = "floor_order"

    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"), primary_key=True)
    ordering: Mapped[Ordering] = mapped_column(enum_of(Ordering, "ordering"), default=Ordering.ARRIVAL)


class FloorRequest(Base):
    """Somebody asks for the floor; one waiting request for a person and a kind."""

    __tablename__ = "floor_request"
    __table_args__ = (
        sa.Index(
            "uq_floor_request_waiting",
            "sitting_id",
            "person_id",
            "kind",
            unique=True,
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        sa.UniqueConstraint("sitting_id", "person_id", "client_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    seat_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting_seat.id"), index=True)
    accreditation_id: Mapped[int] = mapped_column(sa.ForeignKey("accreditation.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    kind: Mapped[FloorKind] = mapped_column(enum_of(FloorKind, "kind"))
    state: Mapped[RequestState] = mapped_column(enum_of(RequestState, "state"), default=RequestState.WAITING)
    channel: Mapped[Channel] = mapped_column(enum_of(Channel, "channel"))
    client_key: Mapped[str] = mapped_column(sa.String(64))  # made by the client: sending again asks once
    place: Mapped[int | None]  # set by hand: goes before what the ordering rule says, within its kind
    asked_at: Mapped[datetime] = mapped_column(Instant)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(sa.Text, default="")


class Speech(Base):
    """Somebody had the floor; one speech runs at a time."""

    __tablename__ = "speech"
    __table_args__ = (
        sa.Index("uq_speech_running", "sitting_id", unique=True, sqlite_where=_RUNNING, postgresql_where=_RUNNING),
        sa.CheckConstraint("limit_seconds > 0", name="limit_positive"),
        sa.CheckConstraint("seat_id IS NOT NULL OR speaker <> ''", name="has_speaker"),
        sa.CheckConstraint("(ended_at IS NULL) = (ending IS NULL)", name="end_has_way"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"), index=True)
    call: Mapped[int]
    item_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(sa.ForeignKey("floor_request.id"), index=True)
    seat_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sitting_seat.id"), index=True)
    accreditation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accreditation.id"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    speaker: Mapped[str] = mapped_column(sa.String(200), default="")  # who holds no seat: chair, rapporteur, expert
    kind: Mapped[SpeechKind] = mapped_column(enum_of(SpeechKind, "kind"))
    limit_seconds: Mapped[int]  # as given, with what was added
    began_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ending: Mapped[Ending | None] = mapped_column(enum_of(Ending, "ending"))
    synopsis: Mapped[str] = mapped_column(sa.Text, default="")
    text_sha256: Mapped[str | None] = mapped_column(sa.ForeignKey("stored_file.sha256"), index=True)
    text_name: Mapped[str] = mapped_column(sa.String(120), default="")


class SpeechPause(Base):
    """A stretch in which a speech stood still."""

    __tablename__ = "speech_pause"
    __table_args__ = (
        sa.Index("uq_speech_pause_running", "speech_id", unique=True, sqlite_where=_RUNNING, postgresql_where=_RUNNING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    speech_id: Mapped[int] = mapped_column(sa.ForeignKey("speech.id"), index=True)
    began_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
