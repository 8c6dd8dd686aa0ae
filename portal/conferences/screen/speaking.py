"""Who speaks, told to everybody: the body and the office; of whoever holds no seat, what the notice announced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from portal.conferences.accreditation_models import Accreditation
from portal.conferences.floor import state
from portal.conferences.floor.models import Speech
from portal.conferences.floor.rules import SpeechKind
from portal.conferences.floor.timing import Phase, SpeechClock
from portal.conferences.models import SittingSeat
from portal.conferences.queries import Announced
from portal.db import db
from portal.kernel.offices import Office


@dataclass(frozen=True)
class Speaking:
    """The speech that runs, with its clock."""

    id: int
    item_id: int | None
    kind: SpeechKind
    seat: int | None
    body: str  # empty for whoever holds no seat
    office: Office | None
    announced_as: str  # what the notice calls whoever holds no seat; empty if it does not name them
    clock: SpeechClock
    phase: Phase
    left: int  # whole seconds; below zero beyond the limit


def speaking(found: Announced, now: datetime) -> Speaking | None:
    """The speech that runs in a sitting, if one does."""
    row: Any = db.session.execute(
        sa.select(Speech, SittingSeat.number, SittingSeat.name, Accreditation.office)
        .outerjoin(SittingSeat, SittingSeat.id == Speech.seat_id)
        .outerjoin(Accreditation, Accreditation.id == Speech.accreditation_id)
        .where(Speech.sitting_id == found.row.number, Speech.ended_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    speech, seat, body, office = row
    clock = state.clock(speech)
    left = clock.left(now)
    return Speaking(
        speech.id,
        speech.item_id,
        speech.kind,
        seat,
        body or "",
        office,
        announced_as(found, speech.item_id, speech.speaker),
        clock,
        clock.phase(now),
        left // timedelta(seconds=1),
    )


def announced_as(found: Announced, item_id: int | None, speaker: str) -> str:
    """The name of whoever holds no seat, only where the notice has already made it public."""
    item = next((one for one in found.items if one["id"] == item_id), {})
    public = {item.get("rapporteur", ""), found.convocation.content.get("chair", "")}
    return speaker if speaker in public else ""


def waiting(sitting_id: int, item_id: int | None, now: datetime) -> int:
    """How many wait for the floor and are there."""
    return len(state.waiting(sitting_id, item_id, now))
