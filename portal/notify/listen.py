"""Who hears which entry: every kind of event is heard by somebody or listed as silent."""

from __future__ import annotations

import logging
from collections.abc import Callable

from portal.db import atomic
from portal.journal import unheard
from portal.journal.unheard import Heard
from portal.notify import (
    accounts,
    admission,
    adoption,
    amending,
    comments,
    conferences,
    consultations,
    deliberation,
    drafting,
    forum,
    jobs,
    minutes,
    news,
    opinions,
    proposals,
    requests,
)
from portal.search import follow

log = logging.getLogger(__name__)
Listener = Callable[[Heard], None]


def each(*listeners: Listener) -> Listener:
    """Several who hear the same entry, in one transaction."""

    def hear_it(entry: Heard) -> None:
        for listener in listeners:
            listener(entry)

    return hear_it


HEARD: dict[str, Listener] = {
    "MandateGranted": accounts.granted,
    "MandateEnded": accounts.ended,
    "ConsultationOpened": consultations.opened,
    "ConsultationExtended": consultations.extended,
    "SubmissionMadeReady": comments.made_ready,
    "SubmissionReturned": comments.returned,
    "SubmissionReceived": each(comments.received, news.received),
    "CommentAdmitted": each(comments.decided, news.admitted, drafting.revived),
    "CommentNotAdmitted": each(comments.decided, drafting.reworded),
    "CommentWithdrawn": drafting.reworded,
    "AnswerPublished": each(drafting.published, news.answered),
    "ColleaguesCalled": drafting.called,
    "MailBounced": jobs.bounced,
    "ForumDiscussionOpened": deliberation.opened,
    "ForumStatementRefused": deliberation.refused,
    "ForumDiscussionClosed": deliberation.closed,
    "NoticeSent": conferences.notice_sent,
    "AccreditationGranted": conferences.granted,
    "BadgeIssued": conferences.granted,
    "AccreditationRefused": conferences.refused,
    "AccreditationEnded": conferences.ended,
    "ConvocationReached": conferences.reached,
    "SittingClosed": minutes.ended,
    "ForumRoundOpened": adoption.opened,
    "ForumOpinionAdopted": adoption.adopted,
    "PollAnnulled": adoption.annulled,
    "PollProclaimed": each(opinions.proclaimed, adoption.proclaimed),
    "ForumOpinionRequested": requests.asked,
    "ForumTermInterrupted": requests.interrupted,
    "ForumRapporteurNamed": amending.named,
    "ForumAmendmentsOpened": amending.opened,
    "ForumAmendmentsExtended": amending.extended,
    "ForumAmendmentAccepted": amending.decided,
    "ForumAmendmentToVote": amending.decided,
    "ForumAmendmentInadmissible": amending.decided,
    "ForumAmendmentLapsed": amending.decided,
    "ForumAmendmentSettled": amending.decided,
    "ForumTermRestarted": requests.restarted,
    "ForumRequestWithdrawn": requests.withdrawn,
    "ForumTermExpired": requests.expired,
    "ForumOpinionTransmitted": requests.transmitted,
    "ForumRemarkAnswered": requests.answered,
    "SittingDeserted": each(minutes.ended, opinions.deserted),
    "ForumPaperAdopted": proposals.paper_adopted,
    "ProposalSent": proposals.sent,
    "ProposalPutOnAgenda": proposals.on_agenda,
    "ProposalDecided": proposals.decided,
    "ProposalWithdrawn": proposals.withdrawn,
    "AdmissionOverdue": admission.overdue,
    "AuthorAsked": admission.asked,
    "AuthorAnswered": admission.answered,
    "HidingProposed": admission.to_confirm,
    "PassageHidden": each(admission.hidden, drafting.reworded),
    "PassageRestored": drafting.reworded,
    "RefusalConfirmed": comments.decided,
    "RefusalReplied": admission.replied,
    "JoiningAsked": forum.asked,
    "JoiningAnswered": forum.answered,
    "OrganisationSuspended": forum.suspended,
    "OrganisationReadmitted": forum.readmitted,
    "OrganisationLeft": forum.left,
}
SILENT = frozenset(
    {
        "AccreditationProposed",
        "ActUndone",
        "AgendaChanged",
        "AnswerApproved",
        "AnswerAssigned",
        "AnswerProposed",
        "AnswerReturned",
        "AnswerShared",
        "BodiesImported",
        "BodyChanged",
        "BodyRegistered",
        "CommentKept",
        "CommentReported",
        "ConferenceChanged",
        "ConferenceOpened",
        "ConsultationConcluded",
        "ConvocationAsked",
        "ConvocationSupportWithdrawn",
        "ConvocationSupported",
        "CoverageSaid",
        "CoverageUnsaid",
        "DecisionUndone",
        "DissentSealed",
        "DissentSigned",
        "DissentTakenBack",
        "DissentUnsigned",
        "DissentWritten",
        "DuplicateConfirmed",
        "DuplicateDenied",
        "DuplicateFound",
        "DuplicateParted",
        "FloorAsked",
        "FloorSettled",
        "ForumDiscussionMoved",
        "ForumNoteApproved",
        "ForumNoteWritten",
        "ForumStatementAdmitted",
        "ForumStatementMerged",
        "ForumStatementOffered",
        "ForumStatementWithdrawn",
        "ForumTableChanged",
        "ForumTableJoined",
        "ForumTableLeft",
        "ForumTableOpened",
        "ForumTableProposalWithdrawn",
        "ForumTableProposed",
        "ForumAmendmentProposed",
        "ForumAmendmentReopened",
        "ForumAmendmentSigned",
        "ForumAmendmentUnsigned",
        "ForumAmendmentWithdrawn",
        "ForumDraftArranged",
        "ForumFinalTextFrozen",
        "ForumRulesRevised",
        "ForumSectionWritten",
        "ForumSourcesCited",
        "ForumTextFrozen",
        "ForumPaperBegun",
        "ForumPaperWritten",
        "ForumOpinionDrawnUp",
        "ForumVoteCalled",
        "ForumVoteCarriedOver",
        "ForumVoteTakenBack",
        "HelpAnswered",
        "HelpAsked",
        "HiddenFileOpened",
        "HidingDeclined",
        "IncidentNoted",
        "IndicationClosed",
        "IndicationGiven",
        "IndicationOpened",
        "ItemCalled",
        "ItemEnded",
        "ItemMoved",
        "JoiningDecided",
        "JoiningQuestioned",
        "LetterRegistered",
        "LetterSetAside",
        "MailChosen",
        "MailResent",
        "MembershipAdded",
        "MembershipEnded",
        "MinutesApproved",
        "MinutesCorrectionAsked",
        "MinutesDrawnUp",
        "MinutesPublished",
        "MinutesRegenerated",
        "MinutesRevised",
        "MinutesSignatureGiven",
        "MinutesSignatureWithdrawn",
        "MinutesSigned",
        "NoteWritten",
        "NoticeAccepted",
        "OpinionDissentNoted",
        "OpinionNotRendered",
        "OpinionOverridden",
        "OpinionOverrideAsked",
        "OpinionOverrideRefused",
        "OpinionPutToVote",
        "OpinionRendered",
        "OpinionRequested",
        "OpinionSittingTied",
        "OpinionTextWritten",
        "OpinionTransmitted",
        "OrganisationAdmitted",
        "OrganisationDescribed",
        "OriginalOpened",
        "PaperAdded",
        "PaperRemoved",
        "PasswordSet",
        "PersonAdded",
        "PersonCorrected",
        "PersonErased",
        "PlanImported",
        "PollClosed",
        "PollAnnulmentAsked",
        "PollAnnulmentRefused",
        "PollEndSet",
        "PollMoved",
        "PollOpened",
        "PollPrepared",
        "PollTied",
        "PresenceClaimSettled",
        "PresenceClaimed",
        "ProposalApprovalTakenBack",
        "ProposalApproved",
        "ProposalSupportEnded",
        "ProposalSupported",
        "ProposalWritten",
        "QueueChanged",
        "QuorumLost",
        "QuorumRegained",
        "ReceiptFiled",
        "RemarkMade",
        "RemarkRaised",
        "RemarkRead",
        "RemarkTagged",
        "RemarkTied",
        "RemarkUntagged",
        "ReservedExportTaken",
        "RollAnswered",
        "RollCallBegun",
        "RollCallEnded",
        "RollDiffered",
        "RuleSetRevised",
        "ScreenSetUp",
        "ScreenShown",
        "SeatDelegated",
        "SeatEntered",
        "SeatHandedOver",
        "SeatLeft",
        "SeatTakenLate",
        "SignedIn",
        "SignedOut",
        "SittingChanged",
        "SittingDropped",
        "SittingOpened",
        "SittingPlanned",
        "SittingResumed",
        "SittingRulesRevised",
        "SittingSuspended",
        "SnapshotFrozen",
        "SpeechBegun",
        "SpeechEnded",
        "SpeechExtended",
        "SpeechNoted",
        "SpeechPaused",
        "SpeechResumed",
        "SubmissionDiscarded",
        "TagChanged",
        "TagMade",
        "TagRetired",
        "TallyConfirmed",
        "TallyProposed",
        "TallyRefused",
        "VersionPublished",
    }
)


def hear() -> int:
    """Deal with what has happened since; return how many entries were heard.

    An entry whose letters cannot be written stays where it is and is tried again; it does not hold up the others.
    """
    kinds = unheard.kinds_waiting()
    if nobodys := kinds & SILENT - follow.KINDS.keys():
        unheard.pass_over(nobodys)
    heard, last, wanted = 0, 0, kinds & (HEARD.keys() | follow.KINDS.keys())
    while waiting := unheard.pending(wanted, after=last):
        for entry_id in waiting:
            try:
                heard += hear_one(entry_id)
            except Exception:
                log.exception("nobody could be told of entry %s of the journal", entry_id)
        last = waiting[-1]
    return heard


@atomic()
def hear_one(entry_id: int) -> bool:
    """Queue the letters of one entry, index its words, and mark it heard, all or nothing; False if another has it."""
    entry = unheard.take(entry_id)
    if entry is None:
        return False
    if entry.kind in follow.KINDS:
        follow.heard(entry)
    if entry.kind in HEARD:
        HEARD[entry.kind](entry)
    return True
