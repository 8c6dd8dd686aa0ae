"""What the secretariat does with a request to join: admit, refuse with a reason, or ask for something first."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from portal.accounts.rules import normal_email
from portal.db import atomic, db
from portal.forum import locked, rules
from portal.forum.admit import admit_new
from portal.forum.apply import TO_READ, Compose, tell
from portal.forum.events import JoiningDecided, JoiningQuestioned
from portal.forum.models import ForumApplication, ForumOrganisation, ForumQuestion
from portal.forum.register import Facts
from portal.forum.rules import ApplicationState
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.errors import Conflict
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_


@atomic()
def admit(
    actor: Actor, application_id: int, admitted_on: date, act: str, compose: Compose, *, now: datetime
) -> int:  # fmt: skip
    """The organisation is a member; returns its membership."""
    require(actor, Permission.FORUM_MANAGE)
    row = locked.application(application_id)
    rules.APPLICATIONS.advance(row.state, ApplicationState.ADMITTED)
    locked.forum(row.forum_id)  # two requests of one organisation do not become two members
    _check_new(row.tax_code)
    row.membership_id = admit_new(actor, row.forum_id, _facts(row), admitted_on, act, now=now)
    _decide(actor, row, ApplicationState.ADMITTED, "", compose, now)
    return row.membership_id


@atomic()
def refuse(actor: Actor, application_id: int, reason: str, compose: Compose, *, now: datetime) -> None:
    """The applicant is told why."""
    require(actor, Permission.FORUM_MANAGE)
    row = locked.application(application_id)
    rules.APPLICATIONS.advance(row.state, ApplicationState.REFUSED)
    written = rules.check_reason(typed(reason, field="reason", limit=rules.REASON_LIMIT))
    _decide(actor, row, ApplicationState.REFUSED, written, compose, now)


@atomic()
def ask(actor: Actor, application_id: int, text: str, compose: Compose, *, now: datetime) -> int:
    """Ask for a document or for something that is not clear; returns the number of the question."""
    require(actor, Permission.FORUM_MANAGE)
    row = locked.application(application_id)
    rules.APPLICATIONS.advance(row.state, ApplicationState.ASKED)
    row.state = ApplicationState.ASKED
    last = db.session.scalar(sa.select(sa.func.max(ForumQuestion.number)).where(ForumQuestion.application_id == row.id))
    question = ForumQuestion(
        application_id=row.id,
        number=(last or 0) + 1,
        text=typed(text, field="text", limit=rules.REASON_LIMIT),
        asked_at=now,
        asked_by_id=actor.person_id,
    )
    db.session.add(question)
    tell(row, "forum/question", compose, TO_READ, now=now)
    record(JoiningQuestioned(row.forum_id, row.id, question.number, text_digest(question.text)), actor=actor, now=now)
    return question.number


def _decide(
    actor: Actor, row: ForumApplication, state: ApplicationState, reason: str, compose: Compose, now: datetime
) -> None:
    row.state, row.reason = state, reason
    row.decided_at, row.decided_by_id = now, actor.person_id
    tell(row, "forum/decided", compose, TO_READ, now=now)
    record(JoiningDecided(row.forum_id, row.id, state.value, text_digest(reason)), actor=actor, now=now)


def _check_new(tax_code: str) -> None:
    known = sa.select(ForumOrganisation.body_id).where(ForumOrganisation.tax_code == tax_code)
    if tax_code and db.session.scalar(known.limit(1)) is not None:
        raise Conflict(
            N_("An organisation with this tax code is in the register: admit that one, and refuse this request."),
            code="known",
        )


def _facts(row: ForumApplication) -> Facts:
    return Facts(
        row.name,
        row.category,
        row.legal_form,
        row.tax_code,
        row.registered_in,
        row.registered_as,
        row.seat,
        row.website,
        normal_email(row.contact_email),
    )
