"""The words for what sections and amendments can be."""

from __future__ import annotations

from enum import Enum

from portal.kernel.words import N_, Words
from portal.opinions.amending.rules import AmendmentKind, AmendmentState, Lapse, Phase, SectionRole, SourceKind

PAIRS: tuple[tuple[Enum, str], ...] = (
    (SectionRole.PREAMBLE, N_("Preamble")),
    (SectionRole.REMARK, N_("Remark")),
    (SectionRole.CONCLUSION, N_("Conclusion")),
    (SourceKind.COMMENT, N_("Remark of the consultation")),
    (SourceKind.NOTE, N_("Note of a table")),
    (SourceKind.PROPOSAL, N_("Proposal of a table")),
    (SourceKind.STATEMENT, N_("Weighed statement")),
    (SourceKind.RAPPORTEUR, N_("Proposal of the rapporteur")),
    (Phase.DRAFT, N_("Draft being written")),
    (Phase.OPEN, N_("Open to amendments")),
    (Phase.CLOSED, N_("Amendments closed, to be disposed of")),
    (Phase.FROZEN, N_("Frozen, amendments to be voted")),
    (Phase.FINAL, N_("Final text")),
    (AmendmentKind.SUPPRESSIVE, N_("Suppressive")),
    (AmendmentKind.SUBSTITUTIVE, N_("Substitutive")),
    (AmendmentKind.MODIFYING, N_("Modifying")),
    (AmendmentKind.ADDITIVE, N_("Additive")),
    (AmendmentState.PROPOSED, N_("Proposed")),
    (AmendmentState.ACCEPTED, N_("Accepted by the rapporteur")),
    (AmendmentState.TO_VOTE, N_("To be voted")),
    (AmendmentState.INADMISSIBLE, N_("Inadmissible")),
    (AmendmentState.WITHDRAWN, N_("Taken back by its proposer")),
    (AmendmentState.LAPSED, N_("Lapsed")),
    (AmendmentState.PASSED, N_("Approved")),
    (AmendmentState.REJECTED, N_("Not approved")),
)
_LAPSES = {
    Lapse.SIGNERS: N_("It lapsed: too few organisations signed it in time."),
    Lapse.SECTION_GONE: N_("It lapsed: amendment n. %(by)s took its section away."),
    Lapse.OVERLAP: N_("It lapsed: amendment n. %(by)s changed the same words."),
    Lapse.OPINION: N_("It lapsed: amendment n. %(by)s chose another kind of opinion."),
}


def lapse(why: Lapse, by: int | None) -> Words:
    """Why an amendment is not voted; `by` is the number of the one that made it impossible."""
    return Words(_LAPSES[why], {"by": by} if by is not None else {})
