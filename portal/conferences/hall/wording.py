"""The words for what happens in the hall; in one place for pages, the console and minutes."""

from __future__ import annotations

from enum import Enum

from portal.conferences.hall.rules import ClaimState, IncidentKind, ItemState, Outcome, RollKind, Source, Way
from portal.kernel.words import N_

PAIRS: tuple[tuple[Enum, str], ...] = (
    (ItemState.PENDING, N_("To come")),
    (ItemState.IN_DISCUSSION, N_("In discussion")),
    (ItemState.CONCLUDED, N_("Dealt with")),
    (ItemState.WITHDRAWN, N_("Taken off the agenda")),
    (ItemState.ADJOURNED, N_("Adjourned")),
    (Way.ROOM, N_("In the hall")),
    (Way.REMOTE, N_("Connected from afar")),
    (Source.BADGE, N_("by badge")),
    (Source.DESK, N_("at the desk")),
    (Source.OWN, N_("on one’s own word")),
    (Source.REMOTE, N_("by remote sign-in")),
    (Source.ROLL_CALL, N_("at the roll call")),
    (Source.HAND_OVER, N_("when the seat was handed over")),
    (Source.MANDATE, N_("when the mandate ended")),
    (Source.CLOSING, N_("at the end of the sitting")),
    (Outcome.HELD, N_("Held")),
    (Outcome.DESERTED, N_("Deserted")),
    (RollKind.OPENING, N_("Roll call of the opening")),
    (RollKind.VERIFICATION, N_("Verification of the legal number")),
    (ClaimState.WAITING, N_("To be confirmed")),
    (ClaimState.CONFIRMED, N_("Confirmed")),
    (ClaimState.REFUSED, N_("Not seen in the hall")),
    (ClaimState.WITHDRAWN, N_("Withdrawn")),
    (IncidentKind.TECHNICAL, N_("Technical trouble")),
    (IncidentKind.ORDER, N_("Disorder")),
    (IncidentKind.OTHER, N_("Something else")),
)
