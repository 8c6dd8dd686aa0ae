"""Somebody who follows streams over a socket, and a relay that a test turns by hand."""

from __future__ import annotations

from contextvars import Context
from typing import Any

from flask import Flask

from portal.db import db
from portal.kernel.actor import Actor
from portal.live.relay import Relay
from portal.live.turn import Always
from tests.fixtures.client import Visitor


class Listener:
    """One socket."""

    def __init__(self, app: Flask, who: Actor | None = None, acting: int | None = None) -> None:
        self.browser = app.test_client()
        assert isinstance(self.browser, Visitor)
        if who:
            self.browser.sign_in(who.person_id or 0, acting)
        self._sockets = app.extensions["hub"].sockets
        self.socket = Context().run(lambda: self._sockets.test_client(app, flask_test_client=self.browser))

    def ask(self, event: str, data: Any = None) -> Any:
        """Send an event and wait for its acknowledgement."""
        return Context().run(lambda: self.socket.emit(event, data, callback=True))

    def join(self, **streams: int | None) -> Any:
        """Follow streams: `join(consultation_3=57)`."""
        return self.ask("join", {"streams": {name.replace("_", ":"): seq for name, seq in streams.items()}})

    def heard(self, event: str = "entry") -> list[dict[str, Any]]:
        """What was told since the last time."""
        return [message["args"][0] for message in self.socket.get_received() if message["name"] == event]

    @property
    def is_there(self) -> bool:
        """True while the socket is open."""
        return bool(self.socket.is_connected())

    def leave(self) -> None:
        """Close it."""
        if self.is_there:
            Context().run(self.socket.disconnect)


class Turned:
    """The relay of an application, one round at a time."""

    def __init__(self, app: Flask) -> None:
        self.relay = Relay(app.app_context, app.extensions["hub"], Always())
        self()

    def __call__(self) -> int:
        """One round."""
        db.session.rollback()
        return Context().run(self.relay.once)
