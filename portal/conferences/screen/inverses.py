"""Going back to what a hall saw before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any

from portal.conferences.hall.rules import Shows, Theme
from portal.conferences.screen import show
from portal.db import db

_KINDS: dict[str, type[StrEnum]] = {"shows": Shows, "theme": Theme}


def _screen(before: dict[str, Any], now: datetime) -> None:
    """The screen as it was, with its name and its colours."""
    screen = show.of_hall(before["sitting"], before["hall"], now)
    for name in show.KEPT:
        setattr(screen, name, _KINDS[name](before[name]) if name in _KINDS else before[name])
    screen.shown_at = now


def _added(before: dict[str, Any], now: datetime) -> None:
    """The hall is not there any more."""
    db.session.delete(show.of_hall(before["sitting"], before["hall"], now))


INVERSES: dict[str, Callable[[dict[str, Any], datetime], None]] = {show.ACT: _screen, show.ADDED: _added}
