"""Terms, offices, addresses, links and passwords."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.accounts import rules
from portal.accounts.rules import LinkState, Term
from portal.kernel.errors import Conflict, DomainError, Invalid
from portal.kernel.offices import SIGNATORIES, BodyKind, Office

DAY = date(2027, 3, 1)
NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(("days", "expected"), [(-1, False), (0, True), (5, True), (10, True), (11, False)])
def test_a_mandate_is_in_force_on_its_first_and_last_day(days: int, expected: bool) -> None:
    assert rules.in_force(DAY, DAY + timedelta(days=10), DAY + timedelta(days=days)) is expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (Term(DAY, None), Term(DAY, None), True),
        (Term(DAY, DAY), Term(DAY, DAY), True),
        (Term(DAY, DAY), Term(DAY + timedelta(days=1), None), False),
        (Term(DAY, None), Term(date(2026, 1, 1), DAY), True),
        (Term(DAY, None), Term(date(2026, 1, 1), DAY - timedelta(days=1)), False),
    ],
)
def test_terms_overlap_if_they_share_a_day(first: Term, second: Term, expected: bool) -> None:
    assert first.overlaps(second) is expected
    assert second.overlaps(first) is expected


def test_nobody_holds_the_same_office_twice_at_a_time() -> None:
    with pytest.raises(Conflict):
        rules.check_no_overlap(Term(DAY, None), [Term(date(2026, 1, 1), DAY)])


@pytest.mark.parametrize("kind", list(BodyKind))
@pytest.mark.parametrize("office", list(Office))
def test_who_signs_appoints_own_staff_and_nobody_else(kind: BodyKind, office: Office) -> None:
    granted = rules.own_staff(kind, office)
    assert granted <= {Office.OFFICER, Office.FORUM_SUBSTITUTE}
    if office not in SIGNATORIES:
        assert not granted
    if kind is BodyKind.FORUM_ORGANISATION:
        assert granted == ({Office.FORUM_SUBSTITUTE} if office is Office.FORUM_DELEGATE else set())


@pytest.mark.parametrize("text", ["Anna@Comune.IT ", "  anna@comune.it", "ANNA@COMUNE.IT"])
def test_an_address_is_kept_in_one_form(text: str) -> None:
    assert rules.normal_email(text) == "anna@comune.it"


@pytest.mark.parametrize(
    "text",
    ["", " ", "anna", "anna@", "@comune.it", "anna@comune", "a b@comune.it", "anna@comune.it\nbcc: x@y.it",
     "anna@comune.it\x00", "<anna@comune.it>", "anna@@comune.it", "anna@comune..it", "a" * 300 + "@comune.it",
     "anna@comune.it,bruno@comune.it"],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        rules.normal_email(text)
    assert refusal.value.field == "email"


def test_a_link_is_good_until_it_expires_and_once() -> None:
    end = NOW + rules.LINK_LIFE
    assert rules.link_state(end, None, end - timedelta(microseconds=1)) is LinkState.VALID
    assert rules.link_state(end, None, end) is LinkState.EXPIRED
    assert rules.link_state(end, NOW, NOW) is LinkState.USED


@pytest.mark.parametrize(
    "password",
    ["", "corta", "a" * 11, "a" * 40, "abababababababab", "anna.verdi@comune.it", "Anna Verdi 12", "parere123456",
     "x" * 201, "anna.verdi2027"],
)  # fmt: skip
def test_a_password_that_others_would_guess_is_refused(password: str) -> None:
    with pytest.raises(DomainError) as refusal:
        rules.check_password(password, email="anna.verdi@comune.it", name="Anna Verdi")
    assert refusal.value.field == "password"


@pytest.mark.parametrize("password", ["lampada cesto vigna nuvola", "Tr3ntaquattro-mele", "così è più lunga 🍇🍇"])
def test_a_long_password_of_ones_own_is_taken(password: str) -> None:
    rules.check_password(password, email="anna.verdi@comune.it", name="Anna Verdi")


@pytest.mark.parametrize(
    ("wanted", "problem"),
    [
        (DAY - timedelta(days=1), True),
        (DAY, False),
        (DAY + timedelta(days=5), False),
        (DAY + timedelta(days=400), True),
    ],
)
def test_an_end_is_neither_past_nor_later_than_the_one_set(wanted: date, problem: bool) -> None:
    until = DAY + timedelta(days=365)
    if problem:
        with pytest.raises(Invalid):
            rules.last_day(date(2026, 1, 1), until, wanted, DAY)
    else:
        assert rules.last_day(date(2026, 1, 1), until, wanted, DAY) == wanted
