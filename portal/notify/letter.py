"""Writing a letter: a template, the addressee's language, addresses that work outside the portal."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import force_locale, gettext

from portal.accounts.letters import Addressee
from portal.config import Settings
from portal.forms import labels
from portal.jobs import queue
from portal.journal.unheard import Heard
from portal.kernel import clock

AT_ONCE = timedelta(0)


def send(
    entry: Heard,
    template: str,
    to: list[Addressee],
    it: object,
    link: str,
    *,
    hold: timedelta = AT_ONCE,
    **enums: Enum | None,
) -> None:
    """Queue the letter for each addressee, once, because of this entry."""
    for person in to:
        post(f"entry:{entry.id}", template, person, it, link, hold=hold, **enums)


def post(
    cause: str,
    template: str,
    person: Addressee,
    it: object,
    link: str,
    *,
    hold: timedelta = AT_ONCE,
    **enums: Enum | None,
) -> None:
    """Queue one letter to one addressee, in their language, once for its cause."""
    with force_locale(person.language):
        words = {name: gettext(labels.words(value)) for name, value in enums.items() if value is not None}
        subject, text = render(template, it=it, link=link, **words)
    queue.enqueue(cause, template, person.person_id, person.email, subject, text, now=clock.now(), hold=hold)


def render(template: str, **values: Any) -> tuple[str, str]:
    """Subject and text: the template's first line, and what follows it."""
    settings: Settings = current_app.extensions["settings"]
    page = current_app.jinja_env.get_template(f"mail/{template}.txt")
    said = page.render(city=settings.city_name, home=settings.public_url, demo=settings.demo, **values)
    subject, _, text = said.strip().partition("\n")
    return subject.strip(), text.strip() + "\n"


def address(endpoint: str, **values: Any) -> str:
    """A full address below PUBLIC_URL."""
    settings: Settings = current_app.extensions["settings"]
    parts = urlsplit(settings.public_url)
    urls = current_app.url_map.bind(parts.netloc, parts.path or "/", url_scheme=parts.scheme)
    return urls.build(endpoint, values, force_external=True)
