"""What a rehearsal needs: a clock that runs and can be put forward, a server that can be stopped, open windows."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime, timedelta

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from portal.kernel.actor import Actor
from portal.live.relay import Relay
from portal.live.turn import Always
from tests.fixtures.application import served
from tests.fixtures.browser import PATIENCE, settle, watch
from tests.keyboard import enter


class Running:
    """A clock that runs on from an instant."""

    def __init__(self, at: datetime) -> None:
        self.set(at)

    def now(self) -> datetime:
        """The instant it shows."""
        return self._at + timedelta(seconds=time.monotonic() - self._since)

    def set(self, at: datetime) -> None:
        """Put it to an instant; it runs on from there."""
        self._at, self._since = at, time.monotonic()


class House:
    """The application, served at one address that stays the same when the server stops and starts again."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._up: ExitStack | None = None
        self.port = 0
        self.start()

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve, with the relay beside the pages."""
        self._up = ExitStack()
        page: AbstractContextManager[str] = served(self._app, self.port)
        self.port = int(self._up.enter_context(page).rpartition(":")[2])
        relay = Relay(self._app.app_context, self._app.extensions["hub"], Always(), self._app.extensions["wake"])
        relay.start()
        self._up.callback(relay.join, 30)
        self._up.callback(relay.stop)

    def stop(self) -> None:
        """Take leave of everybody and answer nobody."""
        assert self._up is not None
        self._up.close()
        self._up = None

    def close(self) -> None:
        """Stop if it runs, and wait until nothing is answered any more."""
        if self._up is not None:
            self.stop()
        settle()


class Windows:
    """Browser windows of several people at once."""

    def __init__(self, browser: Browser, app: Flask, house: House, clock: Running) -> None:
        self._browser, self._app, self._house, self._clock = browser, app, house, clock
        self._open: list[BrowserContext] = []
        self.faults: list[str] = []

    def open(self, who: Actor | None, path: str, *, width: int = 1280, height: int = 800) -> Page:
        """A window of its own, of somebody who has signed in or of a visitor."""
        context = self._browser.new_context(
            base_url=self._house.address,
            viewport={"width": width, "height": height},
            locale="it-IT",
            timezone_id="Europe/Rome",
            has_touch=width < 600,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        self._open.append(context)
        page = context.new_page()
        watch(page, self.faults)
        if who is not None:
            enter(page, self._app, self._house.address, who, now=self._clock.now())
        page.goto(path)
        return page

    def close(self) -> None:
        """Close them all."""
        for context in self._open:
            context.close()
        self._open.clear()
