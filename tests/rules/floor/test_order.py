"""Whose turn it is, what may be asked for, and for how long."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.conferences.floor import order
from portal.conferences.floor.fairness import Spoken
from portal.conferences.floor.order import Heard, Waiting
from portal.conferences.floor.rules import FloorKind, Ordering
from portal.conferences.rules import ItemKind, Organ
from portal.conferences.ruleset import parse
from portal.conferences.shipped import RULES
from portal.kernel.errors import Conflict

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
RULE = parse(next(one.definition for one in RULES if one.organ is Organ.PROGRAMMING))
NOBODY = Heard({}, {})
waiting = st.builds(
    Waiting,
    id=st.integers(1, 10_000),
    kind=st.sampled_from(list(FloorKind)),
    seat_id=st.integers(1, 12),
    place=st.none() | st.integers(1, 9),
    asked_at=st.timedeltas(timedelta(0), timedelta(hours=4)).map(lambda later: NOW + later),
)
queues = st.lists(waiting, max_size=20, unique_by=lambda one: one.id)
spoken = st.dictionaries(
    st.integers(1, 12), st.builds(Spoken, st.integers(1, 5), st.timedeltas(timedelta(0), timedelta(hours=1)))
)
heards = st.builds(Heard, spoken, spoken)


def asks(number: int, kind: FloorKind = FloorKind.ORDINARY, place: int | None = None) -> Waiting:
    """A request of the seat with this number; those with greater numbers came later."""
    return Waiting(number, kind, number, place, NOW + timedelta(seconds=number))


def ids(queue: tuple[Waiting, ...]) -> list[int]:
    """The numbers of the requests in their order."""
    return [one.id for one in queue]


@given(queues, st.sampled_from(list(Ordering)), heards)
def test_nobody_passes_a_kind_that_comes_before_and_nobody_is_lost(
    found: list[Waiting], ordering: Ordering, heard: Heard
) -> None:
    queue = order.ordered(found, ordering, heard)
    ranks = [order.PRECEDENCE.index(one.kind) for one in queue]
    assert ranks == sorted(ranks)
    assert sorted(ids(queue)) == sorted(one.id for one in found)
    assert queue == order.ordered(reversed(found), ordering, heard)


def test_a_point_of_order_comes_before_whoever_waits_longer() -> None:
    queue = [
        asks(1),
        asks(2, FloorKind.REPLY),
        asks(3, FloorKind.POINT_OF_ORDER),
        asks(4, FloorKind.PERSONAL_STATEMENT),
    ]
    assert ids(order.ordered(queue, Ordering.ARRIVAL, NOBODY)) == [3, 4, 1, 2]


def test_whoever_has_not_spoken_on_the_item_goes_first_where_the_rule_says_so() -> None:
    heard = Heard({1: Spoken(1, timedelta(minutes=1))}, {2: Spoken(3, timedelta(minutes=9))})
    queue = [asks(1), asks(2), asks(3)]
    assert ids(order.ordered(queue, Ordering.FIRST_TIMERS, heard)) == [2, 3, 1]
    assert ids(order.ordered(queue, Ordering.LEAST_SPOKEN, heard)) == [1, 3, 2]
    assert ids(order.ordered(queue, Ordering.ARRIVAL, heard)) == [1, 2, 3]


def test_no_rule_makes_a_point_of_order_wait_for_having_spoken_much() -> None:
    heard = Heard({}, {1: Spoken(9, timedelta(hours=1))})
    queue = [asks(1, FloorKind.POINT_OF_ORDER), asks(2, FloorKind.POINT_OF_ORDER)]
    assert ids(order.ordered(queue, Ordering.LEAST_SPOKEN, heard)) == [1, 2]


@given(queues.filter(bool), st.sampled_from([-1, 1]), st.data())
def test_what_was_moved_by_hand_stands_where_it_was_put(found: list[Waiting], by: int, data: st.DataObject) -> None:
    before = order.ordered(found, Ordering.ARRIVAL, NOBODY)
    chosen = data.draw(st.sampled_from(ids(before)))
    placed = order.places(before, chosen, by)
    moved = [Waiting(o.id, o.kind, o.seat_id, placed.get(o.id, o.place), o.asked_at) for o in before]
    after = order.ordered(moved, Ordering.ARRIVAL, NOBODY)
    kind = next(one.kind for one in before if one.id == chosen)
    was, stands = ([one.id for one in queue if one.kind is kind] for queue in (before, after))
    assert stands.index(chosen) == min(max(was.index(chosen) + by, 0), len(was) - 1)
    assert [one for one in stands if one != chosen] == [one for one in was if one != chosen]
    assert [one for one in ids(before) if one not in placed] == [one for one in ids(after) if one not in placed]


def test_who_comes_after_a_list_was_put_in_order_by_hand_goes_to_its_end() -> None:
    queue = [asks(1, place=2), asks(2, place=1), asks(3)]
    assert ids(order.ordered(queue, Ordering.ARRIVAL, NOBODY)) == [2, 1, 3]


def test_the_rule_set_says_how_long_one_speaks_and_so_how_long_one_waits() -> None:
    minutes = {kind: order.limit(kind, RULE) // timedelta(minutes=1) for kind in FloorKind}
    assert minutes == {
        FloorKind.ORDINARY: 5,
        FloorKind.REPLY: 2,
        FloorKind.EXPLANATION_OF_VOTE: 2,
        FloorKind.POINT_OF_ORDER: 2,
        FloorKind.PERSONAL_STATEMENT: 2,
    }
    ahead = [FloorKind.POINT_OF_ORDER, FloorKind.ORDINARY]
    assert order.wait(ahead, RULE, timedelta(minutes=1)) == timedelta(minutes=8)
    assert order.wait(ahead, RULE, -timedelta(minutes=1)) == timedelta(minutes=7)


@pytest.mark.parametrize(
    ("kind", "item", "queue_open", "has_poll", "code"),
    [
        (FloorKind.POINT_OF_ORDER, None, False, False, None),
        (FloorKind.PERSONAL_STATEMENT, ItemKind.INFORMATION, False, False, None),
        (FloorKind.ORDINARY, None, True, False, "no_item"),
        (FloorKind.ORDINARY, ItemKind.CONTRIBUTION, True, False, None),
        (FloorKind.ORDINARY, ItemKind.CONTRIBUTION, False, False, "closed"),
        (FloorKind.REPLY, ItemKind.OPINION, False, False, "closed"),
        (FloorKind.EXPLANATION_OF_VOTE, ItemKind.OTHER_BUSINESS, True, False, "no_vote"),
        (FloorKind.EXPLANATION_OF_VOTE, ItemKind.OPINION, False, False, None),
        (FloorKind.EXPLANATION_OF_VOTE, ItemKind.CONTRIBUTION, False, True, None),
    ],
)
def test_what_may_be_asked_for_depends_on_the_item(
    kind: FloorKind, item: ItemKind | None, queue_open: bool, has_poll: bool, code: str | None
) -> None:
    expected = nullcontext() if code is None else pytest.raises(Conflict, check=lambda refusal: refusal.code == code)
    with expected:
        order.check_kind(kind, item, queue_open=queue_open, has_poll=has_poll)
