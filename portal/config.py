"""Typed settings, read from the environment once, at the start. docs/settings.md lists them for operators."""

from __future__ import annotations

import os
import secrets
import shlex
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

DEMO_CITY = "Città metropolitana di Velmara"  # invented, as all of the demonstration


class UnsafeSettings(RuntimeError):
    """Production was asked to start with settings that would harm it; the message lists all of them."""


@dataclass(frozen=True)
class Settings:
    """What an installation can set; names are those of the environment."""

    production: bool = False
    demo: bool = False
    database_url: str = ""
    redis_url: str = ""
    secret_key: str = ""
    mail_url: str = "outbox:"
    mail_from: str = "parere@localhost"
    public_url: str = "http://127.0.0.1:8000"
    data_dir: Path = field(default_factory=lambda: Path("var"))
    city_name: str = "Città metropolitana"
    contact_email: str = ""
    protection_officer: str = ""
    accessibility_url: str = ""
    source_url: str = ""
    trusted_proxies: int = 0
    live_sockets: int = 300
    log_level: str = "INFO"
    scan_command: tuple[str, ...] = ()

    @property
    def secure_cookies(self) -> bool:
        """Cookies travel only over TLS wherever the public address says so."""
        return self.public_url.startswith("https://")


_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


def _flag(env: Mapping[str, str], name: str) -> bool:
    value = env.get(name, "").strip().lower()
    if value not in _TRUE | _FALSE:
        raise UnsafeSettings(f"{name} must be 1 or 0, not {value!r}")
    return value in _TRUE


def _number(env: Mapping[str, str], name: str, default: int = 0) -> int:
    value = env.get(name) or str(default)
    if not (value.isascii() and value.isdigit()):
        raise UnsafeSettings(f"{name} must be a whole number, not {value!r}")
    return int(value)


def from_environment(env: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; in production refuse unsafe ones, elsewhere fill in what is missing."""
    env = os.environ if env is None else env
    data_dir = Path(env.get("DATA_DIR") or "var").absolute()
    settings = Settings(
        production=_flag(env, "PRODUCTION"),
        demo=_flag(env, "DEMO"),
        database_url=_psycopg(env.get("DATABASE_URL") or f"sqlite:///{data_dir / 'parere.sqlite3'}"),
        redis_url=env.get("REDIS_URL", ""),
        secret_key=env.get("SECRET_KEY", ""),
        mail_url=env.get("MAIL_URL") or "outbox:",
        mail_from=env.get("MAIL_FROM") or "parere@localhost",
        public_url=(env.get("PUBLIC_URL") or "http://127.0.0.1:8000").rstrip("/"),
        data_dir=data_dir,
        city_name=env.get("CITY_NAME") or (DEMO_CITY if _flag(env, "DEMO") else "Città metropolitana"),
        contact_email=env.get("CONTACT_EMAIL", ""),
        protection_officer=env.get("PROTECTION_OFFICER", ""),
        accessibility_url=env.get("ACCESSIBILITY_URL", ""),
        source_url=env.get("SOURCE_URL", ""),
        trusted_proxies=_number(env, "TRUSTED_PROXIES"),
        live_sockets=_number(env, "LIVE_SOCKETS", 300),
        log_level=env.get("LOG_LEVEL") or "INFO",
        scan_command=_command(env, "SCAN_COMMAND"),
    )
    _check_addresses(settings)
    if settings.production:
        _refuse_unsafe(settings)
        return settings
    return settings if settings.secret_key else _with_local_secret(settings)


def _command(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    """A program with its options, as one writes it on a line; it must be there."""
    try:
        words = tuple(shlex.split(env.get(name, "")))
    except ValueError as error:
        raise UnsafeSettings(f"{name} is not a command: {error}") from error
    if words and shutil.which(words[0]) is None:
        raise UnsafeSettings(f"{name} names a program that is not here: {words[0]}")
    return words


def _psycopg(url: str) -> str:
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _check_addresses(settings: Settings) -> None:
    scheme = urlsplit(settings.database_url).scheme
    if scheme not in {"sqlite", "postgresql+psycopg"}:
        raise UnsafeSettings(f"DATABASE_URL must begin with sqlite:/// or postgresql://, not {scheme}:")
    if urlsplit(settings.mail_url).scheme not in {"outbox", "smtp", "smtps"}:
        raise UnsafeSettings("MAIL_URL must be outbox:, smtp://user:password@host:port or smtps://...")
    if urlsplit(settings.public_url).scheme not in {"http", "https"}:
        raise UnsafeSettings("PUBLIC_URL must begin with https:// (or http:// on a closed network)")


def _refuse_unsafe(settings: Settings) -> None:
    faults = [
        words
        for wrong, words in (
            (len(settings.secret_key) < 32, "SECRET_KEY must be set, 32 characters or more"),
            (len(set(settings.secret_key)) < 10, "SECRET_KEY must be random: openssl rand -hex 32"),
            (settings.demo, "DEMO must not be set: it lets anybody sign in"),
            (not settings.public_url.startswith("https://"), "PUBLIC_URL must be the https:// address people use"),
            (not urlsplit(settings.mail_url).hostname, "MAIL_URL must name an SMTP server: people sign in by mail"),
            (not settings.contact_email, "CONTACT_EMAIL must be set: the privacy notice names it"),
        )
        if wrong
    ]
    if faults:
        raise UnsafeSettings("refusing to start in production:\n- " + "\n- ".join(faults))


def _with_local_secret(settings: Settings) -> Settings:
    """Keep one random key beside the data, so that a restart signs nobody out."""
    path = settings.data_dir / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return Settings(**{**settings.__dict__, "secret_key": path.read_text().strip()})
