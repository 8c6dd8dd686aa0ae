"""The clock of a speech: exact whatever was paused, extended, or changed on the wall meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.conferences.floor import fairness, timing
from portal.conferences.floor.fairness import Said, Spoken
from portal.conferences.floor.timing import Phase, SpeechClock
from portal.kernel.clock import ROME
from portal.kernel.errors import Conflict, Invalid

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
FIVE = timedelta(minutes=5)
# The nights on which the clocks of Rome go forward and back, and any other moment.
FORWARD, BACK = datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)
hours = st.timedeltas(-timedelta(hours=3), timedelta(hours=3))
instants = st.one_of(
    hours.map(lambda off: FORWARD + off),
    hours.map(lambda off: BACK + off),
    st.timedeltas(timedelta(0), timedelta(days=1000)).map(lambda later: NOW + later),
)
zones = st.sampled_from([UTC, ROME, timezone(timedelta(hours=-11)), timezone(timedelta(hours=5, minutes=45))])
spans = st.timedeltas(timedelta(0), timedelta(hours=2))
limits = st.timedeltas(timedelta(minutes=1), timedelta(hours=2))
acts = st.lists(st.tuples(st.sampled_from(["wait", "pause", "resume", "extend"]), spans, zones), max_size=12)


@given(instants, limits, acts)
def test_what_was_spoken_is_what_has_passed_without_the_pauses_whatever_zone_tells_it(
    start: datetime, limit: timedelta, todo: list[tuple[str, timedelta, timezone]]
) -> None:
    at, clock = start, timing.begun(start, limit)
    spoken, granted = timedelta(0), limit
    for act, span, zone in todo:
        if clock.paused_at is None:
            spoken += span
        at += span
        wall = at.astimezone(zone)
        if act == "pause" and clock.paused_at is None:
            clock = timing.paused(clock, wall)
        elif act == "resume" and clock.paused_at is not None:
            clock = timing.resumed(clock, wall)
        elif act == "extend":
            by = min(max(span, timing.LEAST_EXTENSION), timing.MOST_EXTENSION)
            clock, granted = timing.extended(clock, by), granted + by
        assert clock.spoken(wall) == spoken
        assert clock.left(wall) == granted - spoken
        assert clock.overrun(wall) == max(spoken - granted, timedelta(0))
    over = timing.ended(clock, at)
    assert over.spoken(at + timedelta(days=1)) == spoken
    assert over.phase(at) is Phase.ENDED


@given(instants, limits, spans)
def test_a_pause_moves_the_end_by_as_long_as_it_lasted(start: datetime, limit: timedelta, span: timedelta) -> None:
    clock = timing.paused(timing.begun(start, limit), start)
    assert clock.left(start + span) == limit
    assert timing.resumed(clock, start + span).ends_at == start + limit + span


@given(instants, limits, spans)
def test_an_instant_before_the_speech_began_gives_nobody_more_time(
    start: datetime, limit: timedelta, span: timedelta
) -> None:
    clock = timing.begun(start, limit)
    assert clock.left(start - span) == limit
    assert timing.ended(clock, start - span).spoken(start) == timedelta(0)
    assert timing.resumed(timing.paused(clock, start), start - span).ends_at == clock.ends_at


def test_five_minutes_on_the_night_the_clocks_change_are_five_minutes() -> None:
    start = datetime(2026, 10, 25, 2, 58, tzinfo=ROME)  # two minutes before the hour comes again
    clock = timing.begun(start, FIVE)
    wall = datetime(2026, 10, 25, 2, 2, tzinfo=ROME, fold=1)
    assert clock.left(wall) == timedelta(minutes=1)
    assert clock.phase(wall) is Phase.WARNING


@pytest.mark.parametrize(
    ("seconds", "phase"),
    [(0, Phase.RUNNING), (239, Phase.RUNNING), (240, Phase.WARNING), (300, Phase.WARNING), (301, Phase.OVERRUN)],
)
def test_the_last_minute_is_a_warning_and_what_comes_after_an_overrun(seconds: int, phase: Phase) -> None:
    assert timing.begun(NOW, FIVE).phase(NOW + timedelta(seconds=seconds)) is phase


def test_a_speech_is_not_paused_twice_nor_changed_once_it_is_over() -> None:
    clock = timing.begun(NOW, FIVE)
    over = timing.ended(clock, NOW)
    with pytest.raises(Conflict, match="paused already"):
        timing.paused(timing.paused(clock, NOW), NOW)
    with pytest.raises(Conflict, match="not paused"):
        timing.resumed(clock, NOW)
    for act in (timing.paused, timing.resumed, timing.ended):
        with pytest.raises(Conflict, match="is over"):
            act(over, NOW)
    with pytest.raises(Invalid):
        timing.extended(clock, timedelta(hours=5))


def test_ending_a_paused_speech_counts_no_pause_as_spoken() -> None:
    clock = timing.paused(timing.begun(NOW, FIVE), NOW + timedelta(minutes=2))
    over = timing.ended(clock, NOW + timedelta(minutes=30))
    assert over.spoken(NOW + timedelta(days=1)) == timedelta(minutes=2)
    assert over.overrun(NOW) == timedelta(0)


@given(
    st.lists(st.tuples(st.integers(1, 3), st.integers(1, 2), st.timedeltas(timedelta(0), FIVE)), min_size=1, max_size=9)
)
def test_what_bodies_have_spoken_adds_up_over_the_items(found: list[tuple[int, int, timedelta]]) -> None:
    said = [Said(body, item, timing.ended(timing.begun(NOW, FIVE), NOW + time)) for body, item, time in found]
    everything = fairness.tally(said, NOW)
    by_item = [fairness.tally(said, NOW, item_id=item) for item in (1, 2)]
    for body, spoken in everything.items():
        parts = [one.get(body, Spoken()) for one in by_item]
        assert spoken == Spoken(sum(p.times for p in parts), sum((p.time for p in parts), timedelta(0)))
    assert sum(fairness.shares(everything).values()) <= 1000


def test_a_speech_that_goes_on_counts_up_to_now() -> None:
    running = SpeechClock(NOW, NOW + FIVE, FIVE)
    assert fairness.tally([Said(7, 1, running)], NOW + timedelta(minutes=2)) == {7: Spoken(1, timedelta(minutes=2))}
    assert fairness.shares({7: Spoken(1)}) == {7: 0}
