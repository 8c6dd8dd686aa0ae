"""The words for what a proposal and an item of the Forum's document can be."""

from __future__ import annotations

from enum import Enum

from portal.kernel.words import N_
from portal.opinions.proposals.rules import Answer, Awaited, Degree, ProposalStage

PAIRS: tuple[tuple[Enum, str], ...] = (
    (ProposalStage.WRITTEN, N_("Being written")),
    (ProposalStage.APPROVED, N_("Approved, to be sent")),
    (ProposalStage.SENT, N_("Sent to the Council")),
    (ProposalStage.ON_AGENDA, N_("On the Council’s agenda")),
    (ProposalStage.DECIDED, N_("Decided by the Council")),
    (ProposalStage.WITHDRAWN, N_("Withdrawn")),
    (Answer.ACCEPTED, N_("Accepted")),
    (Answer.PARTLY, N_("Accepted in part")),
    (Answer.NOT_ACCEPTED, N_("Not accepted")),
    (Awaited.AGENDA, N_("To be put on the Council’s agenda")),
    (Awaited.DECISION, N_("To be decided by the Council")),
    (Degree.COVERED, N_("Covered")),
    (Degree.PARTLY, N_("Covered in part")),
    (Degree.NOT_COVERED, N_("Not covered")),
)
