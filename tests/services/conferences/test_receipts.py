"""Receipts of certified mail in the dispatch log."""

from __future__ import annotations

import base64

import pytest

from portal.conferences import dispatch_log, file_receipt
from portal.conferences.rules import ReceiptKind
from portal.kernel.errors import Forbidden, Invalid, NotFound
from portal.kernel.offices import Office
from tests import factories
from tests.certified import receipt
from tests.conftest import Clock
from tests.factories import NOW
from tests.sittings import Chamber


def test_a_receipt_is_filed_with_its_body_and_handed_out_as_it_came(clock: Clock) -> None:
    chamber = Chamber()
    sitting, raw = chamber.convened(), receipt()
    number = file_receipt.file_receipt(chamber.secretary, sitting, 1, chamber.bodies[0].id, raw, now=NOW)
    row = dispatch_log.receipts(chamber.secretary, sitting, 1)[0]
    assert (row.kind, row.body_name) == (ReceiptKind.DELIVERED, chamber.bodies[0].name)
    assert base64.b64decode(dispatch_log.receipt_content(chamber.secretary, sitting, number)) == raw


def test_the_same_receipt_is_filed_once(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    body = chamber.bodies[0].id
    file_receipt.file_receipt(chamber.secretary, sitting, 1, body, receipt(), now=NOW)
    with pytest.raises(Invalid):
        file_receipt.file_receipt(chamber.secretary, sitting, 1, body, receipt(), now=NOW)


def test_a_receipt_of_another_day_or_body_is_refused(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    older, stranger = receipt(day="27/02/2027"), factories.body("Estraneo").id
    for body, raw in [(chamber.bodies[0].id, older), (stranger, receipt())]:
        with pytest.raises(Invalid):
            file_receipt.file_receipt(chamber.secretary, sitting, 1, body, raw, now=NOW)
    with pytest.raises(NotFound):
        file_receipt.file_receipt(chamber.secretary, sitting, 2, chamber.bodies[0].id, receipt(), now=NOW)


def test_the_log_is_the_secretariats_and_the_auditors_to_read(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    auditor = factories.holder(Office.AUDITOR)
    assert dispatch_log.dispatches(auditor, sitting, 1)
    with pytest.raises(Forbidden):
        dispatch_log.dispatches(chamber.mayors[0], sitting, 1)
    with pytest.raises(Forbidden):
        file_receipt.file_receipt(auditor, sitting, 1, chamber.bodies[0].id, receipt(), now=NOW)
