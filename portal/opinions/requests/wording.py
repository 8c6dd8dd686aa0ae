"""The words for what a request to the Forum can be."""

from __future__ import annotations

from enum import Enum

from portal.kernel.words import N_
from portal.opinions.requests.rules import AnswerOutcome, DocumentKind, Stage, Step

PAIRS: tuple[tuple[Enum, str], ...] = (
    (Stage.REQUESTED, N_("Requested")),
    (Stage.IN_TABLES, N_("Discussed at tables")),
    (Stage.DRAFTING, N_("Text being written")),
    (Stage.AMENDMENTS, N_("Amendments open")),
    (Stage.TEXT_FROZEN, N_("Text frozen")),
    (Stage.VOTED, N_("Voted")),
    (Stage.ADOPTED, N_("Adopted")),
    (Stage.NOT_ADOPTED, N_("Not adopted")),
    (Stage.NO_QUORUM, N_("Without quorum")),
    (Stage.TRANSMITTED, N_("Transmitted to the Council")),
    (Stage.ANSWERED, N_("Answered by the Council")),
    (Stage.EXPIRED, N_("Term over")),
    (Stage.SUSPENDED, N_("Waiting for the Council")),
    (Stage.WITHDRAWN, N_("Request withdrawn")),
    (DocumentKind.OPINION, N_("Opinion of the Forum")),
    (DocumentKind.CERTIFICATE, N_("Certificate that the term is over")),
    (AnswerOutcome.ACCEPTED, N_("Remark accepted")),
    (AnswerOutcome.PARTLY, N_("Remark partly accepted")),
    (AnswerOutcome.NOT_ACCEPTED, N_("Remark not accepted")),
    (Step.TABLES_OPENED, N_("Tables and statements opened")),
    (Step.TABLES_CLOSED, N_("Tables and statements closed")),
    (Step.DRAFTING_BEGUN, N_("Draft begun")),
    (Step.AMENDMENTS_OPENED, N_("Amendments opened")),
    (Step.TEXT_FROZEN, N_("Text frozen")),
    (Step.FINAL_TEXT_FROZEN, N_("Final text frozen")),
    (Step.VOTED, N_("Vote closed")),
    (Step.ADOPTED, N_("Opinion adopted")),
    (Step.NOT_ADOPTED, N_("Opinion not adopted")),
    (Step.NO_QUORUM, N_("No quorum")),
    (Step.DISSENT_CLOSED, N_("Notes of dissent closed")),
)
