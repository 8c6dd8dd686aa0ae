"""A step that is taken only so often."""

from __future__ import annotations

from datetime import timedelta

from portal.jobs.seldom import Seldom


def test_a_seldom_step_is_taken_at_once_and_then_once_in_its_interval() -> None:
    taken: list[float] = []
    at = [100.0]

    def step() -> int:
        taken.append(at[0])
        return 3

    seldom = Seldom(timedelta(minutes=1), step, now=lambda: at[0])
    assert [seldom(), seldom()] == [3, 0]
    at[0] += 59
    assert seldom() == 0
    at[0] += 1
    assert seldom() == 3
    assert taken == [100.0, 160.0]
    assert seldom.__name__ == "step"
