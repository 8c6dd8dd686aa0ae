"""Entries are heard once, whole or not at all, and one that fails does not hold up the others."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from portal.db import db
from portal.jobs.models import Mail
from portal.journal.models import Unheard
from portal.journal.unheard import Heard
from portal.notify import listen
from portal.search import follow
from tests.conftest import Clock
from tests.services.notify.stage import admitted, stage, submitted


@pytest.fixture(autouse=True)
def _two_entries(clock: Clock) -> None:
    scene = stage()
    admitted(scene, submitted(scene))
    listen.hear()
    db.session.rollback()
    admitted_later = submitted(scene)
    admitted(scene, admitted_later)


def left() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(Unheard)) or 0


def queued() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Mail)) or 0


def breaking(listener: listen.Listener) -> listen.Listener:
    """A listener that queues its letters and is killed before it ends."""

    def run(entry: Heard) -> None:
        listener(entry)
        raise RuntimeError("killed")

    return run


def test_letters_of_an_entry_that_was_not_heard_to_the_end_are_not_queued(monkeypatch: pytest.MonkeyPatch) -> None:
    before, waiting = queued(), left()
    for kind, listener in listen.HEARD.items():
        monkeypatch.setitem(listen.HEARD, kind, breaking(listener))
    assert listen.hear() == 0
    assert (queued(), left()) == (before, waiting)
    monkeypatch.undo()
    assert listen.hear() == waiting
    assert (queued(), left()) == (before + 4, 0)


def test_one_that_fails_does_not_hold_up_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    before = queued()
    monkeypatch.setitem(listen.HEARD, "SubmissionReceived", breaking(listen.HEARD["SubmissionReceived"]))
    assert listen.hear() == 1
    assert (queued(), left()) == (before + 2, 1)


def test_silent_entries_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listen, "SILENT", frozenset(listen.HEARD))
    monkeypatch.setattr(listen, "HEARD", dict[str, Callable[[Heard], None]]())
    monkeypatch.setattr(follow, "KINDS", {})
    before = queued()
    assert listen.hear() == 0
    assert (queued(), left()) == (before, 0)
