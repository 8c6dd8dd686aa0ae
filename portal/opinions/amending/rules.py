"""Statute art. 14, 32 c.1: what a text of the Forum needs, and what becomes of amendments to it. Pure."""

from __future__ import annotations

from enum import StrEnum

from portal.kernel.machine import Machine

HEADING_LIMIT, TEXT_LIMIT, REASON_LIMIT, SAID_LIMIT, SAID_LEAST = 200, 8_000, 2_000, 1_000, 10
MOST_REMARKS, MOST_AMENDMENTS, MOST_SOURCES = 100, 500, 30


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


_GONE = frozenset({AmendmentState.WITHDRAWN, AmendmentState.LAPSED})
_DISPOSED = frozenset({AmendmentState.ACCEPTED, AmendmentState.TO_VOTE, AmendmentState.INADMISSIBLE})
MACHINE = Machine(
    {
        AmendmentState.PROPOSED: _GONE | _DISPOSED,
        AmendmentState.INADMISSIBLE: frozenset({AmendmentState.TO_VOTE}),
        AmendmentState.TO_VOTE: _GONE | _DISPOSED | {AmendmentState.PASSED, AmendmentState.REJECTED},
    }
)
PENDING = frozenset({AmendmentState.PROPOSED, AmendmentState.TO_VOTE})
