"""The words for what bodies say of an action; in one place for pages, files and minutes."""

from __future__ import annotations

from enum import Enum

from portal.conferences.table.rules import Order, Stance
from portal.kernel.words import N_

PAIRS: tuple[tuple[Enum, str], ...] = (
    (Stance.FAVOURABLE, N_("Favourable")),
    (Stance.WITH_REMARKS, N_("Favourable with remarks")),
    (Stance.CONTRARY, N_("Contrary")),
    (Order.ARRIVAL, N_("As they came")),
    (Order.PLACE, N_("By place in the plan")),
)
