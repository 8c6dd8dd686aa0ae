"""Going back to what a hall saw before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from portal.conferences.hall.rules import Shows
from portal.conferences.screen import show


def _screen(before: dict[str, Any], now: datetime) -> None:
    """Show again what was shown; the way it looks is not part of it."""
    screen = show.of_hall(before["sitting"], before["hall"], now)
    for name in show.KEPT:
        setattr(screen, name, Shows(before[name]) if name == "shows" else before[name])
    screen.shown_at = now


INVERSES: dict[str, Callable[[dict[str, Any], datetime], None]] = {show.ACT: _screen}
