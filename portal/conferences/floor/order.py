"""Whose turn it is: kinds by their precedence, then what was set by hand, then the rule that everybody reads. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.conferences.floor.fairness import NEVER, Spoken
from portal.conferences.floor.rules import FloorKind, Ordering
from portal.conferences.floor.timing import NOTHING
from portal.conferences.rules import ItemKind, votable
from portal.conferences.ruleset import RuleSet
from portal.kernel.errors import Conflict
from portal.kernel.words import N_

PRECEDENCE = (
    FloorKind.POINT_OF_ORDER,
    FloorKind.PERSONAL_STATEMENT,
    FloorKind.EXPLANATION_OF_VOTE,
    FloorKind.ORDINARY,
    FloorKind.REPLY,
)
ANYTIME = frozenset({FloorKind.POINT_OF_ORDER, FloorKind.PERSONAL_STATEMENT})  # whether the list is closed or not
_Turn = tuple[int, bool, int, timedelta, datetime, int]


@dataclass(frozen=True)
class Waiting:
    """A request that waits, as the order sees it."""

    id: int
    kind: FloorKind
    seat_id: int
    place: int | None
    asked_at: datetime


@dataclass(frozen=True)
class Heard:
    """What has been heard so far: at the item in discussion, and in the whole sitting."""

    item: Mapping[int, Spoken]
    sitting: Mapping[int, Spoken]


def ordered(waiting: Iterable[Waiting], ordering: Ordering, heard: Heard) -> tuple[Waiting, ...]:
    """The queue; two that are equal in everything else go as they came."""
    return tuple(sorted(waiting, key=lambda one: _turn(one, ordering, heard)))


def _turn(one: Waiting, ordering: Ordering, heard: Heard) -> _Turn:
    by_rule = NOTHING if one.kind in ANYTIME else _by_rule(one.seat_id, ordering, heard)
    return (PRECEDENCE.index(one.kind), one.place is None, one.place or 0, by_rule, one.asked_at, one.id)


def _by_rule(seat_id: int, ordering: Ordering, heard: Heard) -> timedelta:
    match ordering:
        case Ordering.FIRST_TIMERS:
            return timedelta(seconds=heard.item.get(seat_id, NEVER).times > 0)
        case Ordering.LEAST_SPOKEN:
            return heard.sitting.get(seat_id, NEVER).time
        case Ordering.ARRIVAL:
            return NOTHING


def places(queue: Sequence[Waiting], request_id: int, by: int) -> dict[int, int]:
    """The places of all requests of one kind once one went up (-1) or down (+1); at the ends nothing changes."""
    kind = next(one.kind for one in queue if one.id == request_id)
    group = [one.id for one in queue if one.kind is kind]
    at = group.index(request_id)
    to = min(max(at + by, 0), len(group) - 1)
    group.insert(to, group.pop(at))
    return {one: number for number, one in enumerate(group, 1)}


def limit(kind: FloorKind, rule: RuleSet) -> timedelta:
    """How long one may speak: points of order and personal statements are as short as a reply."""
    minutes = {FloorKind.ORDINARY: rule.speech_minutes, FloorKind.EXPLANATION_OF_VOTE: rule.explanation_minutes}
    return timedelta(minutes=minutes.get(kind, rule.reply_minutes))


def wait(ahead: Iterable[FloorKind], rule: RuleSet, left: timedelta = NOTHING) -> timedelta:
    """How long until one's turn if everybody ahead uses the whole of his or her time."""
    return sum((limit(kind, rule) for kind in ahead), max(left, NOTHING))


def check_kind(kind: FloorKind, item: ItemKind | None, *, queue_open: bool, has_poll: bool) -> None:
    """A point of order is heard at any time; the rest is about the item in discussion, while its list is open."""
    if kind in ANYTIME:
        return
    if item is None:
        raise Conflict(N_("No item is in discussion: only a point of order can be raised now."), code="no_item")
    if kind is FloorKind.EXPLANATION_OF_VOTE:
        if not votes(item, has_poll):
            raise Conflict(N_("This item is not put to the vote: there is no vote to explain."), code="no_vote")
        return
    if not queue_open:
        raise Conflict(
            N_("The list of speakers on this item is closed. A point of order can still be raised."), code="closed"
        )


def votes(item: ItemKind, has_poll: bool) -> bool:
    """True for an item that is put to the vote."""
    return votable(item) or has_poll
