"""What every rehearsal runs on: a clock, a server that can be stopped, windows of several people."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests import factories
from tests.browser.rehearsal.stage import House, Running, Windows


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Running:
    running = Running(factories.NOW)
    monkeypatch.setattr("portal.kernel.clock.now", running.now)
    return running


@pytest.fixture
def house(app: Flask, database: None) -> Iterator[House]:
    made = House(app)
    yield made
    made.close()


@pytest.fixture
def windows(browser: Browser, app: Flask, house: House, clock: Running) -> Iterator[Windows]:
    made = Windows(browser, app, house, clock)
    yield made
    made.close()
    assert made.faults == []
