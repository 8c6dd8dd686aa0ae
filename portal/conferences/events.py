"""What happened to conferences and sittings; streams `conferences`, `conference:N`, `sitting:N`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from portal.kernel.events import Audience, Event


@dataclass(frozen=True)
class SittingRulesRevised(Event):
    """A body sits by these rules from a day on."""

    STREAM = "conferences"
    AUDIENCE = Audience.PUBLIC
    organ: str
    number: int
    valid_from: date
    rule_hash: str


@dataclass(frozen=True)
class ConferenceOpened(Event):
    """A conference was set up, on a version of the plan."""

    STREAM = "conference:{conference_id}"
    conference_id: int
    organ: str
    version_id: int | None
    content_hash: str


@dataclass(frozen=True)
class ConferenceChanged(Event):
    """Its aim, its actions or its guests were changed."""

    STREAM = "conference:{conference_id}"
    conference_id: int
    content_hash: str


@dataclass(frozen=True)
class SittingPlanned(Event):
    """A sitting was planned; nobody has been called yet."""

    STREAM = "sitting:{sitting_id}"
    sitting_id: int
    conference_id: int
    content_hash: str


@dataclass(frozen=True)
class SittingChanged(Event):
    """Calls, place or instructions of a planned sitting were changed."""

    STREAM = "sitting:{sitting_id}"
    sitting_id: int
    content_hash: str


@dataclass(frozen=True)
class SittingDropped(Event):
    """A sitting that nobody had been called to was given up."""

    STREAM = "sitting:{sitting_id}"
    sitting_id: int


@dataclass(frozen=True)
class AgendaChanged(Event):
    """An item was added, changed, moved or removed before it was announced."""

    STREAM = "sitting:{sitting_id}"
    sitting_id: int
    item_id: int
    act: str  # added | changed | moved | removed


@dataclass(frozen=True)
class PaperAdded(Event):
    """A document was put to an item."""

    STREAM = "sitting:{sitting_id}"
    sitting_id: int
    item_id: int
    paper_id: int
    sha256: str


@dataclass(frozen=True)
class PaperRemoved(Event):
    """A document was taken away before it was announced."""

    STREAM = "sitting:{sitting_id}"
    sitting_id: int
    paper_id: int


@dataclass(frozen=True)
class NoticeSent(Event):
    """A notice was frozen and sent: the convocation, an addendum or the cancellation."""

    STREAM = "sitting:{sitting_id}"
    AUDIENCE = Audience.PUBLIC
    sitting_id: int
    notice_id: int
    number: int
    notice_kind: str
    content_hash: str
    seats: int
    addressees: int


@dataclass(frozen=True)
class ReceiptFiled(Event):
    """A receipt of certified mail was put to the dispatch log."""

    STREAM = "sitting:{sitting_id}"
    sitting_id: int
    notice_id: int
    body_id: int
    receipt_kind: str
    sha256: str


@dataclass(frozen=True)
class AccreditationProposed(Event):
    """A body confirmed who sits, or named a delegate."""

    STREAM = "sitting:{sitting_id}"
    sitting_id: int
    accreditation_id: int
    seat: int
    mandate: int
    delegated: bool
    title_hash: str


@dataclass(frozen=True)
class AccreditationGranted(Event):
    """The secretariat granted it, and said how the person was identified."""

    STREAM = "sitting:{sitting_id}"
    sitting_id: int
    accreditation_id: int
    seat: int
    identified_by: str
    exceptional: bool


@dataclass(frozen=True)
class AccreditationRefused(Event):
    """The secretariat refused it, for a reason."""

    STREAM = "sitting:{sitting_id}"
    sitting_id: int
    accreditation_id: int
    seat: int
    reason_hash: str


@dataclass(frozen=True)
class AccreditationEnded(Event):
    """A proposal was withdrawn, or what was granted was taken back: its address and badge are worth nothing."""

    STREAM = "sitting:{sitting_id}"
    sitting_id: int
    accreditation_id: int
    seat: int
    reason_hash: str


@dataclass(frozen=True)
class SeatHandedOver(Event):
    """A seat went from one person to another."""

    STREAM = "sitting:{sitting_id}"
    sitting_id: int
    seat: int
    from_id: int
    to_id: int


@dataclass(frozen=True)
class BadgeIssued(Event):
    """A fresh personal address was asked for; the one before is worth nothing."""

    STREAM = "sitting:{sitting_id}"
    sitting_id: int
    accreditation_id: int


@dataclass(frozen=True)
class ConvocationAsked(Event):
    """Art. 29: a mayor asked for a sitting."""

    STREAM = "conferences"
    request_id: int
    body_id: int
    subject_hash: str


@dataclass(frozen=True)
class ConvocationSupported(Event):
    """A Comune joined a request."""

    STREAM = "conferences"
    request_id: int
    body_id: int


@dataclass(frozen=True)
class ConvocationSupportWithdrawn(Event):
    """A Comune left a request that was not reached yet."""

    STREAM = "conferences"
    request_id: int
    body_id: int


@dataclass(frozen=True)
class ConvocationReached(Event):
    """A fifth of the mayors ask: the sitting has to be held by a day."""

    STREAM = "conferences"
    AUDIENCE = Audience.PUBLIC
    request_id: int
    reached_at: datetime
    supporters: int
    needed: int
    seats: int
    due_on: date
