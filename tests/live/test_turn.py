"""With a message queue exactly one process emits; when it dies another takes over, and what it tells reaches all."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator

import pytest
import redis

from portal.live import turn
from portal.live.turn import Always, Elected

pytestmark = pytest.mark.once


@pytest.fixture
def key(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(turn, "LEASE", 60_000)  # however slow the machine, no turn runs out by itself
    name = f"parere:test:{secrets.token_hex(4)}"
    yield name
    redis.Redis.from_url(redis_url).delete(name)


def test_one_of_many_has_the_turn_and_keeps_it(redis_url: str, key: str) -> None:
    many = [Elected(redis_url, key) for _ in range(5)]
    for _ in range(3):
        assert [one.mine() for one in many] == [True, False, False, False, False]


def test_who_ends_leaves_the_turn_and_nobody_elses(redis_url: str, key: str) -> None:
    first, second = Elected(redis_url, key), Elected(redis_url, key)
    assert (first.mine(), second.mine()) == (True, False)
    second.end()
    assert first.mine()
    first.end()
    assert second.mine()


def test_the_turn_of_who_died_runs_out(redis_url: str, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    dead, other = Elected(redis_url, key), Elected(redis_url, key)
    monkeypatch.setattr(turn, "LEASE", 60)
    assert dead.mine()
    monkeypatch.setattr(turn, "LEASE", 60_000)
    until = time.monotonic() + 60
    while not other.mine():
        assert time.monotonic() < until
    assert not dead.mine()


def test_while_the_queue_is_away_nobody_emits() -> None:
    gone = Elected("redis://127.0.0.1:1/0")
    assert [gone.mine(), gone.mine()] == [False, False]
    gone.end()


def test_without_a_queue_each_process_tells_its_own() -> None:
    alone = Always()
    alone.end()
    assert alone.mine()
