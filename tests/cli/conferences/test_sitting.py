"""Sittings from the console."""

from __future__ import annotations

from flask import Flask

from tests.conftest import Clock
from tests.fixtures.application import console
from tests.sittings import Chamber


def test_rule_sets_are_installed_once_and_listed(app: Flask) -> None:
    assert "No rule set yet" in console(app, "sitting", "rules", "list")
    assert "mayors" in console(app, "sitting", "rules", "install")
    assert "already" in console(app, "sitting", "rules", "install")
    assert "mayors v1: 5 days of notice" in console(app, "sitting", "rules", "list")


def test_sittings_and_their_dispatches_are_listed(app: Flask, clock: Clock) -> None:
    assert "No sitting yet" in console(app, "sitting", "list")
    chamber = Chamber(comuni=1)
    sitting = chamber.convened()
    assert f"{sitting} convened 11/03/2027 10:00 mayors: Seduta plenaria" in console(app, "sitting", "list")
    told = console(app, "sitting", "dispatches", str(sitting), "1")
    assert told.count("waiting Comune 01") == 2
