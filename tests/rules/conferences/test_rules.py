"""Terms, calls, order, times: what is decided without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.conferences import rules
from portal.conferences.accreditation_rules import (
    Presence,
    check_act,
    check_exception,
    check_in_time,
    check_names,
    check_presence,
    is_delegated,
)
from portal.conferences.rules import ItemKind, Mode, Organ
from portal.conferences.ruleset import parse
from portal.conferences.shipped import RULES
from portal.kernel.clock import at_rome
from portal.kernel.errors import Conflict, DomainError, Forbidden, Invalid
from portal.kernel.offices import BodyKind, Office

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
SHIPPED = {shipped.organ: parse(shipped.definition) for shipped in RULES}


def test_every_body_has_a_rule_set_that_says_the_same_when_it_is_read_back() -> None:
    assert set(SHIPPED) == set(Organ)
    for rule in SHIPPED.values():
        assert parse(rule.as_data()) == rule


def test_the_statute_lets_mayors_send_their_deputy_alone() -> None:
    rule = SHIPPED[Organ.MAYORS]
    assert rule.by_delegation == (Office.DEPUTY_MAYOR, Office.SUB_COMMISSIONER)
    assert not is_delegated(rule, Office.MAYOR) and is_delegated(rule, Office.DEPUTY_MAYOR)
    with pytest.raises(Invalid):
        is_delegated(rule, Office.OFFICER)


def test_programming_conferences_have_no_legal_number_and_welcome_unions() -> None:
    rule = SHIPPED[Organ.PROGRAMMING]
    assert rule.quorum == () and BodyKind.UNION in rule.entitled


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("notice_days", -1), ("notice_days", "5"), ("notice_days", True), ("speech_minutes", 0), ("most_calls", 4),
        ("entitled", []), ("sits", ["nobody"]), ("visibility", "secret"), ("by_delegation", ["mayor"]),
        ("quorum", [{"call": 1, "numerator": 3, "denominator": 2}]), ("quorum", [{"call": 4}]), ("quorum", ["x"]),
        ("quorum", [{"call": 1, "numerator": 1, "denominator": 2}] * 2), ("invited", ["municipality"]),
        ("patron_day", "19/09"), ("patron_day", "02-30"), ("patron_day", 919),
    ],
)  # fmt: skip
def test_a_rule_set_that_makes_no_sense_is_refused(name: str, value: object) -> None:
    with pytest.raises(Invalid) as refused:
        parse({**SHIPPED[Organ.MAYORS].as_data(), name: value})
    assert refused.value.problems


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_whatever_is_given_as_a_rule_set_is_read_or_refused(data: object) -> None:
    with pytest.raises(DomainError):
        parse(data)


def test_the_day_of_sending_does_not_count_and_the_day_of_the_sitting_does() -> None:
    late = at_rome(date(2027, 3, 1), time(23, 59, 59))
    early = at_rome(date(2027, 3, 6), time(0))
    assert rules.notice_term(late, early, 5).given == 5
    assert rules.notice_term(late, early, 5).met and not rules.notice_term(late, early, 6).met


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2027, 3, 29), "public holiday"),  # Easter Monday
        (date(2027, 3, 7), "Sunday"),
        (date(2027, 3, 6), None),  # Saturdays are not pointed out
        (date(2027, 9, 19), "public holiday"),  # the patron's day
    ],
)
def test_holidays_and_sundays_are_pointed_out(day: date, said: str | None) -> None:
    words = rules.day_warning(1, at_rome(day), "09-19")
    assert (said in str(words)) if said else words is None


def test_calls_come_one_after_the_other_in_the_future_and_not_too_many() -> None:
    one, two = NOW + timedelta(days=1), NOW + timedelta(days=2)
    rules.check_calls([one, two], 2, NOW)
    for wrong in ([], [NOW], [two, one], [one, one], [one, two, two + timedelta(days=1)]):
        with pytest.raises(Invalid):
            rules.check_calls(wrong, 2, NOW)


def test_mayors_repeat_within_thirty_days_and_others_when_they_like() -> None:
    calls = [NOW, NOW + timedelta(days=31)]
    assert rules.repeat_warning(Organ.MAYORS, calls) and not rules.repeat_warning(Organ.FORUM, calls)
    assert not rules.repeat_warning(Organ.MAYORS, [NOW, NOW + timedelta(days=30)])


def test_any_other_business_is_never_put_to_the_vote() -> None:
    assert {kind for kind in ItemKind if rules.votable(kind)} == {ItemKind.OPINION, ItemKind.RESOLUTION}


@given(st.lists(st.integers(0, 600), max_size=20))
def test_items_follow_each_other_without_a_gap(minutes: list[int]) -> None:
    slots = rules.timetable(NOW, minutes)
    assert len(slots) == len(minutes)
    for before, after in pairwise(slots):
        assert before.ends == after.begins
    assert not slots or slots[-1].ends - NOW == timedelta(minutes=sum(minutes))


def test_a_sitting_across_the_change_to_summer_time_loses_no_minute() -> None:
    begins = at_rome(date(2027, 3, 28), time(1, 30))
    slot = rules.timetable(begins, [60])[0]
    assert slot.ends - slot.begins == timedelta(minutes=60)


@given(st.permutations([1, 2, 3, 4]), st.sampled_from([1, 2, 3, 4]), st.sampled_from([-1, 1]))
def test_moving_keeps_every_item_and_changes_one_place(order: list[int], item: int, by: int) -> None:
    after = rules.moved(order, item, by)
    assert sorted(after) == sorted(order)
    assert after.index(item) == min(max(order.index(item) + by, 0), 3)


def test_a_room_needs_a_place_and_afar_needs_an_address() -> None:
    rules.check_place(Mode.MIXED, "Sala", "https://x.example")
    for mode, place, link in [(Mode.ROOM, "", ""), (Mode.MIXED, "Sala", ""), (Mode.REMOTE, "Sala", "")]:
        with pytest.raises(Invalid):
            rules.check_place(mode, place, link)
    for link in ("javascript:alert(1)", "sala.example", "https://a b.example"):
        with pytest.raises(Invalid):
            rules.check_link(link, "remote_link")


def test_a_delegation_is_written_and_comes_with_its_paper() -> None:
    check_act(delegated=False, title="", has_document=False)
    check_act(delegated=True, title="Delega", has_document=True)
    for title, paper in [("", True), ("Delega", False)]:
        with pytest.raises(Invalid):
            check_act(delegated=True, title=title, has_document=paper)


def test_only_whoever_sits_by_right_names() -> None:
    rule = SHIPPED[Organ.MAYORS]
    check_names(rule, Office.MAYOR, delegated=True)
    for office in (Office.DEPUTY_MAYOR, Office.OFFICER):
        with pytest.raises(Forbidden):
            check_names(rule, office, delegated=False)


def test_the_deadline_belongs_to_the_bodies_and_the_exception_begins_after_it() -> None:
    last = NOW + timedelta(hours=5)
    check_in_time(NOW, NOW)
    with pytest.raises(Conflict):
        check_in_time(NOW, NOW + timedelta(seconds=1))
    with pytest.raises(Conflict):
        check_exception(NOW, last, NOW)
    check_exception(NOW, last, NOW + timedelta(seconds=1))
    with pytest.raises(Conflict):
        check_exception(NOW, last, last + timedelta(hours=24, seconds=1))


def test_one_takes_part_where_the_sitting_is() -> None:
    check_presence(Presence.REMOTE, "mixed")
    for presence, mode in [(Presence.REMOTE, "room"), (Presence.ROOM, "remote")]:
        with pytest.raises(Invalid):
            check_presence(presence, mode)
