"""How an enum value looks on a page: its words, a tone and an icon, never colour alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from flask_babel import gettext
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from portal.comments.admission_rules import Act
from portal.comments.registration_rules import RegistrationState
from portal.comments.rules import CommentKind, CommentState, Phase, SubmissionState
from portal.conferences.accreditation_rules import AccreditationState
from portal.conferences.floor.rules import Ending, FloorKind, SpeechKind
from portal.conferences.floor.timing import Phase as SpeechPhase
from portal.conferences.hall.rules import ItemState
from portal.conferences.minutes.rules import MinutesState
from portal.conferences.rules import ItemKind, NoticeKind, ReceiptKind, SittingState, Visibility
from portal.conferences.table.rules import Stance
from portal.drafting.rules import AnswerState, Outcome
from portal.forms import labels
from portal.forum.rules import ApplicationState, ForumKey
from portal.forum.rules import Standing as ForumStanding
from portal.jobs.rules import MailState
from portal.opinions.adoption.rules import Result as VoteResult
from portal.opinions.amending import rules as amending
from portal.opinions.deliberation.counting import Mark
from portal.opinions.deliberation.rules import Origin, StatementState, Weight
from portal.opinions.deliberation.rules import Phase as DiscussionPhase
from portal.opinions.proposals.rules import Answer, Awaited, Degree, ProposalStage
from portal.opinions.requests import rules as requests
from portal.opinions.rules import DocumentKind, OpinionKind, Result, Stage
from portal.plan.comparison import Fate
from portal.plan.rules import Priority, VersionState
from portal.voting.rules import Choice, PollState
from portal.voting.thresholds import Verdict

_PAIRS: tuple[tuple[Enum, tuple[str, str]], ...] = (
    (VersionState.DRAFT, ("muted", "pencil")),
    (VersionState.PUBLISHED, ("success", "check-circle")),
    (VersionState.SUPERSEDED, ("muted", "clock")),
    (ForumKey.METROPOLITAN, ("info", "user")),
    (ForumKey.YOUTH, ("info", "user")),
    (ForumStanding.MEMBER, ("success", "check-circle")),
    (ForumStanding.SUSPENDED, ("warning", "ban")),
    (ForumStanding.LEFT, ("muted", "minus-circle")),
    (ForumStanding.TO_COME, ("info", "calendar")),
    (ApplicationState.WRITTEN, ("muted", "mail")),
    (ApplicationState.RECEIVED, ("warning", "inbox")),
    (ApplicationState.ASKED, ("info", "clock")),
    (ApplicationState.ADMITTED, ("success", "check-circle")),
    (ApplicationState.REFUSED, ("danger", "close-circle")),
    (ApplicationState.WITHDRAWN, ("muted", "minus-circle")),
    (Fate.SAME, ("muted", "check")),
    (Fate.CHANGED, ("info", "pencil")),
    (Fate.MOVED, ("info", "exchange-circle")),
    (Fate.NEW, ("success", "plus-circle")),
    (Fate.GONE, ("danger", "minus-circle")),
    (Priority.HIGH, ("warning", "star-full")),
    (Priority.MEDIUM, ("info", "star-outline")),
    (Priority.LOW, ("muted", "star-outline")),
    (Phase.SCHEDULED, ("info", "calendar")),
    (Phase.OPEN, ("success", "comment")),
    (Phase.CLOSED, ("warning", "clock")),
    (Phase.CONCLUDED, ("muted", "check-circle")),
    (CommentKind.SUPPORT, ("success", "check")),
    (CommentKind.CHANGE_REQUEST, ("info", "pencil")),
    (CommentKind.OBJECTION, ("danger", "close")),
    (CommentKind.QUESTION, ("info", "help")),
    (CommentKind.DATA_CORRECTION, ("warning", "search")),
    (CommentKind.NEW_ACTION, ("info", "plus")),
    (CommentKind.COMMITMENT, ("success", "link")),
    (SubmissionState.DRAFT, ("muted", "pencil")),
    (SubmissionState.READY, ("warning", "pencil")),
    (SubmissionState.SUBMITTED, ("success", "mail")),
    (SubmissionState.WITHDRAWN, ("muted", "close")),
    (SubmissionState.DISCARDED, ("muted", "close")),
    (RegistrationState.OPEN, ("warning", "pencil")),
    (RegistrationState.REGISTERED, ("success", "check")),
    (RegistrationState.DISCARDED, ("muted", "close")),
    (CommentState.DRAFT, ("muted", "pencil")),
    (CommentState.SUBMITTED, ("warning", "clock")),
    (CommentState.ADMITTED, ("success", "check")),
    (CommentState.NOT_ADMITTED, ("danger", "close-circle")),
    (CommentState.WITHDRAWN, ("muted", "close")),
    (Act.ADMITTED, ("success", "check")),
    (Act.NOT_ADMITTED, ("danger", "close-circle")),
    (Act.CONFIRMED, ("danger", "close-circle")),
    (Act.HIDDEN, ("warning", "password-invisible")),
    (Act.RESTORED, ("info", "unlocked")),
    (Act.KEPT, ("success", "check-circle")),
    (Act.UNDONE, ("muted", "restore")),
    (AnswerState.ASSIGNED, ("muted", "user")),
    (AnswerState.PROPOSED, ("warning", "pencil")),
    (AnswerState.APPROVED, ("info", "check")),
    (AnswerState.PUBLISHED, ("success", "check-circle")),
    (Outcome.ACCEPTED, ("success", "check-circle")),
    (Outcome.PARTIALLY_ACCEPTED, ("success", "check")),
    (Outcome.NOT_ACCEPTED, ("danger", "close-circle")),
    (Outcome.ALREADY_PROVIDED, ("info", "check")),
    (Outcome.NOT_PERTINENT, ("muted", "close")),
    (Outcome.DEFERRED, ("warning", "calendar")),
    (Outcome.NOTED, ("info", "info-circle")),
    (PollState.PREPARED, ("muted", "pencil")),
    (PollState.OPEN, ("success", "clock")),
    (PollState.CLOSED, ("warning", "check")),
    (PollState.PROCLAIMED, ("info", "check-circle")),
    (PollState.ANNULLED, ("danger", "close-circle")),
    (Choice.YES, ("success", "check")),
    (Choice.NO, ("danger", "close")),
    (Choice.ABSTAIN, ("warning", "minus")),
    (Choice.PRESENT_NOT_VOTING, ("muted", "user")),
    (Choice.WITHDRAWN, ("muted", "close")),
    (MailState.WAITING, ("muted", "clock")),
    (MailState.FAILED, ("warning", "refresh")),
    (MailState.SENT, ("success", "check")),
    (MailState.BOUNCED, ("danger", "close-circle")),
    (VoteResult.PASSED, ("success", "check-circle")),
    (VoteResult.NOT_PASSED, ("danger", "close-circle")),
    (VoteResult.NO_QUORUM, ("danger", "close-circle")),
    (Verdict.PASSED, ("success", "check-circle")),
    (Verdict.NOT_REACHED, ("danger", "close-circle")),
    (Verdict.NO_QUORUM, ("danger", "close-circle")),
    (SittingState.PLANNED, ("muted", "pencil")),
    (SittingState.CONVENED, ("success", "calendar")),
    (SittingState.ROLL_CALL, ("info", "user")),
    (SittingState.IN_SESSION, ("success", "check-circle")),
    (SittingState.SUSPENDED, ("warning", "clock")),
    (SittingState.CLOSED, ("muted", "locked")),
    (SittingState.DESERTED, ("danger", "ban")),
    (SittingState.CANCELLED, ("danger", "close-circle")),
    (Visibility.PUBLIC, ("info", "password-visible")),
    (ItemState.PENDING, ("muted", "clock")),
    (ItemState.IN_DISCUSSION, ("success", "comment")),
    (ItemState.CONCLUDED, ("info", "check")),
    (ItemState.WITHDRAWN, ("muted", "close")),
    (ItemState.ADJOURNED, ("warning", "calendar")),
    (Visibility.RESERVED, ("muted", "locked")),
    (ItemKind.INFORMATION, ("muted", "info-circle")),
    (ItemKind.CONTRIBUTION, ("info", "comment")),
    (ItemKind.OPINION, ("warning", "check-circle")),
    (ItemKind.RESOLUTION, ("warning", "check-circle")),
    (ItemKind.OTHER_BUSINESS, ("muted", "more-items")),
    (NoticeKind.CONVOCATION, ("info", "mail")),
    (NoticeKind.ADDENDUM, ("warning", "plus")),
    (NoticeKind.CANCELLATION, ("danger", "close-circle")),
    (ReceiptKind.ACCEPTED, ("info", "check")),
    (ReceiptKind.DELIVERED, ("success", "check-circle")),
    (ReceiptKind.FAILED, ("danger", "close-circle")),
    (MinutesState.DRAFT, ("muted", "pencil")),
    (MinutesState.SIGNED, ("info", "file-signed")),
    (MinutesState.APPROVED, ("success", "check-circle")),
    (AccreditationState.PROPOSED, ("warning", "clock")),
    (AccreditationState.GRANTED, ("success", "check-circle")),
    (AccreditationState.REFUSED, ("danger", "close-circle")),
    (AccreditationState.ENDED, ("muted", "close")),
    (FloorKind.POINT_OF_ORDER, ("danger", "flag")),
    (FloorKind.PERSONAL_STATEMENT, ("warning", "user")),
    (FloorKind.EXPLANATION_OF_VOTE, ("info", "check-circle")),
    (FloorKind.REPLY, ("info", "exchange-circle")),
    (FloorKind.ORDINARY, ("muted", "comment")),
    (SpeechKind.POINT_OF_ORDER, ("danger", "flag")),
    (SpeechKind.REPORT, ("info", "presentation")),
    (Ending.CUT_OFF, ("danger", "close-circle")),
    (Ending.INTERRUPTED, ("warning", "flag")),
    (SpeechPhase.RUNNING, ("success", "clock")),
    (SpeechPhase.WARNING, ("warning", "clock")),
    (SpeechPhase.OVERRUN, ("danger", "warning-circle")),
    (SpeechPhase.PAUSED, ("muted", "minus-circle")),
    (SpeechPhase.ENDED, ("muted", "check")),
    (Stance.FAVOURABLE, ("success", "check")),
    (Stance.WITH_REMARKS, ("warning", "comment")),
    (Stance.CONTRARY, ("danger", "close")),
    (OpinionKind.FAVOURABLE, ("success", "check-circle")),
    (OpinionKind.WITH_REMARKS, ("warning", "comment")),
    (OpinionKind.CONTRARY, ("danger", "close-circle")),
    (Result.REACHED, ("success", "check-circle")),
    (Result.NOT_REACHED, ("danger", "close-circle")),
    (Result.DESERTED, ("muted", "ban")),
    (Stage.REQUESTED, ("info", "mail")),
    (Stage.PROPOSED, ("info", "pencil")),
    (Stage.NOT_REACHED, ("warning", "refresh")),
    (Stage.REACHED, ("success", "check")),
    (Stage.RENDERED, ("success", "check-circle")),
    (Stage.NOT_RENDERED, ("danger", "close-circle")),
    (Stage.TRANSMITTED, ("info", "check-circle")),
    (Origin.SECRETARIAT, ("muted", "pa")),
    (Origin.RAPPORTEUR, ("muted", "pencil")),
    (Origin.ORGANISATION, ("muted", "user")),
    (StatementState.OFFERED, ("warning", "clock")),
    (StatementState.ADMITTED, ("success", "check")),
    (StatementState.REFUSED, ("danger", "close-circle")),
    (StatementState.WITHDRAWN, ("muted", "close")),
    (StatementState.MERGED, ("info", "link")),
    (Weight.AGREE, ("success", "check")),
    (Weight.DISAGREE, ("danger", "close")),
    (Weight.PASSES, ("muted", "minus")),
    (DiscussionPhase.AHEAD, ("info", "calendar")),
    (DiscussionPhase.RUNNING, ("success", "comment")),
    (DiscussionPhase.ENDED, ("muted", "check-circle")),
    (Mark.AGREED, ("success", "check-circle")),
    (Mark.REJECTED, ("danger", "close-circle")),
    (Mark.DIVISIVE, ("warning", "exchange-circle")),
    (Mark.UNCERTAIN, ("muted", "help-circle")),
    (DocumentKind.OPINION, ("success", "file-signed")),
    (DocumentKind.CERTIFICATE, ("warning", "file")),
    (ProposalStage.WRITTEN, ("muted", "pencil")),
    (ProposalStage.APPROVED, ("info", "check")),
    (ProposalStage.SENT, ("info", "mail")),
    (ProposalStage.ON_AGENDA, ("info", "calendar")),
    (ProposalStage.DECIDED, ("success", "check-circle")),
    (ProposalStage.WITHDRAWN, ("muted", "close")),
    (Answer.ACCEPTED, ("success", "check-circle")),
    (Answer.PARTLY, ("warning", "check")),
    (Answer.NOT_ACCEPTED, ("danger", "close-circle")),
    (Awaited.AGENDA, ("muted", "calendar")),
    (Awaited.DECISION, ("muted", "check")),
    (Degree.COVERED, ("success", "check-circle")),
    (Degree.PARTLY, ("warning", "minus-circle")),
    (Degree.NOT_COVERED, ("danger", "close-circle")),
    (requests.Stage.REQUESTED, ("info", "mail")),
    (requests.Stage.IN_TABLES, ("info", "comment")),
    (requests.Stage.DRAFTING, ("info", "pencil")),
    (requests.Stage.AMENDMENTS, ("info", "plus-circle")),
    (requests.Stage.TEXT_FROZEN, ("info", "locked")),
    (requests.Stage.VOTED, ("info", "box")),
    (requests.Stage.ADOPTED, ("success", "check-circle")),
    (requests.Stage.NOT_ADOPTED, ("danger", "close-circle")),
    (requests.Stage.NO_QUORUM, ("warning", "refresh")),
    (requests.Stage.TRANSMITTED, ("success", "check-circle")),
    (requests.Stage.ANSWERED, ("success", "check-circle")),
    (requests.Stage.EXPIRED, ("warning", "clock")),
    (requests.Stage.SUSPENDED, ("warning", "help-circle")),
    (requests.Stage.WITHDRAWN, ("muted", "ban")),
    (requests.DocumentKind.OPINION, ("success", "file-signed")),
    (requests.DocumentKind.CERTIFICATE, ("warning", "file")),
    (requests.AnswerOutcome.ACCEPTED, ("success", "check-circle")),
    (requests.AnswerOutcome.PARTLY, ("warning", "comment")),
    (requests.AnswerOutcome.NOT_ACCEPTED, ("danger", "close-circle")),
    (amending.AmendmentState.PROPOSED, ("info", "pencil")),
    (amending.AmendmentState.ACCEPTED, ("success", "check-circle")),
    (amending.AmendmentState.TO_VOTE, ("warning", "box")),
    (amending.AmendmentState.INADMISSIBLE, ("danger", "ban")),
    (amending.AmendmentState.WITHDRAWN, ("muted", "close")),
    (amending.AmendmentState.LAPSED, ("muted", "minus-circle")),
    (amending.AmendmentState.PASSED, ("success", "check-circle")),
    (amending.AmendmentState.REJECTED, ("danger", "close-circle")),
    (amending.AmendmentKind.SUPPRESSIVE, ("danger", "minus-circle")),
    (amending.AmendmentKind.SUBSTITUTIVE, ("info", "exchange-circle")),
    (amending.AmendmentKind.MODIFYING, ("info", "pencil")),
    (amending.AmendmentKind.ADDITIVE, ("success", "plus-circle")),
    (amending.Phase.DRAFT, ("muted", "pencil")),
    (amending.Phase.OPEN, ("success", "comment")),
    (amending.Phase.CLOSED, ("warning", "clock")),
    (amending.Phase.FROZEN, ("info", "locked")),
    (amending.Phase.FINAL, ("success", "check-circle")),
)
_LOOKS = {(type(value), value.name): look for value, look in _PAIRS}


@dataclass(frozen=True)
class Label:
    """Words, tone (success, info, warning, danger, muted) and the name of an icon."""

    text: str
    tone: str = "muted"
    icon: str = "info-circle"


def label(value: Enum) -> Label:
    """The label of an enum value in the reader's language."""
    return Label(gettext(labels.words(value)), *_LOOKS.get((type(value), value.name), ()))


def options(values: Iterable[Enum], empty: str | None = None) -> list[SelectChoice]:
    """Enum values as the choices of a list, in the reader's language; `empty` is the choice of none of them."""
    first = [] if empty is None else [SelectChoice("", empty)]
    return [*first, *(SelectChoice(value.value, gettext(labels.words(value))) for value in values)]
