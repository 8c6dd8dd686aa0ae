"""What nothing refers to is removed a day later; what something refers to never is."""

from __future__ import annotations

import io
import os
from datetime import timedelta
from pathlib import Path

import pytest

from portal.db import atomic, db
from portal.files import examine, receive
from portal.files.collect import collect
from portal.files.keep import keep
from portal.files.models import StoredFile, Upload
from portal.files.queries import totals, wrong
from portal.files.store import Store
from portal.kernel.errors import Conflict
from tests import factories, papers
from tests.factories import NOW
from tests.writing import Desk

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def kept(store: Store, content: bytes) -> str:
    with examine.received(store, io.BytesIO(content)) as path, examine.examined(store, path) as found:
        return keep(store, found, now=NOW)


def test_the_same_file_is_kept_once(store: Store) -> None:
    first, again = kept(store, papers.png()), kept(store, papers.png())
    assert first == again
    assert [name for name, _ in store.all()] == [first]
    assert totals().count == 1


def test_a_file_of_no_use_is_removed_after_a_day_and_not_before(store: Store) -> None:
    sha256 = kept(store, papers.png())
    assert collect(store, now=NOW) == 0
    assert collect(store, now=NOW + DAY - MINUTE) == 0
    assert store.path(sha256).exists()
    assert collect(store, now=NOW + DAY) == 1
    assert not store.path(sha256).exists()
    assert totals().count == 0


def test_a_file_that_is_attached_stays_for_ever(store: Store, tmp_path: Path) -> None:
    desk = Desk()
    saved = desk.draft()
    papers.attached(desk.officer, saved.comment_id, papers.png(), "tavola.png", tmp_path)
    for days in range(0, 800, 100):
        assert collect(store, now=NOW + days * DAY) == 0
    assert totals().count == 1


def test_a_file_that_is_used_again_in_time_stays(store: Store, tmp_path: Path) -> None:
    kept(store, papers.png())
    collect(store, now=NOW)
    desk = Desk()
    papers.attached(desk.officer, desk.draft().comment_id, papers.png(), "tavola.png", tmp_path)
    assert collect(store, now=NOW + 3 * DAY) == 0
    assert db.session.query(StoredFile).one().unused_since is None


def test_a_file_on_its_way_that_nobody_touches_is_given_up_after_a_day(store: Store) -> None:
    who = factories.actor(factories.person())
    for n in range(2):
        found = receive.begin(who, "comment:1", f"{n:016}", "a.png", 100, now=NOW + n * DAY)
        receive.add(who, found.id, 0, b"x" * 50, store=store, now=NOW + n * DAY)
    assert collect(store, now=NOW + DAY) == 1
    assert [row.client_key for row in db.session.query(Upload)] == [f"{1:016}"]
    assert len(list(store.uploads.iterdir())) == 1


def test_what_an_interrupted_act_left_is_removed_when_it_is_old(store: Store) -> None:
    @atomic()
    def interrupted() -> None:
        kept(store, papers.png())
        raise Conflict

    with pytest.raises(Conflict):
        interrupted()
    [(sha256, _)] = store.all()
    os.utime(store.path(sha256), (NOW.timestamp(), NOW.timestamp()))
    assert totals().count == 0
    assert collect(store, now=NOW + DAY - MINUTE) == 0
    assert collect(store, now=NOW + DAY) == 1
    assert list(store.all()) == []


def test_files_that_were_lost_or_changed_are_found(store: Store) -> None:
    good, lost, changed = (kept(store, papers.png(colour=name)) for name in ("red", "green", "blue"))
    store.drop(lost)
    store.path(changed).write_bytes(b"something else")
    assert {(one.sha256, one.is_missing) for one in wrong(store)} == {(lost, True), (changed, False)}
    assert store.path(good).exists()
