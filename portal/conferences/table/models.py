"""Tables of what is put on the table: remarks of a sitting, indications, polls."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.conferences.floor.rules import Channel
from portal.conferences.table.rules import Stance
from portal.db import Base, Instant, enum_of

_OPEN = sa.text("closed_at IS NULL")
_LAST = sa.text("replaced_at IS NULL")


class SittingRemark(Base):
    """A remark that was made, or called up, in a sitting."""

    __tablename__ = "sitting_remark"
    __table_args__ = (sa.UniqueConstraint("sitting_id", "person_id", "client_key"),)

    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True)
    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"), primary_key=True, index=True)
    call: Mapped[int]
    item_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    speech_id: Mapped[int | None] = mapped_column(sa.ForeignKey("speech.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    client_key: Mapped[str] = mapped_column(sa.String(64))
    made_here: Mapped[bool] = mapped_column(default=True)
    tied_at: Mapped[datetime] = mapped_column(Instant)
    read_at: Mapped[datetime | None] = mapped_column(Instant)


class IndicationRound(Base):
    """Bodies are asked what they say of an action; one round at a time in a sitting."""

    __tablename__ = "indication_round"
    __table_args__ = (
        sa.Index("uq_indication_round_open", "sitting_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"), index=True)
    call: Mapped[int]
    item_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    action_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_action.id"), index=True)
    question: Mapped[str] = mapped_column(sa.String(300), default="")
    visible_at_once: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)


class Indication(Base):
    """What a body said; a change is another row, and the last one stands."""

    __tablename__ = "indication"
    __table_args__ = (
        sa.Index(
            "uq_indication_standing", "round_id", "seat_id", unique=True, sqlite_where=_LAST, postgresql_where=_LAST
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("indication_round.id"))
    seat_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting_seat.id"), index=True)
    accreditation_id: Mapped[int] = mapped_column(sa.ForeignKey("accreditation.id"))
    stance: Mapped[Stance] = mapped_column(enum_of(Stance, "stance"))
    channel: Mapped[Channel] = mapped_column(enum_of(Channel, "channel"))
    given_at: Mapped[datetime] = mapped_column(Instant)
    given_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    replaced_at: Mapped[datetime | None] = mapped_column(Instant)


class SittingPoll(Base):
    """A poll of an item of a sitting."""

    __tablename__ = "sitting_poll"

    poll_id: Mapped[int] = mapped_column(sa.ForeignKey("poll.id"), primary_key=True)
    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"), index=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    call: Mapped[int]
    tied_at: Mapped[datetime] = mapped_column(Instant)
