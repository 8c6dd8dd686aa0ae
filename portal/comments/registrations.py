"""Reading letters: the list of the secretariat, the sheet on which one is split, what the receipt tells of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.comments import registration_rules as rules
from portal.comments import sentences
from portal.comments.letter_drafts import passages_of
from portal.comments.letter_sources import Document, documents_of
from portal.comments.models import Consultation, Submission
from portal.comments.registration_models import Registration, RegistrationPoint
from portal.comments.registration_rules import (
    NO_REQUEST,
    Coverage,
    LetterChannel,
    Owner,
    Part,
    Passages,
    RegistrationState,
)
from portal.comments.rules import CommentKind
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.offices import Office
from portal.kernel.permissions import Permission, require
from portal.plan.models import Action, Paragraph, Section
from portal.plan.rules import ParagraphKind
from portal.territory.models import Body

PAGE = 50


@dataclass(frozen=True)
class LetterRow:
    """A letter in the list."""

    id: int
    body_name: str
    channel: LetterChannel
    protocol_number: str
    protocol_date: date
    received_at: datetime
    state: RegistrationState
    saved_at: datetime
    by: str
    points: int
    code: str | None


@dataclass(frozen=True)
class LetterPoint:
    """One remark that the letter makes, with its words so far."""

    id: int
    n: int
    kind: CommentKind
    action_code: str | None
    action_title: str | None
    section_code: str | None
    section_title: str | None
    paragraph_id: int | None
    paragraph_number: int | None
    paragraph_kind: ParagraphKind | None
    paragraph_text: str | None
    observation: str
    proposed_text: str
    reasons: str


@dataclass(frozen=True)
class Stretch:
    """A stretch of the letter as one marks it: a sentence, or a part of one that somebody cut."""

    start: int
    end: int
    text: str
    after: str  # the white space that follows
    owner: Owner | None
    n: int = 0  # of the point, as it is shown


@dataclass(frozen=True)
class Letter:
    """A letter as a whole; of one that was registered, its heading and what became of it."""

    id: int
    consultation_id: int
    consultation_title: str
    deadline_at: datetime
    version_id: int
    body_id: int
    body_name: str
    channel: LetterChannel
    protocol_number: str
    protocol_date: date
    received_at: datetime
    signed_as: Office | None
    text: str
    state: RegistrationState
    revision: int
    saved_at: datetime
    by: str
    code: str | None
    passages: Passages
    points: tuple[LetterPoint, ...]
    documents: tuple[Document, ...]

    @property
    def coverage(self) -> Coverage:
        """How much of it is dealt with."""
        return rules.coverage(self.text, self.passages)

    @property
    def waiting(self) -> tuple[tuple[int, int], ...]:
        """The stretches that nobody owns yet."""
        return rules.unassigned(self.text, self.passages)

    @property
    def is_late(self) -> bool:
        """True if it came after the deadline."""
        return self.received_at >= self.deadline_at

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The whole letter in stretches that one can mark: joined together with what follows each they are the text."""
        return stretches(self.text, self.passages, {point.id: point.n for point in self.points})

    @property
    def left_out(self) -> list[str]:
        """What asks for nothing."""
        return [self.text[p.start : p.end] for p in self.passages if p.owner == NO_REQUEST]


def stretches(text: str, passages: Passages, numbers: dict[int, int]) -> tuple[Stretch, ...]:
    """Sentences, cut where a passage begins or ends."""
    cuts = {0, len(text)} | {one.start for one in sentences.split(text)}
    cuts |= {edge for p in passages for edge in (p.start, p.end)}
    found: list[Stretch] = []
    for begin, until in pairwise(sorted(cuts)):
        words = text[begin:until]
        start, end = begin + len(words) - len(words.lstrip()), begin + len(words.rstrip())
        if found and (start > begin or end <= start):  # white space belongs to what it follows
            found[-1] = replace(found[-1], after=found[-1].after + words[: max(start, begin) - begin])
        if start < end:
            owner = next((p.owner for p in passages if p.start <= start < p.end), None)
            number = numbers.get(owner.point_id or 0, 0) if owner else 0
            found.append(Stretch(start, end, text[start:end], words[end - begin :], owner, number))
    return tuple(found)


def letters(actor: Actor, state: RegistrationState, before: int | None = None, limit: int = PAGE) -> list[LetterRow]:
    """Letters in a state, the latest taken in first."""
    require(actor, Permission.LETTER_REGISTER)
    count = sa.select(sa.func.count()).where(RegistrationPoint.registration_id == Registration.id).scalar_subquery()
    query: Any = (
        sa.select(
            Registration.id,
            Body.name,
            Registration.channel,
            Registration.protocol_number,
            Registration.protocol_date,
            Registration.received_at,
            Registration.state,
            Registration.saved_at,
            Person.name,
            count,
            Submission.code,
        )
        .join(Body, Body.id == Registration.body_id)
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(Submission, Submission.id == Registration.submission_id)
        .where(Registration.state == state)
        .order_by(Registration.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(Registration.id < before)
    return [LetterRow(*row) for row in db.session.execute(query)]


def counts(actor: Actor) -> dict[RegistrationState, int]:
    """How many letters stand in each state."""
    require(actor, Permission.LETTER_REGISTER)
    rows = db.session.execute(sa.select(Registration.state, sa.func.count()).group_by(Registration.state))
    return {row[0]: row[1] for row in rows}


def letter(actor: Actor, letter_id: int) -> Letter:
    """A letter with everything that is known of it."""
    require(actor, Permission.LETTER_REGISTER)
    found = db.session.execute(
        sa.select(Registration, Consultation, Body.name, Person.name, Submission.code)
        .join(Consultation, Consultation.id == Registration.consultation_id)
        .join(Body, Body.id == Registration.body_id)
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(Submission, Submission.id == Registration.submission_id)
        .where(Registration.id == letter_id, Registration.state != RegistrationState.DISCARDED)
    ).one_or_none()
    if found is None:
        raise NotFound()
    row, consultation, body_name, by, code = found
    # Registered, its words are read as its remarks: there alone they are hidden where a passage was.
    shown = row.state is RegistrationState.OPEN
    passages = passages_of(row.id) if shown else ()
    return Letter(
        row.id,
        consultation.id,
        consultation.title,
        consultation.deadline_at,
        consultation.version_id,
        row.body_id,
        body_name,
        row.channel,
        row.protocol_number,
        row.protocol_date,
        row.received_at,
        row.signed_as,
        row.text if shown else "",
        row.state,
        row.revision,
        row.saved_at,
        by,
        code,
        passages,
        _points(row, passages) if shown else (),
        documents_of(row.id),
    )


def _points(row: Registration, passages: Passages) -> tuple[LetterPoint, ...]:
    """In the order in which the letter makes them."""
    rows: Any = db.session.execute(
        sa.select(
            RegistrationPoint.id,
            RegistrationPoint.kind,
            Action.code,
            Action.title,
            Section.code,
            Section.title,
            RegistrationPoint.paragraph_id,
            Paragraph.number,
            Paragraph.kind,
            Paragraph.text,
        )
        .outerjoin(Action, Action.id == RegistrationPoint.action_id)
        .outerjoin(Section, Section.id == RegistrationPoint.section_id)
        .outerjoin(Paragraph, Paragraph.id == RegistrationPoint.paragraph_id)
        .where(RegistrationPoint.registration_id == row.id)
        .order_by(RegistrationPoint.position)
    ).all()
    first = {p.owner.point_id: p.start for p in reversed(passages)}
    ordered = sorted(rows, key=lambda values: first.get(values[0], len(row.text)))
    return tuple(
        LetterPoint(point_id, n, *rest, *(rules.part_text(row.text, passages, Owner(point_id, part)) for part in Part))
        for n, (point_id, *rest) in enumerate(ordered, 1)
    )
