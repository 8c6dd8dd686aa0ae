"""Statute art. 30 c.7, 32 c.7: who takes part for a seat, and why somebody does not. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from portal.conferences.accreditation_rules import AccreditationState

HELP_LIMIT, ANSWER_LIMIT = 300, 300


class Hindrance(StrEnum):
    """Why somebody who has signed in does not take part."""

    NOT_NAMED = "not_named"
    PROPOSED = "proposed"
    REFUSED = "refused"
    HANDED_OVER = "handed_over"
    TAKEN_BACK = "taken_back"
    MANDATE_ENDED = "mandate_ended"


@dataclass(frozen=True)
class Card:
    """One accreditation of a person, as far as it matters here."""

    state: AccreditationState
    mandate_in_force: bool
    followed: bool  # somebody else has been granted the seat after it


def living(own: Sequence[Card]) -> int | None:
    """Which accreditation lets the person take part: granted, under a mandate in force."""
    for at, one in enumerate(own):
        if one.state is AccreditationState.GRANTED and one.mandate_in_force:
            return at
    return None


def hindrance(own: Sequence[Card]) -> Hindrance | None:
    """What is in the way of a person with these accreditations, the latest first; nothing if nothing is."""
    if living(own) is not None:
        return None
    if any(one.state is AccreditationState.GRANTED for one in own):
        return Hindrance.MANDATE_ENDED
    if not own:
        return Hindrance.NOT_NAMED
    last = own[0]
    if last.state is AccreditationState.PROPOSED:
        return Hindrance.PROPOSED
    if last.state is AccreditationState.REFUSED:
        return Hindrance.REFUSED
    return Hindrance.HANDED_OVER if last.followed else Hindrance.TAKEN_BACK
