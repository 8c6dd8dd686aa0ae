"""What happened to a consultation; stream `consultation:<id>`, public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from portal.kernel.events import Audience, Event


@dataclass(frozen=True)
class ConsultationOpened(Event):
    """A published version was put to the bodies, on stated conditions."""

    STREAM = "consultation:{consultation_id}"
    AUDIENCE = Audience.PUBLIC
    consultation_id: int
    version_id: int
    opens_at: datetime
    deadline_at: datetime
    admission: str
    snapshot_id: int
    snapshot_date: date
    rules_hash: str
    notice_hash: str


@dataclass(frozen=True)
class ConsultationExtended(Event):
    """The deadline was moved before it had passed."""

    STREAM = "consultation:{consultation_id}"
    AUDIENCE = Audience.PUBLIC
    consultation_id: int
    old_deadline_at: datetime
    new_deadline_at: datetime
    reason_hash: str


@dataclass(frozen=True)
class ConsultationConcluded(Event):
    """The closing report was approved; nothing more is received."""

    STREAM = "consultation:{consultation_id}"
    AUDIENCE = Audience.PUBLIC
    consultation_id: int
    submissions: int
    comments: int
    bodies: int
    report_hash: str
