"""The register of the Forum from the console."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Flask

from tests.fixtures.application import console


def test_the_register_is_opened_filled_and_listed(app: Flask, tmp_path: Path) -> None:
    assert "metropolitan, youth" in console(app, "forum", "install")
    assert "already" in console(app, "forum", "install")
    assert "No organisation yet" in console(app, "forum", "list")
    file = tmp_path / "members.csv"
    file.write_text("name,category,delegate,delegate_email\nLega Uno,association,Ada,ada@uno.example\n")
    assert "1 admitted, 0 known already, 1 people named." in console(app, "forum", "import", str(file))
    assert "association: 1 of 1" in console(app, "forum", "list")
    told = json.loads(console(app, "forum", "list", "--json"))
    assert [(one["key"], one["category"], one["suspended"]) for one in told] == [("lega-uno", "association", False)]
    assert "No organisation yet" in console(app, "forum", "list", "--forum", "youth")
