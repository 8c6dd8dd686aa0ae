"""The words for what becomes of a vote of the Forum, and how it is taken."""

from __future__ import annotations

from enum import Enum

from portal.kernel.words import N_
from portal.opinions.adoption.rules import Result, Way

PAIRS: tuple[tuple[Enum, str], ...] = (
    (Result.PASSED, N_("Passed")),
    (Result.NOT_PASSED, N_("Not passed")),
    (Result.NO_QUORUM, N_("Without the legal number")),
    (Way.SITTING, N_("In a plenary sitting")),
    (Way.TERM, N_("Over some days, without a sitting")),
)
