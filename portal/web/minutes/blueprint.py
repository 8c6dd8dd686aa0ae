"""What all pages of minutes share."""

from __future__ import annotations

from flask import Blueprint, current_app, url_for

from portal.conferences.minutes import queries
from portal.conferences.minutes.queries import MinutesPage
from portal.config import Settings
from portal.records.minutes.document import Document, document
from portal.web.door import current_actor, now

bp = Blueprint("minutes", __name__)


def found(number: int, call: int | None = None) -> MinutesPage:
    """The minutes that an address names, for whoever may read them."""
    return queries.minutes(current_actor(), number, call, now=now())


def written(page: MinutesPage) -> Document:
    """The document of them, with where its fingerprint can be checked."""
    settings: Settings = current_app.extensions["settings"]
    return document(page, settings.public_url + url_for("comments.verify"))


def address(page: MinutesPage) -> str:
    """Where these minutes are."""
    return url_for("minutes.minutes", number=page.sitting, call=page.call)
