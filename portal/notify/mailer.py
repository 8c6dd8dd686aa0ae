"""How mail leaves: through SMTP, or into the local outbox that a page shows."""

from __future__ import annotations

import logging
import smtplib
import ssl
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import unquote, urlsplit

from flask import current_app

from portal.config import Settings
from portal.jobs import queries, queue
from portal.jobs.queue import Letter
from portal.kernel import clock
from portal.notify import news
from portal.notify.letter import address

log = logging.getLogger(__name__)
TIMEOUT = 20
BATCH = 20


def deliver() -> int:
    """Send what is due and return how many messages were sent; what fails is tried again later."""
    settings: Settings = current_app.extensions["settings"]
    if not queries.any_due(clock.now()):
        return 0
    letters = _with_words(queue.claim(BATCH, now=clock.now()))
    if settings.mail_url.startswith("outbox"):
        for letter in letters:
            queue.mark_sent(letter.id, keep_secrets=True, now=clock.now())
        return len(letters)
    return _by_smtp(letters, settings)


def _with_words(letters: list[Letter]) -> list[Letter]:
    """The letters with their text; news is worded now, and what has nothing to say any more is taken out."""
    ready = []
    for letter in letters:
        if letter.template not in news.WRITTEN_LATE:
            ready.append(letter)
        elif words := news.words_of(letter):
            ready.append(replace(letter, text=words))
        else:
            queue.cancel(letter.id, now=clock.now())
    return ready


def _by_smtp(letters: list[Letter], settings: Settings) -> int:
    sent, waiting = 0, deque(letters)
    try:
        with _connection(settings.mail_url) as server:
            while waiting:
                sent += _send(server, waiting[0], settings)
                waiting.popleft()
    except (OSError, smtplib.SMTPException) as error:
        log.warning("the mail server cannot be used: %s", type(error).__name__)
        for letter in waiting:
            _failed(letter, error)
    return sent


def _send(server: smtplib.SMTP, letter: Letter, settings: Settings) -> int:
    try:
        server.send_message(compose(letter, settings))
    except smtplib.SMTPServerDisconnected:
        raise
    except (smtplib.SMTPException, ValueError) as error:
        _failed(letter, error)
        server.rset()
    else:
        queue.mark_sent(letter.id, now=clock.now())
        return 1
    return 0


def _failed(letter: Letter, error: Exception) -> None:
    queue.mark_failed(letter.id, f"{type(error).__name__}: {error}", now=clock.now())


def compose(letter: Letter, settings: Settings) -> EmailMessage:
    """The message as it travels: plain text, the same Message-ID at every attempt, no automatic replies."""
    host = urlsplit(settings.public_url).hostname or "localhost"
    message = EmailMessage()
    name, sender = parseaddr(settings.mail_from)
    message["From"] = Address(name or settings.city_name, addr_spec=sender)
    message["To"] = letter.recipient
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.queued_at)
    message["Message-ID"] = f"<{letter.message_id}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.template in news.WRITTEN_LATE and letter.person_id:
        message["List-Unsubscribe"] = f"<{address('mailbox.stop', token=news.token(letter.person_id))}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text)
    return message


@dataclass(frozen=True)
class Server:
    """Where MAIL_URL points to."""

    host: str
    port: int
    user: str
    password: str
    encrypted: bool  # from the first byte

    @classmethod
    def of(cls, url: str) -> Server:
        """`smtp://user:password@host:587` asks for STARTTLS where it is offered; `smtps://` is TLS throughout."""
        parts = urlsplit(url)
        encrypted = parts.scheme == "smtps"
        port = parts.port or (465 if encrypted else 587)
        return cls(parts.hostname or "", port, unquote(parts.username or ""), unquote(parts.password or ""), encrypted)


@contextmanager
def _connection(url: str) -> Iterator[smtplib.SMTP]:
    where = Server.of(url)
    context = ssl.create_default_context()
    if where.encrypted:
        server: smtplib.SMTP = smtplib.SMTP_SSL(where.host, where.port, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(where.host, where.port, timeout=TIMEOUT)
    with server:
        server.ehlo()
        if not where.encrypted and server.has_extn("starttls"):
            server.starttls(context=context)
        elif not where.encrypted and where.user:
            raise smtplib.SMTPException("the server offers no encryption: the password is not sent in the clear")
        if where.user:
            server.login(where.user, where.password)
        yield server
