"""Statute art. 9, 12-13, 32 c.7: when remarks are received, what states they pass through, and who may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from portal.kernel.errors import Forbidden, Invalid
from portal.kernel.machine import Machine
from portal.kernel.words import N_


class Admission(StrEnum):
    """When the secretariat looks at a remark: before it is public, or after."""

    BEFORE = "before_publication"
    AFTER = "after_publication"


class CommentKind(StrEnum):
    """What a remark asks for."""

    SUPPORT = "support"
    CHANGE_REQUEST = "change_request"
    OBJECTION = "objection"
    QUESTION = "question"
    DATA_CORRECTION = "data_correction"
    NEW_ACTION = "new_action"
    COMMITMENT = "commitment"


class SubmissionState(StrEnum):
    """A draft is written, made ready for the signatory, submitted; or discarded before, withdrawn after."""

    DRAFT = "draft"
    READY = "ready"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


class CommentState(StrEnum):
    """Where one remark stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ADMITTED = "admitted"
    NOT_ADMITTED = "not_admitted"
    WITHDRAWN = "withdrawn"


class ReasonCode(StrEnum):
    """Why a remark was not admitted."""

    OFF_TOPIC = "off_topic"
    DUPLICATE = "duplicate"
    PERSONAL_DATA = "personal_data"
    OFFENSIVE = "offensive"
    NO_STANDING = "no_standing"
    UNREADABLE = "unreadable"


class Phase(StrEnum):
    """Where a consultation stands at an instant; derived, never stored."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    CONCLUDED = "concluded"


SUBMISSION_MACHINE = Machine[SubmissionState](
    {
        SubmissionState.DRAFT: frozenset({SubmissionState.READY, SubmissionState.SUBMITTED, SubmissionState.DISCARDED}),
        SubmissionState.READY: frozenset({SubmissionState.DRAFT, SubmissionState.SUBMITTED, SubmissionState.DISCARDED}),
        SubmissionState.SUBMITTED: frozenset({SubmissionState.WITHDRAWN}),
    }
)
COMMENT_MACHINE = Machine[CommentState](
    {
        CommentState.DRAFT: frozenset({CommentState.SUBMITTED}),
        CommentState.SUBMITTED: frozenset({CommentState.ADMITTED, CommentState.NOT_ADMITTED, CommentState.WITHDRAWN}),
        CommentState.ADMITTED: frozenset({CommentState.NOT_ADMITTED, CommentState.WITHDRAWN}),
        CommentState.NOT_ADMITTED: frozenset({CommentState.ADMITTED}),
    }
)


def phase(opens_at: datetime, deadline_at: datetime, concluded_at: datetime | None, now: datetime) -> Phase:
    """Compare instants; the deadline itself is the first instant that is late."""
    if concluded_at and now >= concluded_at:
        return Phase.CONCLUDED
    if now < opens_at:
        return Phase.SCHEDULED
    return Phase.OPEN if now < deadline_at else Phase.CLOSED


@dataclass(frozen=True)
class Reception:
    """Whether a submission is received at an instant, and by how much it is late."""

    received: bool
    late_by: timedelta

    @property
    def is_late(self) -> bool:
        """True from the deadline's own instant on."""
        return self.received and self.late_by >= timedelta(0)


def reception(opens_at: datetime, deadline_at: datetime, concluded_at: datetime | None, now: datetime) -> Reception:
    """Before the opening and after the conclusion nothing is received; in between late ones are received as late."""
    state = phase(opens_at, deadline_at, concluded_at, now)
    return Reception(state in {Phase.OPEN, Phase.CLOSED}, now - deadline_at)


class Reader(StrEnum):
    """In what quality somebody reads a remark."""

    PUBLIC = "public"
    OWN_BODY = "own_body"
    SECRETARIAT = "secretariat"
    DRAFTING = "drafting"


_ALL = frozenset(CommentState)
_PAST_DRAFT = _ALL - {CommentState.DRAFT}


def visible_states(reader: Reader, admission: Admission) -> frozenset[CommentState]:
    """The one decision on what is hidden: the states whose text this reader may see in a consultation.

    Not-admitted and withdrawn texts are never public; with admission before publication neither are undecided ones.
    """
    if reader is Reader.OWN_BODY:
        return _ALL
    if reader is Reader.SECRETARIAT:
        return _PAST_DRAFT
    if admission is Admission.AFTER:
        return frozenset({CommentState.SUBMITTED, CommentState.ADMITTED})
    return frozenset({CommentState.ADMITTED})


def may_see(reader: Reader, state: CommentState, admission: Admission) -> bool:
    """True if the text of a remark in this state is for this reader's eyes."""
    return state in visible_states(reader, admission)


DECISION_LEAST = 20  # code points: the author is owed a sentence, not a word
DECISION_LIMIT = 2_000


def check_decision(admitted: bool, reason: ReasonCode | None, text: str) -> ReasonCode | None:
    """Art. 12: a refusal has a reason from the list and words to the author; an admission needs neither."""
    if admitted:
        return None
    if reason is None:
        raise Invalid(N_("Choose why the remark is not admitted."), code="reason_missing", field="reason_code")
    if len(text) < DECISION_LEAST:
        raise Invalid(
            N_("Explain the decision to the author in at least %(least)d characters."),
            code="text_too_short",
            field="text",
            least=DECISION_LEAST,
        )
    return reason


def check_not_author(person_id: int | None, *authors: int | None) -> None:
    """Who wrote or signed a remark neither decides on it nor answers it, whatever mandate they act under."""
    if person_id is None:
        raise Forbidden(N_("A person must do this: it cannot be done from the console."), code="needs_person")
    if person_id in authors:
        raise Forbidden(N_("You wrote or signed this remark: somebody else must deal with it."), code="own_remark")
