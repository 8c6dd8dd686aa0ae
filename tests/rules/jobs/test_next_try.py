"""A message that cannot be sent is tried again later and later, and never given up in silence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.jobs.rules import DELAYS, next_try


def test_each_wait_is_longer_than_the_one_before() -> None:
    waits = [next_try(n) for n in range(1, len(DELAYS) + 1)]
    assert waits == sorted(set(waits))
    assert waits[0] == timedelta(minutes=1)


def test_the_last_wait_repeats() -> None:
    assert next_try(len(DELAYS) + 20) == DELAYS[-1]


def test_there_is_nothing_to_wait_for_before_the_first_attempt() -> None:
    with pytest.raises(ValueError):
        next_try(0)
