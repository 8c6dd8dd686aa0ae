"""A file that arrives in pieces goes on from what was acknowledged; a full disk loses nothing of it."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.files import receive
from portal.files.receive import OutOfStep, Progress
from portal.files.rules import PIECE_LIMIT, SIZE_LIMIT, UNFINISHED_LIMIT, NoRoom
from portal.files.store import Store
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests import factories
from tests.factories import NOW

WORDS = bytes(range(256)) * 40
KEY = "0123456789abcdef"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


@pytest.fixture
def somebody() -> Actor:
    return factories.actor(factories.person())


def begun(who: Actor, size: int = len(WORDS), key: str = KEY) -> Progress:
    return receive.begin(who, "comment:1", key, "tavola.png", size, now=NOW)


def test_pieces_make_the_file(somebody: Actor, store: Store) -> None:
    found = begun(somebody)
    for at in range(0, len(WORDS), 3000):
        found = receive.add(somebody, found.id, at, WORDS[at : at + 3000], store=store, now=NOW)
    assert found.is_whole
    assert store.part(found.id).read_bytes() == WORDS


def test_after_the_network_was_cut_one_goes_on_where_one_was(somebody: Actor, store: Store) -> None:
    first = begun(somebody)
    receive.add(somebody, first.id, 0, WORDS[:4000], store=store, now=NOW)
    again = begun(somebody)
    assert (again.id, again.received) == (first.id, 4000)
    assert receive.add(somebody, again.id, 4000, WORDS[4000:], store=store, now=NOW).is_whole
    assert store.part(again.id).read_bytes() == WORDS


def test_a_piece_that_was_not_acknowledged_may_come_twice(somebody: Actor, store: Store) -> None:
    found = begun(somebody)
    for _ in range(2):
        assert receive.add(somebody, found.id, 0, WORDS[:500], store=store, now=NOW).received == 500


def test_a_piece_out_of_turn_is_told_where_to_go_on(somebody: Actor, store: Store) -> None:
    found = begun(somebody)
    receive.add(somebody, found.id, 0, WORDS[:500], store=store, now=NOW)
    for offset in (100, 501, 9000):
        with pytest.raises(OutOfStep) as told:
            receive.add(somebody, found.id, offset, WORDS[:600], store=store, now=NOW)
        assert told.value.received == 500


def test_what_a_crash_of_the_machine_took_is_asked_for_again(somebody: Actor, store: Store) -> None:
    found = begun(somebody)
    receive.add(somebody, found.id, 0, WORDS[:5000], store=store, now=NOW)
    store.part(found.id).write_bytes(WORDS[:1200])
    assert receive.progress(somebody, found.id, store).received == 1200
    with pytest.raises(OutOfStep) as told:
        receive.add(somebody, found.id, 5000, WORDS[5000:], store=store, now=NOW)
    assert told.value.received == 1200
    receive.add(somebody, found.id, 1200, WORDS[1200:], store=store, now=NOW)
    assert store.part(found.id).read_bytes() == WORDS


def test_nobody_adds_to_a_strangers_file(somebody: Actor, store: Store) -> None:
    found = begun(somebody)
    stranger = factories.actor(factories.person())
    with pytest.raises(NotFound):
        receive.add(stranger, found.id, 0, WORDS, store=store, now=NOW)
    with pytest.raises(NotFound):
        receive.progress(stranger, found.id, store)
    with pytest.raises(Forbidden):
        begun(Actor.anonymous())


def test_nothing_is_announced_that_is_too_large_nor_sent_beyond_what_was_announced(
    somebody: Actor, store: Store
) -> None:
    with pytest.raises(Invalid):
        begun(somebody, SIZE_LIMIT + 1)
    found = begun(somebody, 100)
    with pytest.raises(OutOfStep):
        receive.add(somebody, found.id, 0, WORDS[:101], store=store, now=NOW)
    with pytest.raises(Invalid):
        receive.add(somebody, found.id, 0, bytes(PIECE_LIMIT + 1), store=store, now=NOW)


@pytest.mark.parametrize("key", ["", "short", "../../etc/passwd", "a" * 65, "chiave-con-trattini", "ключключключ"])
def test_a_form_without_its_key_is_refused(key: str, somebody: Actor) -> None:
    with pytest.raises(Invalid):
        begun(somebody, key=key)


def test_one_person_has_so_many_files_on_their_way_and_no_more(somebody: Actor) -> None:
    for n in range(UNFINISHED_LIMIT):
        begun(somebody, key=f"{n:016}")
    with pytest.raises(Conflict):
        begun(somebody, key="f" * 16)
    begun(somebody, key=f"{3:016}")


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """As on a disk that is full, for files of this process."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_is_told_and_what_was_there_stays(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write(7, 0, WORDS[:4096])
    with files_no_larger_than(6000), pytest.raises(NoRoom):
        store.write(7, 4096, WORDS[4096:])
    assert store.part(7).read_bytes() == WORDS[:4096]
    store.write(7, 4096, WORDS[4096:])
    assert store.part(7).read_bytes() == WORDS


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 900), st.integers(1, 300)), max_size=40))
def test_however_pieces_come_the_file_is_what_was_sent(tmp_path: Path, turns: list[tuple[int, int]]) -> None:
    store, words = Store(tmp_path), WORDS[:700]
    received = 0
    for offset, length in turns:
        piece = words[offset : offset + length]
        if offset == received and piece:
            store.write(1, offset, piece)
            received = offset + len(piece)
    if received:
        assert store.part(1).read_bytes() == words[:received]
    store.drop_part(1)
