"""Words for what a hall sees."""

from __future__ import annotations

from enum import Enum

from portal.conferences.hall.rules import Shows, Theme
from portal.kernel.words import N_

PAIRS: tuple[tuple[Enum, str], ...] = (
    (Shows.WAITING, N_("Order of the day")),
    (Shows.ITEM, N_("Item of the agenda")),
    (Shows.PARAGRAPH, N_("Text of an action")),
    (Shows.REMARK, N_("Remark shown")),
    (Shows.INDICATION, N_("Indications of the bodies")),
    (Shows.POLL, N_("Vote shown")),
    (Shows.MESSAGE, N_("Message shown")),
    (Theme.LIGHT, N_("Dark on light")),
    (Theme.DARK, N_("Light on dark")),
)
