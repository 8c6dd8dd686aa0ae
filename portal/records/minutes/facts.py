"""What the minutes of one call are made of: plain values that can be written down and read again. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Place:
    """A seat, as the notice fixed it."""

    number: int
    name: str
    entitled: bool
    population: int
    called: str = ""  # in a sentence: with what it is, where the name alone does not say it

    @property
    def spoken(self) -> str:
        """How a sentence names it."""
        return self.called or self.name


@dataclass(frozen=True)
class Sitter:
    """Who came for a seat: name and office as they were at the sitting."""

    person: str
    office: str
    title: str = ""  # of the delegation
    delegated: bool = False


@dataclass(frozen=True)
class Stay:
    """An interval of presence."""

    seat: int
    who: Sitter
    remote: bool
    came_by: str
    left_by: str
    from_at: datetime
    until_at: datetime | None


@dataclass(frozen=True)
class Roll:
    """A roll call and what was counted."""

    number: int
    opening: bool
    begun_at: datetime
    ended_at: datetime
    present: int
    seats: int
    present_population: int
    population: int
    needed: int | None
    met: bool | None
    absent: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A document, known by its fingerprint."""

    title: str
    name: str
    sha256: str


@dataclass(frozen=True)
class Item:
    """An item as announced, and what became of it."""

    id: int
    number: int
    kind: str
    title: str
    rapporteur: str
    legal_basis: str
    actions: tuple[tuple[str, str], ...]
    papers: tuple[Paper, ...]
    notice: int  # that announced it
    state: str
    conclusion: str


@dataclass(frozen=True)
class Speech:
    """Somebody had the floor."""

    seat: int | None
    who: Sitter | None
    speaker: str  # who holds no seat
    kind: str
    at: datetime
    until: datetime
    spoken: int  # seconds without pauses
    allowed: int
    ending: str
    synopsis: str
    paper: Paper | None = None


@dataclass(frozen=True)
class Remark:
    """A remark that was put on the table, by its number: its words are never copied."""

    number: int | None
    body: str
    kind: str
    place: str
    made_here: bool
    read: bool


@dataclass(frozen=True)
class Indications:
    """What bodies said of an action, without any effect."""

    code: str
    title: str
    question: str
    closed_at: datetime | None
    answers: tuple[tuple[str, str], ...]  # body, stance


@dataclass(frozen=True)
class Vote:
    """One seat of a poll and its answer."""

    name: str
    population: int
    choice: str
    person: str


@dataclass(frozen=True)
class Poll:
    """A vote with its computation."""

    id: int
    question: str
    opened_at: datetime | None
    closed_at: datetime | None
    proclaimed_at: datetime | None
    annulled: bool
    annul_reason: str
    met: bool | None
    lines: tuple[str, ...]
    votes: tuple[Vote, ...]
    rule: str
    root_hash: str


@dataclass(frozen=True)
class Moment:
    """Something that happened at an instant, under an item or under none; `what` says which of the fields are meant."""

    seq: int
    at: datetime
    what: str
    item: int | None = None
    seat: int | None = None
    who: Sitter | None = None
    other: Sitter | None = None
    remote: bool = False
    source: str = ""
    text: str = ""
    until: datetime | None = None
    speech: Speech | None = None
    remark: Remark | None = None
    indications: Indications | None = None
    poll: Poll | None = None
    roll: Roll | None = None
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Sent:
    """A notice that was sent."""

    number: int
    kind: str
    sent_at: datetime
    sha256: str


@dataclass(frozen=True)
class Held:
    """One call of a sitting, from its roll call to its end."""

    city: str
    organ: str
    conference: str
    title: str
    sitting: int
    call: int
    calls: int
    starts_at: datetime
    place: str
    mode: str
    public: bool
    chair: str
    secretary: str
    begun_at: datetime
    opened_at: datetime | None
    ended_at: datetime
    deserted: bool
    population_source: str
    quorum: tuple[int, int, bool] | None  # numerator, denominator, strict
    legal_basis: str
    notices: tuple[Sent, ...]
    seats: tuple[Place, ...]
    stays: tuple[Stay, ...]
    items: tuple[Item, ...]
    moments: tuple[Moment, ...]
    head_seq: int
    head_hash: str
    number: str = ""
    extra: tuple[Paper, ...] = field(default=())

    def seat(self, number: int | None) -> Place | None:
        """The seat of a number."""
        return next((one for one in self.seats if one.number == number), None)
