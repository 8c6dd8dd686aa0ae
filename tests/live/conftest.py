"""What tests of the live door can ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from portal.kernel.actor import Actor
from portal.live.hub import ANSWERS_KEPT, VISITORS_KEPT
from portal.live.lately import Lately
from tests.conftest import Clock
from tests.live.listener import Listener, Turned

Enter = Callable[..., Listener]


@pytest.fixture(autouse=True)
def _today(clock: Clock) -> None:
    """Pages and sockets stand at the instant of the factories."""


@pytest.fixture
def enter(app: Flask, database: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Enter]:
    """Open a socket, as somebody or as a visitor; what visitors were told in the test before is forgotten."""
    for kept, seconds in (("_visitors", VISITORS_KEPT), ("_answers", ANSWERS_KEPT)):
        monkeypatch.setattr(app.extensions["hub"], kept, Lately(seconds))
    opened: list[Listener] = []

    def opener(who: Actor | None = None, acting: int | None = None) -> Listener:
        opened.append(Listener(app, who, acting))
        return opened[-1]

    yield opener
    for listener in opened:
        listener.leave()
    for replaced in ("_send_packet", "_send_eio_packet"):  # by Flask-SocketIO's test client, for ever
        vars(app.extensions["hub"].sockets.server).pop(replaced, None)


@pytest.fixture
def turn(app: Flask, database: None) -> Turned:
    """The relay, turned by hand; it knows what had happened before the test asked for it."""
    return Turned(app)
