"""Statute art. 32 c.7: indications that bind nobody. Pure."""

from __future__ import annotations

from enum import StrEnum

QUESTION_LIMIT = 300


class Stance(StrEnum):
    """What a body says of an action when asked in a sitting."""

    FAVOURABLE = "favourable"
    WITH_REMARKS = "with_remarks"
    CONTRARY = "contrary"


class Order(StrEnum):
    """In which order the remarks of a sitting are read."""

    ARRIVAL = "arrival"
    PLACE = "place"
