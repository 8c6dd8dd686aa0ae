"""Wiring: settings, extensions, doors. The one module that may import everything."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask_babel import Babel
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from portal import logs, schema
from portal.api import document
from portal.api.door import bp as api
from portal.cli.commands import COMMANDS
from portal.conferences.follow.forget import forget_help
from portal.conferences.table.polls import close_due
from portal.config import Settings, from_environment
from portal.db import db
from portal.drafting import compare
from portal.files.collect import collect
from portal.files.store import Store
from portal.forum.forget import forget
from portal.jobs.seldom import Seldom
from portal.jobs.worker import Step, Worker
from portal.kernel import clock
from portal.live import wiring
from portal.notify import (
    admission,
    adoption,
    deliberation,
    listen,
    mailer,
    news,
    opinions,
    proposals,
    reminders,
    requests,
)
from portal.web import cache, door, headers, mailbox, numbers, pages, refusals
from portal.web.blueprints import BLUEPRINTS
from portal.web.limits import API, limiter

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "portal" / "translations"
limiter.limit(API)(api)


def create_app(settings: Settings | None = None, **overrides: Any) -> Flask:
    """Build the application from typed settings; `overrides` are Flask's own configuration keys (tests)."""
    settings = settings or from_environment()
    app = Flask("portal", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.config.update(_flask_settings(settings))
    app.config.update(overrides)
    app.extensions["settings"] = settings
    logs.start(app, settings)
    _extensions(app, settings)
    _doors(app)
    return app


def _flask_settings(settings: Settings) -> dict[str, Any]:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(settings),
        "SESSION_COOKIE_NAME": "__Host-parere" if settings.secure_cookies else "parere",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": settings.secure_cookies,
        "MAX_CONTENT_LENGTH": 16 * 2**20,
        "MAX_FORM_MEMORY_SIZE": 4 * 2**20,
        "MAX_FORM_PARTS": 2000,
        "BABEL_DEFAULT_LOCALE": "it",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Rome",
        # Flask-Babel pairs catalogues with folders one to one.
        "BABEL_TRANSLATION_DIRECTORIES": ";".join([str(TRANSLATIONS)] * len(_catalogues())),
        "BABEL_DOMAIN": ";".join(_catalogues()),
        "RATELIMIT_STORAGE_URI": settings.redis_url or "memory://",
        # While Redis is away each process counts by itself: nobody is refused for it, and nobody knocks for ever.
        "RATELIMIT_STORAGE_OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1} if settings.redis_url else {},
        "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": bool(settings.redis_url),
        "RATELIMIT_HEADERS_ENABLED": True,
    }


def _engine_options(settings: Settings) -> dict[str, Any]:
    quiet = {"hide_parameters": True}  # a fault is written to the log, what people wrote is not
    if settings.database_url.startswith("sqlite"):
        return quiet
    return {**quiet, "pool_pre_ping": True, "pool_size": 10, "max_overflow": 10}


def _catalogues() -> list[str]:
    found = {path.stem for path in TRANSLATIONS.glob("*/LC_MESSAGES/*.po")}
    return ["messages", *sorted(found - {"messages"})]


def _extensions(app: Flask, settings: Settings) -> None:
    db.init_app(app)
    assert schema.METADATA is db.metadata
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True, compare_type=True)
    Babel(app, locale_selector=pages.chosen_locale)
    forgery = CSRFProtect(app)
    forgery.exempt(api)  # it only reads, and never as somebody
    forgery.exempt(mailbox.stop)  # mail programs post there by themselves; the seal in the address is the proof
    wiring.install(app, settings)  # before the proxy, so that sockets too know whom it speaks for
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    login = LoginManager(app)
    login.session_protection = None  # sessions are rows: they end there, not by a guess about the browser
    login.user_loader(door.load_user)
    limiter.init_app(app)
    app.extensions["store"] = store = Store(settings.data_dir, settings.scan_command)

    def collect_files() -> int:
        return collect(store, now=clock.now())

    def forget_what_was_asked() -> int:
        return forget_help(now=clock.now())

    def close_polls() -> int:
        return close_due(clock.now())

    def forget_requests_to_join() -> int:
        return forget(now=clock.now())

    hourly: tuple[Step, ...] = (
        collect_files,
        forget_what_was_asked,
        forget_requests_to_join,
        opinions.alarms,
        proposals.warn,
    )
    seldom: list[Step] = [Seldom(timedelta(hours=1), step) for step in hourly]
    minutely: tuple[Step, ...] = (requests.terms, deliberation.hours, adoption.terms)
    soon: list[Step] = [Seldom(timedelta(minutes=1), step) for step in minutely]
    always: tuple[Step, ...] = (
        close_polls,
        admission.terms,
        *soon,
        listen.hear,
        reminders.remind,
        news.digests,
    )
    steps = (*always, mailer.deliver, compare.step, *seldom)
    app.extensions["worker"] = Worker(app.app_context, steps)


def _doors(app: Flask) -> None:
    app.before_request(door.guard)
    headers.install(app)
    refusals.install(app)
    pages.install(app)
    numbers.install(app)
    cache.install(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    document.install(app)
    for command in COMMANDS:
        app.cli.add_command(command)
