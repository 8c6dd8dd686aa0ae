"""The words for what a request for an opinion can be."""

from __future__ import annotations

from enum import Enum

from portal.kernel.words import N_
from portal.opinions.rules import DocumentKind, OpinionKind, Result, Stage

PAIRS: tuple[tuple[Enum, str], ...] = (
    (OpinionKind.FAVOURABLE, N_("Favourable")),
    (OpinionKind.WITH_REMARKS, N_("Favourable with numbered remarks")),
    (OpinionKind.CONTRARY, N_("Contrary")),
    (Result.REACHED, N_("Opinion reached")),
    (Result.NOT_REACHED, N_("Not reached")),
    (Result.DESERTED, N_("Deserted")),
    (Stage.REQUESTED, N_("Requested")),
    (Stage.PROPOSED, N_("Text proposed")),
    (Stage.NOT_REACHED, N_("Not reached, to be repeated")),
    (Stage.REACHED, N_("Reached, document to be drawn up")),
    (Stage.RENDERED, N_("Opinion rendered")),
    (Stage.NOT_RENDERED, N_("Opinion not rendered")),
    (Stage.TRANSMITTED, N_("Transmitted to the Council")),
    (DocumentKind.OPINION, N_("Opinion of the Conferenza")),
    (DocumentKind.CERTIFICATE, N_("Certificate that no opinion was rendered")),
)
