"""A delivery report says of whom it speaks, why, and which message it means; anything else is refused in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.jobs.delivery_report import LARGEST, read
from portal.kernel.errors import Invalid
from tests.rules.jobs.reports import report


@pytest.mark.parametrize("copy", ["message/rfc822", "text/rfc822-headers"])
def test_who_why_and_which(copy: str) -> None:
    (found,) = read(report("abc123", copy=copy))
    assert found.recipient == "delegata@prova.example"
    assert (found.status, found.is_failure, found.is_for_good) == ("5.1.1", True, True)
    assert "User unknown" in found.diagnostic
    assert found.message_ids == ("abc123",)


def test_without_a_copy_it_means_what_it_answers_to() -> None:
    (found,) = read(report("abc123", copy="", references="def456"))
    assert found.message_ids == ("def456",)


def test_a_delay_is_no_failure_and_a_full_mailbox_is_none_for_good() -> None:
    assert not read(report("a", action="delayed", status="4.4.1"))[0].is_failure
    full = read(report("a", status="4.2.2"))[0]
    assert (full.is_failure, full.is_for_good) == (True, False)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"Subject: Ciao\n\nNon sono in ufficio.",
        report("a").replace(b"-Recipient", b"-Nobody"),
        report("a").replace(b"Action: failed", b"X: y"),
        b"A" * (LARGEST + 1),
    ],
    ids=["empty", "noise", "vacation", "nobody", "no action", "too large"],
)
def test_what_is_no_report_is_refused(raw: bytes) -> None:
    with pytest.raises(Invalid):
        read(raw)


@given(st.binary(max_size=300), st.integers(0, 1600), st.integers(0, 300))
def test_a_report_that_was_damaged_is_read_or_refused(noise: bytes, at: int, cut: int) -> None:
    whole = report("abc123")
    try:
        found = read(whole[:at] + noise + whole[at + cut :])
    except Invalid:
        return
    assert all(len(one.diagnostic) <= 300 and len(one.status) <= 20 for one in found)
