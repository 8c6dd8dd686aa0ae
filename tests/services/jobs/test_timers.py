"""What has a name is done once, and not at all if it fails."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.db import atomic
from portal.jobs import timers
from tests.factories import NOW


def test_the_first_who_asks_does_it() -> None:
    assert [timers.once("digest:2027-03-01", now=NOW) for _ in range(3)] == [True, False, False]
    assert timers.is_done("digest:2027-03-01")
    assert timers.once("digest:2027-03-02", now=NOW)


def test_what_fails_is_not_done() -> None:
    @atomic()
    def fails() -> None:
        assert timers.once("digest:2027-03-01", now=NOW)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert not timers.is_done("digest:2027-03-01")


def test_old_names_are_forgotten() -> None:
    timers.once("digest:2027-03-01", now=NOW)
    timers.once("digest:2028-06-01", now=NOW + timedelta(days=450))
    assert not timers.is_done("digest:2027-03-01")
