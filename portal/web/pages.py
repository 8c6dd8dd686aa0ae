"""What every template knows: the actor, the city, the language, words and dates."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask_babel import format_date, format_datetime, format_decimal, get_locale

from portal.config import Settings
from portal.kernel import clock, markup
from portal.kernel.actor import Actor
from portal.kernel.offices import Office
from portal.kernel.permissions import Permission, can
from portal.web import door, editions, wording
from portal.web.labels import label
from portal.web.sketch import sketch

LANGUAGES = ("it", "en")


def chosen_locale() -> str:
    """The language of the cookie; Italian otherwise."""
    chosen = request.cookies.get("lang", "it")
    return chosen if chosen in LANGUAGES else "it"


def install(app: Flask) -> None:
    """Register filters and what templates can count on."""
    app.jinja_env.filters.update(instant=instant, day=day, number=number, percent=percent, words=door.translate)
    app.jinja_env.filters.update(linked=markup.linked, rich=markup.rich)
    app.jinja_env.globals.update(asset=asset, label=label, sketch=sketch, Permission=Permission, Office=Office)
    wording.install(app)
    app.context_processor(_context)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _context() -> dict[str, Any]:
    settings: Settings = current_app.extensions["settings"]
    actor = door.current_actor_or_visitor()
    return {
        "actor": actor,
        "mandates": actor.grants,
        "can": lambda permission, target=None: can(actor, Permission(permission), target),
        "page_at": lambda address: _page_at(actor, address),
        "city": {"name": settings.city_name},
        "settings": settings,
        "demo": settings.demo,
        "locale": str(get_locale()),
        "now": door.now(),
        "phase": editions.phase(),
        "updated_at": None,
    }


def _page_at(actor: Actor, address: str) -> str | None:
    """The endpoint at an address without parts that vary, if there is one and the actor may open it: for menus."""
    known: dict[str, str] = current_app.extensions.setdefault("addresses", {})
    if not known:
        rules = current_app.url_map.iter_rules()
        known.update(
            {rule.rule: rule.endpoint for rule in rules if not rule.arguments and "GET" in (rule.methods or ())}
        )
    endpoint = known.get(address)
    if endpoint is None:
        return None
    permission: Permission | None = getattr(current_app.view_functions[endpoint], "access", None)
    return endpoint if permission is not None and can(actor, permission) else None


def instant(value: datetime, style: str = "long") -> str:
    """Day, hour and zone in Rome: `15 marzo 2027 alle ore 12:00 (ora di Roma)` in the reader's language."""
    return _written(value, style, str(get_locale()))


@lru_cache(maxsize=4096)
def _written(value: datetime, style: str, _locale: str) -> str:
    """The same deadline is written on every page."""
    pattern = {"long": "d MMMM y, HH:mm", "short": "dd/MM/y HH:mm", "exact": "d MMMM y, HH:mm:ss"}[style]
    local = clock.local(value)
    return f"{format_datetime(local, pattern, rebase=False)} {local:%Z}"


def day(value: date | datetime) -> str:
    """A day in words."""
    return str(format_date(clock.local_day(value) if isinstance(value, datetime) else value, "d MMMM y"))


def number(value: int | float) -> str:
    """A number with the grouping of the language."""
    return format_decimal(value)


def percent(part: int, whole: int) -> str:
    """A share with two decimals; a dash when there is no whole."""
    return f"{format_decimal(round(100 * part / whole, 2), '#,##0.00')} %" if whole else "–"


def asset(name: str) -> str:
    """The address of a built asset, the same for the whole of a page."""
    known: dict[str, str] = g.setdefault("assets", {})
    if name not in known:
        known[name] = _address(name)
    return known[name]


_PLAIN = {
    "parere.css": "css/plain.css",
    "seat.css": "css/plain.css",
    "screen.css": "css/screen.css",
    "icons.svg": "img/no-icons.svg",
}


def _address(name: str) -> str:
    """Of the built file; without the build, of the plain file that needs none."""
    built = _manifest().get(name)
    if built:
        return url_for("static", filename=f"vendor/{built}")
    return url_for("static", filename=_PLAIN.get(name, f"js/{name}"))


def _manifest() -> dict[str, str]:
    """What the last build made; read again when there has been a newer one."""
    path = Path(current_app.static_folder or "") / "vendor" / "manifest.json"
    try:
        stamp = path.stat().st_mtime_ns
    except FileNotFoundError:
        return {}
    known: tuple[int, dict[str, str]] = current_app.extensions.get("assets", (0, {}))
    if known[0] != stamp:
        known = (stamp, json.loads(path.read_text()))
        current_app.extensions["assets"] = known
    return known[1]
