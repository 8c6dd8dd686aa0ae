"""A session on its first item: who asks for the floor, who gets it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from portal.conferences import undo
from portal.conferences.floor import ask, give
from portal.conferences.floor.board import FloorBoard, floor_board
from portal.conferences.floor.rules import FloorKind
from portal.conferences.hall import acts
from portal.db import db
from tests.hall import Hall

ORDINARY, POINT = FloorKind.ORDINARY, FloorKind.POINT_OF_ORDER


class Floor(Hall):
    """A session on its first item, everybody present, and nobody who speaks."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.open()
        self.item = self.call_item(1)

    def asks(self, number: int, kind: FloorKind = ORDINARY, *, key: str = "", now: datetime | None = None) -> int:
        """Whoever sits there asks from the phone."""
        now = now or self.at(2)
        return ask.ask(self.people[number], self.sitting, kind, key or f"{number}-{kind}", now=now)

    def gives(self, request: int, *, now: datetime | None = None) -> int:
        """The secretariat gives the floor."""
        return give.give(self.secretariat, self.sitting, request, now=now or self.at(3))

    def next(self, *, now: datetime | None = None) -> int | None:
        """The key of the cockpit."""
        return give.next_speaker(self.secretariat, self.sitting, now=now or self.at(3))

    def board(self, at: datetime | None = None) -> FloorBoard:
        """As the secretariat sees it."""
        db.session.rollback()
        return floor_board(self.secretariat, self.sitting, at or self.at(3))

    def waiting(self) -> list[int | None]:
        """The seats in their turn."""
        return [one.voice.seat for one in self.board().queue]

    def back(self, at: datetime) -> None:
        """Undo."""
        db.session.rollback()
        last = acts.last(self.secretariat, self.sitting, at)
        assert last is not None
        undo.undo(self.secretariat, self.sitting, last.id, now=at)
