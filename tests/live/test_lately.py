"""A thousand pages that come back at once ask the database once."""

from __future__ import annotations

import threading

import pytest

from portal.live.lately import Lately

pytestmark = pytest.mark.once


def test_many_who_ask_at_once_wait_for_one_answer_and_later_ones_get_another() -> None:
    asked: list[int] = []
    at_once, found = threading.Barrier(8), Lately[int](3_600)

    def find() -> int:
        asked.append(1)
        return len(asked)

    def ask() -> None:
        at_once.wait(60)
        answers.append(found.get("sitting:1", find))

    answers: list[int] = []
    hands = [threading.Thread(target=ask) for _ in range(8)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(60)
    assert (answers, len(asked)) == ([1] * 8, 1)
    assert found.get("sitting:2", find) == 2
    stale = Lately[int](0)
    assert [stale.get("x", find), stale.get("x", find)] == [3, 4]
