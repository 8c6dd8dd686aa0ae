"""Who is there, which call it is, and when the rest is expected."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from portal.conferences.hall import calls, counting, timeline
from portal.conferences.hall.counting import Counted
from portal.conferences.ruleset import Quorum
from portal.kernel.clock import local
from portal.kernel.errors import Conflict

FIRST = datetime(2027, 3, 11, 9, 0, tzinfo=UTC)
SECOND = FIRST + timedelta(hours=2)


def seat(population: int = 1_000, *, entitled: bool = True, accredited: bool = True, present: bool = True) -> Counted:
    return Counted(population, entitled, accredited, present)


def test_the_legal_number_is_counted_on_entitled_seats_alone() -> None:
    seats = [seat(), seat(present=False), seat(2_000, present=False), seat(50, entitled=False)]
    found = counting.count(seats, Quorum(1, 1, 2, strict=True))
    assert found.quorum is not None and (found.quorum.got, found.quorum.needed, found.quorum.missing) == (1, 2, 1)
    assert not found.valid and found.reachable
    assert (found.entitled.people, found.entitled.people_present, found.invited.present) == (4_000, 1_000, 1)


def test_half_is_enough_unless_more_than_half_is_asked_for() -> None:
    seats = [seat(), seat(present=False)]
    assert counting.count(seats, Quorum(1, 1, 2)).valid
    assert not counting.count(seats, Quorum(1, 1, 2, strict=True)).valid


def test_the_number_is_out_of_reach_if_too_few_are_accredited() -> None:
    seats = [seat(), *(seat(accredited=False, present=False) for _ in range(3))]
    assert not counting.count(seats, Quorum(1, 1, 2)).reachable
    assert counting.count(seats, None).reachable


def test_a_call_without_a_line_of_its_own_needs_no_number() -> None:
    rows = (Quorum(1, 1, 2), Quorum(2, 1, 4))
    assert [counting.of_call(rows, call) for call in (1, 2, 3)] == [rows[0], rows[1], None]


@pytest.mark.parametrize(
    ("minutes", "deserted", "due"),
    [
        (-61, set[int](), None),
        (-60, set[int](), 1),
        (119, set[int](), 1),
        (120, set[int](), 2),
        (61, {1}, 2),
        (59, {1}, None),
        (130, {1, 2}, None),
        (120 + 24 * 60, set[int](), 2),
        (121 + 24 * 60, set[int](), None),
    ],
)
def test_the_call_that_is_due_at_an_hour(minutes: int, deserted: set[int], due: int | None) -> None:
    assert calls.due((FIRST, SECOND), deserted, FIRST + timedelta(minutes=minutes)) == due


@pytest.mark.parametrize(
    ("call", "minutes", "deserted", "code"),
    [
        (3, 0, set[int](), "call"),
        (1, 5, {1}, "deserted"),
        (2, 5, set[int](), "too_early"),
        (1, 125, set[int](), "other_call"),
        (2, 60 * 27, set[int](), "too_late"),
    ],
)
def test_a_call_at_the_wrong_hour_is_refused(call: int, minutes: int, deserted: set[int], code: str) -> None:
    with pytest.raises(Conflict) as refused:
        calls.check_call((FIRST, SECOND), deserted, call, FIRST + timedelta(minutes=minutes))
    assert refused.value.code == code


def spent(minutes: int, taken: int = 0, *, ahead: bool = True) -> timeline.Spent:
    return timeline.Spent(minutes, timedelta(minutes=taken), ahead)


def test_what_is_to_come_moves_by_the_real_delay() -> None:
    now = FIRST + timedelta(minutes=55)
    items = [spent(10, 25, ahead=False), spent(30, 20), spent(0), spent(20)]
    found = timeline.expected(items, FIRST + timedelta(minutes=60), now)
    assert found.slots[0] is None and found.slots[1] is not None
    assert found.slots[1].ends == now + timedelta(minutes=10)
    assert found.ends_at == now + timedelta(minutes=30) and found.delay == timedelta(minutes=25)


def test_an_item_that_has_used_its_time_up_is_expected_to_end_at_once() -> None:
    found = timeline.expected([spent(10, 25)], FIRST + timedelta(minutes=10), FIRST + timedelta(minutes=25))
    assert found.ends_at == FIRST + timedelta(minutes=25)


def test_a_night_on_which_the_clocks_change_makes_no_item_longer_or_shorter() -> None:
    eve = datetime(2027, 10, 30, 23, 30, tzinfo=UTC)  # 01:30 in Rome; at three it is two again
    found = timeline.expected([spent(60), spent(60)], eve + timedelta(hours=2), eve)
    assert found.ends_at - eve == timedelta(hours=2) and found.delay == timedelta(0)
    assert f"{local(found.ends_at):%H:%M}" == "02:30"


def test_after_a_suspension_the_rest_begins_at_its_end() -> None:
    until = FIRST + timedelta(minutes=40)
    assert timeline.begins(FIRST, FIRST, until) == until
    assert timeline.begins(FIRST - timedelta(minutes=5), FIRST, None) == FIRST
    assert timeline.begins(until + timedelta(minutes=5), FIRST, until) == until + timedelta(minutes=5)
