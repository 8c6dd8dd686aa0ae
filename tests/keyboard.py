"""A person at a keyboard: signs in, reaches things with the tabulator."""

from __future__ import annotations

from datetime import datetime

from flask import Flask
from playwright.sync_api import Page

from portal.accounts.start_session import start_session
from portal.kernel.actor import Actor
from tests.factories import NOW


def enter(page: Page, app: Flask, server: str, who: Actor, *, now: datetime = NOW) -> Page:
    """Give the browser the session of a person."""
    token = start_session(who.person_id or 0, "link", "test", now=now)
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    value = signer.dumps({"_user_id": token, "_fresh": True})
    page.context.add_cookies([{"name": app.config["SESSION_COOKIE_NAME"], "value": value, "url": server}])
    return page


def tab_to(page: Page, selector: str) -> None:
    """Press the tabulator until the element has the focus."""
    for _ in range(90):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")
