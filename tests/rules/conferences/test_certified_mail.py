"""Receipts of certified mail: read as the provider wrote them, anything else refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.conferences.certified_mail import read
from portal.conferences.rules import ReceiptKind
from portal.kernel.errors import Invalid
from tests.certified import receipt


@pytest.mark.parametrize(
    ("kind", "means"),
    [
        ("accettazione", ReceiptKind.ACCEPTED),
        ("avvenuta-consegna", ReceiptKind.DELIVERED),
        ("errore-consegna", ReceiptKind.FAILED),
        ("preavviso-errore-consegna", ReceiptKind.FAILED),
    ],
)
def test_a_receipt_says_what_happened_to_whom_and_when(kind: str, means: ReceiptKind) -> None:
    found = read(receipt(kind, "Protocollo@pec.comune.example"))
    assert (found.kind, found.address) == (means, "protocollo@pec.comune.example")
    assert found.stamped_at.astimezone(UTC) == datetime(2027, 3, 1, 9, 30, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"Subject: ciao\n\nNessuna ricevuta.",
        receipt("posta-certificata"),
        receipt().replace(b"+0100", b""),
        receipt(extra='<!DOCTYPE x [<!ENTITY a "b">]>'),
        receipt(extra='<!DOCTYPE x [<!ENTITY a "b">]>', coding="utf-16"),
        b"x" * (4 * 2**20 + 1),
    ],
    ids=[
        "nothing",
        "plain mail",
        "another message",
        "no zone",
        "entities",
        "entities in signs of two bytes",
        "too large",
    ],
)
def test_anything_else_is_refused_in_words(raw: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        read(raw)
    assert refused.value.field == "file"


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reading(raw: bytes) -> None:
    with pytest.raises(Invalid):
        read(raw)
