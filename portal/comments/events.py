"""What happened to consultations and remarks; stream `consultation:N`."""

from __future__ import annotations

from dataclasses import dataclass

from portal.kernel.events import Audience, Event


@dataclass(frozen=True)
class CommentAdmitted(Event):
    """The secretariat let a remark stand; said again when it reverses a refusal."""

    STREAM = "consultation:{consultation_id}"
    AUDIENCE = Audience.PUBLIC
    consultation_id: int
    comment_id: int
    number: int
    decision_id: int


@dataclass(frozen=True)
class CommentNotAdmitted(Event):
    """The secretariat did not let a remark stand; the reason is a code, its words stay out of the record."""

    STREAM = "consultation:{consultation_id}"
    AUDIENCE = Audience.PUBLIC
    consultation_id: int
    comment_id: int
    number: int
    decision_id: int
    reason_code: str
    text_commitment: str
