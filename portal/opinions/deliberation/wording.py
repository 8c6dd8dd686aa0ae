"""The words for what a discussion of the Forum can be."""

from __future__ import annotations

from enum import Enum

from portal.kernel.words import N_
from portal.opinions.deliberation.counting import Mark, Order
from portal.opinions.deliberation.rules import Decision, Origin, Phase, StatementState, Weight

PAIRS: tuple[tuple[Enum, str], ...] = (
    (Origin.SECRETARIAT, N_("Of the secretariat")),
    (Origin.RAPPORTEUR, N_("Of the rapporteur")),
    (Origin.ORGANISATION, N_("Of an organisation")),
    (StatementState.OFFERED, N_("Offered, to be admitted")),
    (StatementState.ADMITTED, N_("Admitted")),
    (StatementState.REFUSED, N_("Not admitted")),
    (StatementState.WITHDRAWN, N_("Withdrawn")),
    (StatementState.MERGED, N_("Merged into another")),
    (Weight.AGREE, N_("Agreement")),
    (Weight.DISAGREE, N_("Disagreement")),
    (Weight.PASSES, N_("Pass")),
    (Phase.AHEAD, N_("Not begun yet")),
    (Phase.RUNNING, N_("Under way")),
    (Phase.ENDED, N_("Discussion over")),
    (Decision.ADMIT, N_("Admit it")),
    (Decision.REFUSE, N_("Do not admit it")),
    (Decision.MERGE, N_("Merge it into another")),
    (Mark.AGREED, N_("Agreed by all")),
    (Mark.REJECTED, N_("Rejected by all")),
    (Mark.DIVISIVE, N_("Dividing")),
    (Mark.UNCERTAIN, N_("Uncertain")),
    (Order.NUMBER, N_("By number")),
    (Order.AGREED, N_("Most agreed in all categories")),
    (Order.DIVISIVE, N_("Most dividing")),
    (Order.UNCERTAIN, N_("Most uncertain")),
)
