"""Sittings from the console."""

from __future__ import annotations

from flask import Flask

from portal.conferences.hall.rules import Way
from tests.conftest import Clock
from tests.fixtures.application import console
from tests.hall import Hall
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


def test_the_attendance_is_told_and_written_with_what_is_known_of_each_interval(app: Flask, clock: Clock) -> None:
    hall = Hall()
    hall.open(1, 2)
    hall.leave(2, now=hall.at(20))
    hall.enter(2, Way.REMOTE, now=hall.at(30))
    clock.set(hall.at(40))
    told = console(app, "sitting", "attendance", str(hall.sitting))
    assert "2 of 5 seats, 3000 of 10000 residents." in told and "still there remote mayor" in told
    file = console(app, "sitting", "attendance", str(hall.sitting), "--format", "csv").splitlines()
    second = [line.split(",") for line in file if line.startswith("2,")]
    assert [(row[8], row[11], row[12]) for row in second] == [("room", "roll_call", "desk"), ("remote", "desk", "")]
    assert len(file) == 1 + 6  # seats for which nobody came have a row too
