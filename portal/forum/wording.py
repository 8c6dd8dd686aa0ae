"""The words for what the register says."""

from __future__ import annotations

from enum import Enum

from portal.forum.rules import ApplicationState, ForumKey, Standing
from portal.kernel.words import N_

PAIRS: tuple[tuple[Enum, str], ...] = (
    (ForumKey.METROPOLITAN, N_("Metropolitan Forum")),
    (ForumKey.YOUTH, N_("Forum of the young people")),
    (Standing.MEMBER, N_("Member")),
    (Standing.SUSPENDED, N_("Suspended")),
    (Standing.LEFT, N_("No longer a member")),
    (Standing.TO_COME, N_("Member from a day to come")),
    (ApplicationState.WRITTEN, N_("Address to be confirmed")),
    (ApplicationState.RECEIVED, N_("To be examined")),
    (ApplicationState.ASKED, N_("An answer is awaited")),
    (ApplicationState.ADMITTED, N_("Admitted")),
    (ApplicationState.REFUSED, N_("Not admitted")),
    (ApplicationState.WITHDRAWN, N_("Request withdrawn")),
)
