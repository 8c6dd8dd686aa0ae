"""Statute art. 14, 32 c.1: what a text of the Forum needs, and what becomes of amendments to it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from portal.kernel.canonical import digest
from portal.kernel.errors import Invalid
from portal.kernel.machine import Machine
from portal.kernel.words import N_, Words
from portal.opinions.amending.edits import Edit, edits, overlap, touch
from portal.opinions.rules import OpinionKind

HEADING_LIMIT, TEXT_LIMIT, REASON_LIMIT, SAID_LIMIT, SAID_LEAST = 200, 8_000, 2_000, 1_000, 10
MOST_REMARKS, MOST_AMENDMENTS, MOST_SOURCES = 100, 500, 30
SAME_HAND = timedelta(minutes=10)  # what one person writes within it is shown as one change
_FURTHER = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies")


class SectionRole(StrEnum):
    """What a section is for."""

    PREAMBLE = "preamble"
    REMARK = "remark"
    CONCLUSION = "conclusion"


class SourceKind(StrEnum):
    """What a remark rests on."""

    COMMENT = "comment"
    NOTE = "note"
    PROPOSAL = "proposal"
    STATEMENT = "statement"
    RAPPORTEUR = "rapporteur"


class Phase(StrEnum):
    """How far a text has come."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    FROZEN = "frozen"
    FINAL = "final"


class AmendmentKind(StrEnum):
    """What an amendment does to a section, in the order in which they are voted."""

    SUPPRESSIVE = "suppressive"
    SUBSTITUTIVE = "substitutive"
    MODIFYING = "modifying"
    ADDITIVE = "additive"


class AmendmentState(StrEnum):
    """What became of an amendment."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    TO_VOTE = "to_vote"
    INADMISSIBLE = "inadmissible"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    PASSED = "passed"
    REJECTED = "rejected"


class Lapse(StrEnum):
    """Why an amendment lapsed."""

    SIGNERS = "signers"  # too few organisations signed it in time
    SECTION_GONE = "section_gone"  # the section was taken away
    OVERLAP = "overlap"  # the same words were changed
    OPINION = "opinion"  # another kind of opinion was chosen


_GONE = frozenset({AmendmentState.WITHDRAWN, AmendmentState.LAPSED})
_DISPOSED = frozenset({AmendmentState.ACCEPTED, AmendmentState.TO_VOTE, AmendmentState.INADMISSIBLE})
_VOTED = frozenset({AmendmentState.PASSED, AmendmentState.REJECTED})
MACHINE = Machine(
    {
        AmendmentState.PROPOSED: _GONE | _DISPOSED,
        AmendmentState.INADMISSIBLE: frozenset({AmendmentState.TO_VOTE, AmendmentState.WITHDRAWN}),
        AmendmentState.TO_VOTE: _GONE | _VOTED | (_DISPOSED - {AmendmentState.TO_VOTE}),
        AmendmentState.PASSED: frozenset({AmendmentState.TO_VOTE}),  # its vote was annulled
        AmendmentState.REJECTED: frozenset({AmendmentState.TO_VOTE}),
        AmendmentState.LAPSED: frozenset({AmendmentState.TO_VOTE}),  # what made it lapse was annulled
    }
)
PENDING = frozenset({AmendmentState.PROPOSED, AmendmentState.TO_VOTE})


def phase(opened: bool, closes_at: datetime | None, frozen: bool, final: bool, now: datetime) -> Phase:
    """The end instant does not belong to the window."""
    if final:
        return Phase.FINAL
    if frozen:
        return Phase.FROZEN
    if not opened or closes_at is None:
        return Phase.DRAFT
    return Phase.OPEN if now < closes_at else Phase.CLOSED


@dataclass(frozen=True)
class Part:
    """A section as it is read, hashed and voted."""

    id: int
    role: SectionRole
    heading: str
    text: str
    reason: str
    action_id: int | None
    paragraph_id: int | None

    def as_data(self) -> dict[str, Any]:
        """What the fingerprint covers."""
        return {
            "role": self.role.value,
            "heading": self.heading,
            "text": self.text,
            "reason": self.reason,
            "action": self.action_id,
            "paragraph": self.paragraph_id,
        }


def fingerprint(kind: OpinionKind, parts: Iterable[Part], amendments: Iterable[dict[str, Any]] = ()) -> str:
    """SHA-256 of a text, whose kind is part of it, and of the list of amendments if there is one."""
    written = {"kind": kind.value, "sections": [part.as_data() for part in parts]}
    listed = list(amendments)
    return digest({**written, "amendments": listed} if listed else written)


def lacking(kind: OpinionKind, parts: Sequence[Part], cited: Collection[int]) -> list[Words]:
    """What is missing before everybody reads the text and organisations amend it; `cited`: sections with sources."""
    found = []
    remarks = [part for part in parts if part.role is SectionRole.REMARK]
    for number, part in enumerate(remarks, 1):
        said = {"number": number}
        if not part.text:
            found.append(Words(N_("Remark %(number)d: write what is asked for."), said))
        if not part.reason:
            found.append(Words(N_("Remark %(number)d: write why."), said))
        if part.action_id is None and part.paragraph_id is None:
            found.append(Words(N_("Remark %(number)d: choose the action or the paragraph."), said))
        if part.id not in cited:
            found.append(
                Words(N_("Remark %(number)d: say what it rests on, or that the rapporteur proposes it."), said)
            )
    if kind is OpinionKind.WITH_REMARKS and not remarks:
        found.append(Words(N_("A favourable opinion with remarks has at least one remark.")))
    if kind is OpinionKind.FAVOURABLE and remarks:
        found.append(Words(N_("The text has remarks: say that it is favourable with remarks, or contrary.")))
    if any(not part.text for part in parts if part.role is not SectionRole.REMARK):
        found.append(Words(N_("Write the preamble and the conclusion.")))
    return found


def settled_kind(kind: OpinionKind, remarks: int) -> OpinionKind:
    """Amendments can put in the first remark, or take the last one away; a contrary opinion stays one."""
    if kind is OpinionKind.CONTRARY:
        return kind
    return OpinionKind.WITH_REMARKS if remarks else OpinionKind.FAVOURABLE


def further(label: str, known: Collection[str]) -> str:
    """What a remark is called that comes after another one: 3-bis, 3-ter."""
    taken = sum(1 for one in known if one.startswith(f"{label}-"))
    return f"{label}-{_FURTHER[taken] if taken < len(_FURTHER) else taken + 2}"


@dataclass(frozen=True)
class Change:
    """An amendment as far as others are concerned; its edits are those of the wording it stands over."""

    id: int
    section: int
    kind: AmendmentKind
    apart: bool
    edits: tuple[Edit, ...]
    opinion: OpinionKind | None


def impossible(other: Change, made: Change) -> Lapse | None:
    """Why an amendment cannot be put to the vote any more once another one is in the text; nothing if it can."""
    if made.opinion is not None and other.opinion is not None:
        return Lapse.OPINION
    if other.section != made.section or other.apart or made.apart:
        return None
    if made.kind is AmendmentKind.SUPPRESSIVE:
        return Lapse.SECTION_GONE
    return Lapse.OVERLAP if meet(other.kind, other.edits, made.kind, made.edits) else None


def meet(kind: AmendmentKind, ours: Sequence[Edit], another: AmendmentKind, others: Sequence[Edit]) -> bool:
    """Whether two changes exclude each other; what is only added may stand beside what another one changes."""
    beside = AmendmentKind.ADDITIVE in {kind, another}
    return overlap(ours, others) if beside else touch(ours, others)


def check_kind(kind: AmendmentKind, role: SectionRole, before: str, after: str, *, opinion: bool = False) -> None:
    """An amendment does what its kind says; what it asks for beside the words counts as a change."""
    if kind is AmendmentKind.SUPPRESSIVE:
        if role is not SectionRole.REMARK:
            raise Invalid(
                N_("Only a remark can be taken away: change the words of the preamble or of the conclusion instead."),
                code="frame",
                field="kind",
            )
        return
    if not after:
        raise Invalid(
            N_("Nothing would be left: to take the section away propose a suppressive amendment."),
            code="empty",
            field="text",
        )
    found = edits(before, after)
    if not found and not opinion:
        raise Invalid(N_("The text is as it was: change it."), code="unchanged", field="text")
    if kind is AmendmentKind.ADDITIVE and not all(one.inserts for one in found):
        raise Invalid(
            N_("An additive amendment takes no word away: choose a modifying or a substitutive one."),
            code="takes_away",
            field="kind",
        )


def turn(kind: AmendmentKind, position: int, number: int) -> tuple[int, int, int]:
    """The order of voting: what takes away, replaces, modifies, adds; then by section, then by number."""
    return (list(AmendmentKind).index(kind), position, number)
