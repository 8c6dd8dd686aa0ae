"""Ask that an organisation be admitted: anybody may, with an address that is confirmed before the request is read."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from portal.accounts.rules import NAME_LONGEST, normal_email
from portal.accounts.sessions import token_hash
from portal.db import atomic, db
from portal.forum import register, rules, settings
from portal.forum.events import JoiningAsked
from portal.forum.models import Forum, ForumApplication
from portal.forum.register import Facts
from portal.forum.rules import ApplicationState
from portal.jobs.queue import enqueue
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.kernel.errors import Conflict, Gone, Invalid, NotFound
from portal.kernel.text import typed
from portal.kernel.words import N_

TO_CONFIRM = timedelta(days=2)
TO_READ = timedelta(days=180)  # how long the personal address of a request that was confirmed opens it
MOST_OPEN = 3  # requests of one address that are not decided


@dataclass(frozen=True)
class Letter:
    """What the door needs to write a message to the applicant: the secret part of the personal address."""

    token: str
    contact: str
    organisation: str
    expires_at: datetime


Compose = Callable[[Letter], tuple[str, str]]


@dataclass(frozen=True)
class Wanted:
    """What an applicant writes."""

    facts: Facts
    purpose: str
    contact_name: str


@atomic()
def apply(forum_id: int, wanted: Wanted, compose: Compose, *, now: datetime) -> int:
    """Keep what was written until the address is confirmed by the link that is sent to it."""
    forum = db.session.get(Forum, forum_id)
    if forum is None:
        raise NotFound()
    if not settings.of(forum.id, local_day(now)).accepts_requests:
        raise Conflict(N_("Requests to join are not taken through the portal now."), code="closed")
    facts = register.checked(wanted.facts)
    _check_complete(facts)
    email = normal_email(wanted.facts.contact_email)
    _check_few(email, now)
    stored = register.of_organisation(facts)
    stored["contact_email"] = email
    row = ForumApplication(
        forum_id=forum.id,
        state=ApplicationState.WRITTEN,
        name=facts.name,
        category=facts.category,
        purpose=typed(wanted.purpose, field="purpose", limit=rules.REASON_LIMIT),
        contact_name=" ".join(typed(wanted.contact_name, field="contact_name", limit=NAME_LONGEST).split()),
        token_hash=token_hash(secrets.token_urlsafe(32)),
        expires_at=now + TO_CONFIRM,
        written_at=now,
        **stored,
    )
    db.session.add(row)
    db.session.flush()
    tell(row, "forum/confirm", compose, TO_CONFIRM, now=now)
    return row.id


@atomic()
def confirm(token: str, *, now: datetime) -> int:
    """The button on the page that the link opens: from now on the secretariat reads the request."""
    row = by_token(token, now)
    if row.state is not ApplicationState.WRITTEN:
        raise Conflict(N_("This request was confirmed already."), code="confirmed")
    row.state = rules.APPLICATIONS.advance(row.state, ApplicationState.RECEIVED)
    row.confirmed_at, row.expires_at = now, now + TO_READ
    record(JoiningAsked(row.forum_id, row.id), actor=Actor.anonymous(), now=now)
    return row.id


def by_token(token: str, now: datetime) -> ForumApplication:
    """Inside a verb: the request that a personal address opens, alone."""
    query = sa.select(ForumApplication).where(ForumApplication.token_hash == token_hash(token)).with_for_update()
    row = db.session.scalar(query.execution_options(populate_existing=True))
    if row is None or row.expires_at <= now:
        raise Gone(N_("This address does not open anything any more: use that of the latest letter."), code="link")
    return row


def tell(row: ForumApplication, template: str, compose: Compose, life: timedelta, *, now: datetime) -> None:
    """Inside a verb: write to the applicant; each letter brings a new personal address, which replaces the last."""
    token = secrets.token_urlsafe(32)
    row.token_hash, row.expires_at = token_hash(token), now + life
    subject, text = compose(Letter(token, row.contact_name, row.name, row.expires_at))
    cause = f"forum-application:{row.id}:{row.token_hash[:12]}"
    enqueue(cause, template, None, row.contact_email, subject, text, now=now)


def _check_complete(facts: Facts) -> None:
    for field in ("tax_code", "seat", "contact_email"):
        if not getattr(facts, field):
            raise Invalid(N_("Write a text here."), code="required", field=field)


def _check_few(email: str, now: datetime) -> None:
    """One address does not fill the desk of the secretariat."""
    pending = sa.select(sa.func.count()).where(
        ForumApplication.contact_email == email,
        ForumApplication.state.in_([ApplicationState.WRITTEN, *rules.OPEN_STATES]),
        ForumApplication.expires_at > now,
    )
    if db.session.execute(pending).scalar_one() >= MOST_OPEN:
        raise Conflict(
            N_("From this address %(most)d requests are being examined: wait for an answer."),
            code="too_many",
            field="contact_email",
            most=MOST_OPEN,
        )
