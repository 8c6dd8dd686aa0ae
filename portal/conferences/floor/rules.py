"""Requests for the floor and speeches: kinds, states, limits. Pure."""

from __future__ import annotations

from enum import StrEnum

from portal.kernel.machine import Machine

SPEAKER_LIMIT, SYNOPSIS_LIMIT, REASON_LIMIT = 200, 20_000, 500


class FloorKind(StrEnum):
    """Why somebody asks for the floor."""

    POINT_OF_ORDER = "point_of_order"
    PERSONAL_STATEMENT = "personal_statement"
    EXPLANATION_OF_VOTE = "explanation_of_vote"
    REPLY = "reply"
    ORDINARY = "ordinary"


class RequestState(StrEnum):
    """What became of a request."""

    WAITING = "waiting"
    SPEAKING = "speaking"
    DONE = "done"
    CUT_OFF = "cut_off"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"


class Channel(StrEnum):
    """How an act came in."""

    PHONE = "phone"
    DESK = "desk"


class SpeechKind(StrEnum):
    """What a speech is."""

    REPORT = "report"
    POINT_OF_ORDER = "point_of_order"
    PERSONAL_STATEMENT = "personal_statement"
    EXPLANATION_OF_VOTE = "explanation_of_vote"
    REPLY = "reply"
    ORDINARY = "ordinary"


class Ending(StrEnum):
    """How a speech ended."""

    DONE = "done"
    CUT_OFF = "cut_off"
    INTERRUPTED = "interrupted"


class Ordering(StrEnum):
    """Whose turn it is among requests of the same precedence."""

    ARRIVAL = "arrival"
    FIRST_TIMERS = "first_timers"
    LEAST_SPOKEN = "least_spoken"


REQUESTS = Machine(
    {
        RequestState.WAITING: frozenset({RequestState.SPEAKING, RequestState.WITHDRAWN, RequestState.REFUSED}),
        RequestState.SPEAKING: frozenset({RequestState.DONE, RequestState.CUT_OFF, RequestState.WAITING}),
    }
)
