"""What was asked, answered, hidden, opened, reported and replied about one remark, for who may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.accounts import two_persons
from portal.accounts.models import Person
from portal.accounts.two_persons import Waiting
from portal.comments import hiding, masks, sealing
from portal.comments.admission_models import (
    AuthorQuestion,
    Escalation,
    Hiding,
    OriginalOpening,
    RefusalReply,
    Report,
    Review,
)
from portal.comments.attachment_models import Attachment
from portal.comments.masks import Sentence
from portal.comments.models import Comment
from portal.comments.rules import ReasonCode
from portal.db import db


@dataclass(frozen=True)
class QuestionRow:
    """A question to the author with its answer; names are for the secretariat."""

    id: int
    text: str
    asked_by: str
    asked_at: datetime
    answer_by: datetime
    answer: str
    answered_by: str | None
    answered_at: datetime | None
    ended_at: datetime | None

    @property
    def is_open(self) -> bool:
        """True while the author can answer."""
        return self.ended_at is None


@dataclass(frozen=True)
class ReplyRow:
    """What the author replied to a refusal."""

    id: int
    decision_id: int
    text: str
    person: str
    replied_at: datetime
    considered_id: int | None


@dataclass(frozen=True)
class HidingRow:
    """Passages hidden together."""

    id: int
    passages: int
    files: int
    reason_code: ReasonCode
    text: str
    person: str
    person_id: int
    proposed_by: str | None
    hidden_at: datetime
    lifted_at: datetime | None


@dataclass(frozen=True)
class OpeningRow:
    """Somebody read the sealed original."""

    person: str
    reason: str
    opened_at: datetime


@dataclass(frozen=True)
class ReportRow:
    """A report and what became of it; `kept` is None while it waits."""

    person: str
    reason_code: ReasonCode
    text: str
    reported_at: datetime
    kept: bool | None
    review_text: str | None


@dataclass(frozen=True)
class RequestRow:
    """What a colleague asks a second person to hide."""

    id: int
    whole: bool
    reason_code: ReasonCode
    text: str
    passages: list[str]
    files: list[str]
    requested_by: str
    requested_by_id: int
    requested_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Dossier:
    """Everything beside the decisions that the secretariat needs about a remark."""

    questions: list[QuestionRow]
    replies: list[ReplyRow]
    hidings: list[HidingRow]
    openings: list[OpeningRow]
    reports: list[ReportRow]
    requests: list[RequestRow]
    sentences: list[Sentence]
    escalated_at: datetime | None

    @property
    def open_question(self) -> QuestionRow | None:
        """The one the author can still answer."""
        return next((q for q in self.questions if q.is_open), None)

    @property
    def open_reports(self) -> list[ReportRow]:
        """Those that wait."""
        return [r for r in self.reports if r.kept is None]

    @property
    def open_reply(self) -> ReplyRow | None:
        """The reply that waits for another person."""
        return next((r for r in self.replies if r.considered_id is None), None)

    @property
    def is_sealed(self) -> bool:
        """True if there is an original beside what everybody reads."""
        return any(row.passages for row in self.hidings)


def dossier(comment_id: int, now: datetime) -> Dossier:
    """Read for the queue, by who may read what is hidden."""
    return Dossier(
        questions(comment_id),
        replies(comment_id),
        hidings(comment_id),
        _openings(comment_id),
        _reports(comment_id),
        _requests(comment_id, now),
        _sentences(comment_id),
        db.session.execute(
            sa.select(Escalation.escalated_at).where(Escalation.comment_id == comment_id)
        ).scalar_one_or_none(),
    )


def questions(comment_id: int) -> list[QuestionRow]:
    """Questions to the author, the first one first."""
    answerer = aliased(Person)
    rows = db.session.execute(
        sa.select(
            AuthorQuestion.id,
            AuthorQuestion.text,
            Person.name,
            AuthorQuestion.asked_at,
            AuthorQuestion.answer_by,
            AuthorQuestion.answer,
            answerer.name,
            AuthorQuestion.answered_at,
            AuthorQuestion.ended_at,
        )
        .join(Person, Person.id == AuthorQuestion.person_id)
        .outerjoin(answerer, answerer.id == AuthorQuestion.answered_person_id)
        .where(AuthorQuestion.comment_id == comment_id)
        .order_by(AuthorQuestion.id)
    )
    return [QuestionRow(*row) for row in rows]


def replies(comment_id: int) -> list[ReplyRow]:
    """What the author replied to refusals, the first one first."""
    rows = db.session.execute(
        sa.select(
            RefusalReply.id,
            RefusalReply.decision_id,
            RefusalReply.text,
            Person.name,
            RefusalReply.replied_at,
            RefusalReply.considered_id,
        )
        .join(Person, Person.id == RefusalReply.person_id)
        .where(RefusalReply.comment_id == comment_id)
        .order_by(RefusalReply.id)
    )
    return [ReplyRow(*row) for row in rows]


def hidings(comment_id: int) -> list[HidingRow]:
    """What was hidden of a remark, the first one first."""
    proposer = aliased(Person)
    rows: Any = db.session.execute(
        sa.select(
            Hiding.id,
            Hiding.spans,
            Hiding.reason_code,
            Hiding.text,
            Person.name,
            Hiding.person_id,
            proposer.name,
            Hiding.hidden_at,
            Hiding.lifted_at,
        )
        .join(Person, Person.id == Hiding.person_id)
        .outerjoin(proposer, proposer.id == Hiding.proposed_by_id)
        .where(Hiding.comment_id == comment_id)
        .order_by(Hiding.id)
    )
    return [
        HidingRow(number, len(sealing.passages_in(spans)), len(sealing.files_in(spans)), *facts)
        for number, spans, *facts in rows
    ]


def _openings(comment_id: int) -> list[OpeningRow]:
    rows = db.session.execute(
        sa.select(Person.name, OriginalOpening.reason, OriginalOpening.opened_at)
        .join(Person, Person.id == OriginalOpening.person_id)
        .where(OriginalOpening.comment_id == comment_id)
        .order_by(OriginalOpening.id)
    )
    return [OpeningRow(*row) for row in rows]


def _reports(comment_id: int) -> list[ReportRow]:
    rows = db.session.execute(
        sa.select(Person.name, Report.reason_code, Report.text, Report.reported_at, Review.kept, Review.text)
        .join(Person, Person.id == Report.person_id)
        .outerjoin(Review, Review.id == Report.review_id)
        .where(Report.comment_id == comment_id)
        .order_by(Report.id)
        .limit(50)
    )
    return [ReportRow(*row) for row in rows]


def _requests(comment_id: int, now: datetime) -> list[RequestRow]:
    found = [w for kind in hiding.KINDS for w in two_persons.waiting(hiding.subject(comment_id), kind, now=now)]
    return [_request(waiting, comment_id) for waiting in found]


def _request(waiting: Waiting, comment_id: int) -> RequestRow:
    asked_for = waiting.payload.get("spans", ())
    spans, files = sealing.passages_in(asked_for), sealing.files_in(asked_for)
    return RequestRow(
        waiting.id,
        waiting.kind == hiding.WHOLE,
        ReasonCode(waiting.payload["reason"]),
        str(waiting.payload["text"]),
        _words_of(comment_id, spans) if spans else [],
        _names_of(files) if files else [],
        waiting.requested_by,
        waiting.requested_by_id,
        waiting.requested_at,
        waiting.expires_at,
    )


def _words_of(comment_id: int, spans: list[masks.Span]) -> list[str]:
    """The words that are meant, without those that are hidden already."""
    texts, hidden = sealing.original(db.session.get_one(Comment, comment_id)), sealing.hidden_spans(comment_id)
    return [masks.words_at(texts, span, hidden) for span in spans]


def _names_of(attachment_ids: list[int]) -> list[str]:
    rows = db.session.execute(
        sa.select(Attachment.name).where(Attachment.id.in_(attachment_ids)).order_by(Attachment.id)
    )
    return list(rows.scalars())


def _sentences(comment_id: int) -> list[Sentence]:
    comment = db.session.get_one(Comment, comment_id)
    return masks.choices(sealing.original(comment), sealing.hidden_spans(comment_id))
