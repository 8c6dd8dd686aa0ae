"""Minutes from the console, in every form."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import html5lib
import pytest
from flask import Flask

from tests.conftest import Clock
from tests.fixtures.application import console
from tests.minutes import sit

pytestmark = pytest.mark.once


def test_minutes_are_drawn_up_and_written_in_every_form(app: Flask, clock: Clock, tmp_path: Path) -> None:
    number = str(sit().sitting)
    assert "VERBALE N. 1/2027" in console(app, "sitting", "minutes", number)
    page = console(app, "sitting", "minutes", number, "--format", "html")
    html5lib.HTMLParser(strict=True).parse(page)
    assert "<h1>Verbale n. 1/2027</h1>" in page and "Anna Rossi" in page
    data = console(app, "sitting", "minutes", number, "--format", "json")
    assert json.loads(data)["journal"]["stream"] == f"sitting:{number}"
    file = tmp_path / "verbale.docx"
    told = console(app, "sitting", "minutes", number, "--format", "docx", "-o", str(file))
    assert sha256(data.encode()).hexdigest() in told and file.read_bytes().startswith(b"PK")
