"""What reading the Forum's text gives: rows of plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.comments.difference import Stretch, difference
from portal.kernel.words import Words
from portal.opinions.amending.rules import (
    AmendmentKind,
    AmendmentState,
    Phase,
    SectionRole,
    SourceKind,
    phase,
)
from portal.opinions.rules import OpinionKind


@dataclass(frozen=True)
class SourceRow:
    """What a remark rests on: public remarks and statements by number, notes and proposals by table and number."""

    kind: SourceKind
    number: int  # to name it by
    table: int | None = None
    shown: int = 0  # the number that readers know
    text: str = ""


@dataclass(frozen=True)
class SectionRow:
    """A section as it stands."""

    id: int
    role: SectionRole
    label: str  # the number of a remark
    heading: str
    text: str
    reason: str
    action_id: int | None
    paragraph_id: int | None
    revision: int
    removed: bool
    base_text: str | None  # the wording that amendments were opened on
    sources: tuple[SourceRow, ...] = ()
    amendment: int | None = None  # the number of the one that put it in

    @property
    def was_read(self) -> bool:
        """True of what everybody has read: it was there when amendments were opened, or one put it in."""
        return self.base_text is not None or self.amendment is not None

    @property
    def target(self) -> str:
        """The value of the field that says what the remark is about."""
        if self.paragraph_id:
            return f"p-{self.paragraph_id}"
        return f"a-{self.action_id}" if self.action_id else ""


@dataclass(frozen=True)
class SignerRow:
    """An organisation that asks for an amendment too."""

    body_id: int
    key: str
    name: str
    signed_at: datetime


@dataclass(frozen=True)
class AmendmentRow:
    """An amendment with the wording that it stands over."""

    id: int
    request_id: int
    number: int
    section_id: int
    role: SectionRole
    label: str  # of the section
    section_heading: str
    kind: AmendmentKind
    apart: bool
    before: str
    text: str
    filed_before: str
    filed_text: str
    opinion: OpinionKind | None
    heading: str
    why: str
    action_id: int | None
    paragraph_id: int | None
    reason: str
    body_id: int
    body_key: str
    body_name: str
    proposed_at: datetime
    state: AmendmentState
    said: str
    decided_at: datetime | None
    lapse: Words | None
    lapsed_by: int | None
    poll_id: int | None
    settled_at: datetime | None
    signers: tuple[SignerRow, ...]
    needed: int

    @property
    def supported(self) -> bool:
        """True once enough have signed."""
        return len(self.signers) >= self.needed

    @property
    def carried(self) -> bool:
        """True if the text changed elsewhere since it was filed."""
        return self.filed_text != self.text

    @property
    def change(self) -> list[Stretch]:
        """Word by word what it takes away and adds."""
        return difference("" if self.apart else self.before, self.text)


@dataclass(frozen=True)
class WordingRow:
    """An earlier wording of a section, and whose hand or which amendment it was."""

    revision: int
    heading: str
    text: str
    reason: str
    at: datetime
    name: str | None
    amendment: int | None


@dataclass(frozen=True)
class TextPage:
    """The text with its sections in order."""

    request_id: int
    rapporteur_id: int
    rapporteur: str
    rapporteur_body: str
    kind: OpinionKind
    revision: int
    opened_at: datetime | None
    closes_at: datetime | None
    base_sha256: str | None
    frozen_at: datetime | None
    frozen_sha256: str | None
    final_at: datetime | None
    final_sha256: str | None
    sections: tuple[SectionRow, ...]
    removed: tuple[SectionRow, ...]

    def phase(self, now: datetime) -> Phase:
        """How far it has come."""
        frozen, final = self.frozen_at is not None, self.final_at is not None
        return phase(self.opened_at is not None, self.closes_at, frozen, final, now)

    @property
    def remarks(self) -> tuple[SectionRow, ...]:
        """The numbered sections."""
        return tuple(one for one in self.sections if one.role is SectionRole.REMARK)


@dataclass(frozen=True)
class FinalText:
    """The text that the Forum votes on in the end."""

    kind: OpinionKind
    sections: tuple[SectionRow, ...]
    sha256: str
    frozen_at: datetime

    @property
    def remarks(self) -> tuple[SectionRow, ...]:
        """The numbered sections."""
        return tuple(one for one in self.sections if one.role is SectionRole.REMARK)


@dataclass(frozen=True)
class Candidate:
    """Somebody who can be named rapporteur."""

    mandate_id: int
    name: str
    body: str
