"""Put the live door into the application: sockets inside, the gate before everything."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, current_app, has_app_context

from portal.conferences.following import may_follow
from portal.config import Settings
from portal.journal import bell, hearing
from portal.live.gate import Gate
from portal.live.hub import Hub
from portal.live.relay import Relay
from portal.live.turn import Always, Elected
from portal.live.wake import Local, Queued
from portal.voting import queries as voting


def install(app: Flask, settings: Settings) -> None:
    """Give the application its sockets, the relay that feeds them, and the gate that counts them."""
    hub = Hub(app, _origins(settings), settings.redis_url)
    turn = Elected(settings.redis_url) if settings.redis_url else Always()
    app.extensions["hub"] = hub
    app.extensions["wake"] = wake = Queued(settings.redis_url) if settings.redis_url else Local()
    app.extensions["relay"] = Relay(app.app_context, hub, turn, wake)
    hearing.guard("sitting", may_follow)
    hearing.guard("poll", voting.may_follow)
    bell.on_commit(_ring)
    app.extensions["gate"] = gate = Gate(app.wsgi_app, settings.live_sockets)
    app.wsgi_app = gate  # type: ignore[method-assign]


def _ring() -> None:
    if has_app_context():
        current_app.extensions["wake"].ring()


def _origins(settings: Settings) -> list[str] | None:
    """In production the public address alone; elsewhere the address one is served at (None asks for the same)."""
    if not settings.production:
        return None
    parts = urlsplit(settings.public_url)
    return [f"{parts.scheme}://{parts.netloc}"]
