"""What an applicant does with a request that was confirmed: answer the secretariat, or withdraw it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.db import atomic, db
from portal.files.examine import Examined
from portal.files.keep import keep
from portal.files.rules import tidy_name
from portal.files.store import Store
from portal.forum import rules
from portal.forum.apply import by_token
from portal.forum.events import JoiningAnswered, JoiningDecided
from portal.forum.models import ForumQuestion
from portal.forum.rules import ApplicationState
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.errors import Conflict
from portal.kernel.text import typed
from portal.kernel.words import N_


@dataclass(frozen=True)
class Enclosed:
    """A document that was looked at."""

    name: str
    found: Examined


@atomic()
def answer(token: str, text: str, enclosed: Enclosed | None, *, store: Store, now: datetime) -> int:
    """Answer the open question, with a document if one was asked for."""
    row = by_token(token, now)
    query = sa.select(ForumQuestion).where(ForumQuestion.application_id == row.id, ForumQuestion.answered_at.is_(None))
    question = db.session.scalar(query.order_by(ForumQuestion.number).limit(1))
    if row.state is not ApplicationState.ASKED or question is None:
        raise Conflict(N_("Nothing is asked of you now."), code="nothing_asked")
    question.answer = typed(text, field="text", limit=rules.REASON_LIMIT)
    question.answered_at = now
    if enclosed is not None:
        question.file_sha256 = keep(store, enclosed.found, now=now)
        question.file_name = tidy_name(enclosed.name, enclosed.found.kind)
    row.state = rules.APPLICATIONS.advance(row.state, ApplicationState.RECEIVED)
    event = JoiningAnswered(row.forum_id, row.id, question.number, text_digest(question.answer))
    record(event, actor=Actor.anonymous(), now=now)
    return row.id


@atomic()
def withdraw(token: str, *, now: datetime) -> int:
    """The applicant takes the request back."""
    row = by_token(token, now)
    row.state = rules.APPLICATIONS.advance(row.state, ApplicationState.WITHDRAWN)
    event = JoiningDecided(row.forum_id, row.id, row.state.value, text_digest(""))
    record(event, actor=Actor.anonymous(), now=now)
    return row.id
