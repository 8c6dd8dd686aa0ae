"""The words for what happens on the floor; in one place for pages, files and minutes."""

from __future__ import annotations

from enum import Enum

from portal.conferences.floor.rules import Channel, Ending, FloorKind, Ordering, RequestState, SpeechKind
from portal.conferences.floor.timing import Phase
from portal.kernel.words import N_

PAIRS: tuple[tuple[Enum, str], ...] = (
    (FloorKind.POINT_OF_ORDER, N_("Point of order")),
    (FloorKind.PERSONAL_STATEMENT, N_("Personal statement")),
    (FloorKind.EXPLANATION_OF_VOTE, N_("Explanation of vote")),
    (FloorKind.REPLY, N_("Reply")),
    (FloorKind.ORDINARY, N_("Speech")),
    (SpeechKind.REPORT, N_("Report")),
    (SpeechKind.POINT_OF_ORDER, N_("Point of order")),
    (SpeechKind.PERSONAL_STATEMENT, N_("Personal statement")),
    (SpeechKind.EXPLANATION_OF_VOTE, N_("Explanation of vote")),
    (SpeechKind.REPLY, N_("Reply")),
    (SpeechKind.ORDINARY, N_("Speech")),
    (RequestState.WAITING, N_("Waits")),
    (RequestState.SPEAKING, N_("Has the floor")),
    (RequestState.DONE, N_("Has spoken")),
    (RequestState.CUT_OFF, N_("Was cut off")),
    (RequestState.WITHDRAWN, N_("Withdrawn")),
    (RequestState.REFUSED, N_("Request refused")),
    (Channel.PHONE, N_("Asked from the phone")),
    (Channel.DESK, N_("Written down at the desk")),
    (Ending.DONE, N_("Finished")),
    (Ending.CUT_OFF, N_("Cut off")),
    (Ending.INTERRUPTED, N_("Interrupted by a point of order")),
    (Ordering.ARRIVAL, N_("In the order in which requests came")),
    (Ordering.FIRST_TIMERS, N_("First whoever has not spoken on the item")),
    (Ordering.LEAST_SPOKEN, N_("First whoever has spoken least in the sitting")),
    (Phase.RUNNING, N_("Speaking")),
    (Phase.WARNING, N_("Last minute")),
    (Phase.OVERRUN, N_("Time is over")),
    (Phase.PAUSED, N_("Paused")),
    (Phase.ENDED, N_("The speech is over")),
)
