"""Terms of a discussion, what becomes of a statement, and what may still be done with it (art. 14, 32 c.1)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

STATEMENT_LIMIT = 280
TITLE_LIMIT = 160
NOTE_LIMIT = 8_000
REASON_LIMIT = 1_000
REQUEST_LIMIT = 1_000
MOST_TABLES = 30


class Origin(StrEnum):
    """Whose words a statement is: shown with each one, so that nobody takes one for another's."""

    SECRETARIAT = "secretariat"
    RAPPORTEUR = "rapporteur"
    ORGANISATION = "organisation"


class StatementState(StrEnum):
    """What became of a statement."""

    OFFERED = "offered"
    ADMITTED = "admitted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


class Weight(StrEnum):
    """How an organisation weighs a statement; a word, so that no sign can be read the wrong way round."""

    AGREE = "agree"
    DISAGREE = "disagree"
    PASSES = "pass"


class Phase(StrEnum):
    """Where a discussion stands."""

    AHEAD = "ahead"
    RUNNING = "running"
    ENDED = "ended"


class Decision(StrEnum):
    """What the secretariat does with an offered statement."""

    ADMIT = "admit"
    REFUSE = "refuse"
    MERGE = "merge"


COUNTED = frozenset({StatementState.ADMITTED, StatementState.MERGED})


def phase(begins_at: datetime, ends_at: datetime, closed_at: datetime | None, now: datetime) -> Phase:
    """By the clock alone: the instant of the end is no longer in it."""
    if closed_at is not None or now >= ends_at:
        return Phase.ENDED
    return Phase.AHEAD if now < begins_at else Phase.RUNNING


def may_be_reworded(state: StatementState, weighings: int) -> bool:
    """Words that somebody has weighed stay as they were."""
    return state in {StatementState.OFFERED, StatementState.ADMITTED} and not weighings
