"""Ring when entries have been committed, so that whoever tells them need not wait for its next look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

_RECORDED = "recorded"
_ringers: list[Callable[[], None]] = []


def on_commit(ring: Callable[[], None]) -> None:
    """Call this after each commit that added entries; what it does must be quick and must not fail."""
    if ring not in _ringers:
        _ringers.append(ring)


def pull(session: Session) -> None:
    """Remember that the running transaction has added an entry."""
    session.info[_RECORDED] = True


@event.listens_for(Session, "after_commit")
def _committed(session: Any) -> None:
    if session.info.pop(_RECORDED, False):
        for ring in _ringers:
            ring()


@event.listens_for(Session, "after_rollback")
def _rolled_back(session: Any) -> None:
    session.info.pop(_RECORDED, None)
