"""The worker does what is there, rests when there is nothing, survives a failing step and stops when told."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import nullcontext

import pytest

from portal.jobs.worker import Worker


def steps(*counts: int) -> Callable[[], int]:
    left = list(counts)
    return lambda: left.pop(0) if left else 0


def test_draining_goes_on_until_nothing_is_left() -> None:
    assert Worker(nullcontext, (steps(3, 2), steps(1))).drain() == 6


def test_a_step_that_fails_does_not_stop_the_others(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> int:
        raise OSError("no disk")

    with caplog.at_level(logging.ERROR):
        logging.getLogger("portal").addHandler(caplog.handler)
        assert Worker(nullcontext, (broken, steps(2))).once() == 2
        logging.getLogger("portal").removeHandler(caplog.handler)
    assert "no disk" in caplog.text


def test_it_stops_while_it_rests() -> None:
    rested = threading.Event()

    def idle() -> int:
        rested.set()
        return 0

    worker = Worker(nullcontext, (idle,), interval=3600)
    worker.start()
    assert rested.wait(5)
    worker.stop()
    worker.join(5)
    assert not any(thread.name == "worker" for thread in threading.enumerate())
