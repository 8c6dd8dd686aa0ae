"""The words for what minutes can be, and in which quality they are signed."""

from __future__ import annotations

from enum import Enum

from portal.conferences.minutes.rules import MinutesState, Signatory
from portal.kernel.words import N_

PAIRS: tuple[tuple[Enum, str], ...] = (
    (MinutesState.DRAFT, N_("Draft minutes")),
    (MinutesState.SIGNED, N_("Signed, to be approved")),
    (MinutesState.APPROVED, N_("Signed and approved")),
    (Signatory.CHAIR, N_("Signature of the chair")),
    (Signatory.SECRETARY, N_("Signature of the secretary general")),
)
