"""Opinions from the console: where they are, and their documents as the bytes of their fingerprints."""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask

from portal.opinions.requests import certify, queries
from portal.opinions.requests.rules import last_instant
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.application import console
from tests.forum_requests import Request

pytestmark = pytest.mark.once


def test_a_request_and_its_document_are_written_as_data(app: Flask, clock: Clock, tmp_path: Path) -> None:
    number = Request().number
    assert f"{number}  forum  Requested  Parere sul Piano (due 2027-03-21)" in console(app, "opinion", "list")
    clock.at = last_instant(NOW, 20) + timedelta(hours=1)
    certify.expire(number, now=clock.at)
    assert f"{number}  forum  Term over  Parere sul Piano" in console(app, "opinion", "list")
    told = json.loads(console(app, "opinion", "export", str(number)))
    assert [one["kind"] for one in told["documents"]] == ["certificate"]
    file = tmp_path / "attestazione.json"
    console(app, "opinion", "document", str(number), "1", "-o", str(file))
    assert sha256(file.read_bytes()).hexdigest() == queries.document(number, 1).sha256
