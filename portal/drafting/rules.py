"""Statute art. 12 and 30 c.4: what an answer must be before it may be published."""

from __future__ import annotations

from enum import StrEnum

from portal.kernel.errors import Conflict, Invalid
from portal.kernel.machine import Machine
from portal.kernel.words import N_

MIN_REASON = 40  # code points: less than this is a formula, not a reason


class AnswerState(StrEnum):
    """How far an answer has come."""

    ASSIGNED = "assigned"
    PROPOSED = "proposed"
    APPROVED = "approved"
    PUBLISHED = "published"


class Outcome(StrEnum):
    """What becomes of a remark."""

    ACCEPTED = "accepted"
    PARTIALLY_ACCEPTED = "partially_accepted"
    NOT_ACCEPTED = "not_accepted"
    ALREADY_PROVIDED = "already_provided"
    NOT_PERTINENT = "not_pertinent"
    DEFERRED = "deferred_to_implementation"
    NOTED = "noted"


ANSWER_MACHINE = Machine[AnswerState](
    {
        AnswerState.ASSIGNED: frozenset({AnswerState.PROPOSED}),
        AnswerState.PROPOSED: frozenset({AnswerState.PROPOSED, AnswerState.APPROVED, AnswerState.ASSIGNED}),
        AnswerState.APPROVED: frozenset({AnswerState.PUBLISHED, AnswerState.ASSIGNED}),
    }
)


def check_reason(text: str) -> str:
    """An answer gives reasons of its own (art. 30 c.4): refuse one too short to be any."""
    if len(text) < MIN_REASON:
        raise Invalid(
            N_("Give the reasons of the answer in at least %(least)d characters."),
            code="reason_too_short",
            field="text",
            least=MIN_REASON,
        )
    return text


def check_second_person(proposer_id: int | None, approver_id: int | None) -> None:
    """Two persons answer: who proposed does not approve, whatever mandate they act under."""
    if proposer_id is not None and proposer_id == approver_id:
        raise Conflict(N_("You proposed this answer: another person must approve it."), code="second_person")
