"""Statute art. 12-13 and 31: what admission may ask, hide, keep and take back, and when it takes two persons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from portal.comments.rules import DECISION_LEAST, CommentState, ReasonCode
from portal.kernel.errors import Conflict, Forbidden, Gone, Invalid
from portal.kernel.offices import BodyKind
from portal.kernel.words import N_


class Act(StrEnum):
    """What was decided."""

    ADMITTED = "admitted"
    NOT_ADMITTED = "not_admitted"
    CONFIRMED = "refusal_confirmed"
    HIDDEN = "passage_hidden"
    RESTORED = "passage_restored"
    KEPT = "kept_after_report"
    UNDONE = "taken_back"


UNDO = timedelta(seconds=10)
TO_CONFIRM = timedelta(days=2)
WORDS_LIMIT = 2_000
MOST_SPANS = 500
HIDE_REASONS = (ReasonCode.PERSONAL_DATA, ReasonCode.OFFENSIVE)
REPORT_REASONS = (ReasonCode.PERSONAL_DATA, ReasonCode.OFFENSIVE, ReasonCode.OFF_TOPIC, ReasonCode.DUPLICATE)
INSTITUTIONS = frozenset({BodyKind.MUNICIPALITY, BodyKind.UNION, BodyKind.DISTRICT, BodyKind.ZONE, BodyKind.NEIGHBOUR})
ALIVE = frozenset({CommentState.SUBMITTED, CommentState.ADMITTED})


def two_to_hide(kind: BodyKind) -> bool:
    """True if words of this body are hidden by two persons: an institution answers for what it says."""
    return kind in INSTITUTIONS


def two_to_refuse(kind: BodyKind, is_public: bool) -> bool:
    """True if a refusal takes two persons: it would take from sight what an institution has said in public."""
    return is_public and two_to_hide(kind)


def check_state(state: CommentState, allowed: Iterable[CommentState], message: str) -> None:
    """Refuse what does not fit where the remark stands."""
    if state not in set(allowed):
        raise Conflict(message, code="state")


def check_reason(reason: ReasonCode | None, allowed: Iterable[ReasonCode]) -> ReasonCode:
    """A reason from the list."""
    if reason is None or reason not in set(allowed):
        raise Invalid(N_("Choose a reason from the list."), code="reason_missing", field="reason_code")
    return reason


def check_words(text: str, field: str = "text") -> str:
    """A sentence, not a word."""
    if len(text) < DECISION_LEAST:
        raise Invalid(
            N_("Write at least %(least)d characters."), code="text_too_short", field=field, least=DECISION_LEAST
        )
    return text


def check_undo(decided_at: datetime, decided_by: int, person_id: int | None, now: datetime) -> None:
    """Ten seconds, and only whoever decided; later a decision is reversed by a new one."""
    if person_id != decided_by:
        raise Forbidden(N_("Only whoever decided can take it back; you can reverse it by a new decision."))
    if not timedelta(0) <= now - decided_at <= UNDO:
        raise Gone(N_("The seconds to take it back are over: reverse it by a new decision."), code="too_late")


def check_another(person_id: int | None, *deciders: int | None) -> None:
    """Who refused does not judge the reply to the refusal."""
    if person_id in deciders:
        raise Forbidden(
            N_("You took part in this decision: another person must reconsider it."),
            code="second_person",
        )
