"""From the roll call to the closing, act by act."""

from __future__ import annotations

from tests.conftest import Clock
from tests.hall import Hall


def test_a_sitting_runs_from_the_roll_call_to_its_closing(clock: Clock) -> None:
    hall = Hall()
    hall.open()
    hall.call_item(1)
    hall.close()
    kinds = hall.told()
    assert kinds[0] == "RollCallBegun" and kinds[-1] == "SittingClosed"
