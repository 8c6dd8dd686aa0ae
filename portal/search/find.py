"""Find: what the index names is read again with the reader's eyes, and shown with the words that were asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import sqlalchemy as sa

from portal.comments.models import Comment, Consultation
from portal.comments.queries import Filters, Remark, list_remarks
from portal.db import db
from portal.drafting.models import Answer
from portal.drafting.queries import published_for_all
from portal.drafting.rules import Outcome
from portal.kernel.actor import Actor
from portal.plan import queries as plans
from portal.plan.queries import ActionRow, ParagraphRow, SectionRow
from portal.search import excerpts, queries
from portal.search.asking import Asked
from portal.search.excerpts import Piece
from portal.search.queries import NOTHING, Match, Narrowed
from portal.search.rules import Cursor, Kind, Scope
from portal.territory.models import Body

PAGE = 20
FIELDS = ("observation", "proposed_text", "reasons")


class Edition(Protocol):
    """A version of a plan, as whoever looks through it knows it."""

    @property
    def version_id(self) -> int:
        """Its row."""

    @property
    def mark(self) -> str:
        """What tells its text from any other."""

    @property
    def slug(self) -> str:
        """The plan."""

    @property
    def number(self) -> int:
        """Which version of it."""


@dataclass(frozen=True)
class Place:
    """A text of the plan that was found, and where it stands."""

    plan_slug: str
    version_number: int
    title: str
    action_code: str | None = None
    section_code: str | None = None
    paragraph: ParagraphRow | None = None
    words: str = ""


@dataclass(frozen=True)
class AnswerRow:
    """A published answer that was found, and the remark it answers."""

    number: int
    body_name: str
    outcome: Outcome
    text: str
    published_at: datetime


@dataclass(frozen=True)
class Hit:
    """One result: exactly one of place, remark and answer says what it is."""

    kind: Kind
    pieces: tuple[Piece, ...]
    place: Place | None = None
    title: tuple[Piece, ...] = ()  # of a place, its words marked too
    remark: Remark | None = None
    field: str = ""
    answer: AnswerRow | None = None


@dataclass(frozen=True)
class Found:
    """A page of results."""

    hits: tuple[Hit, ...]
    counts: dict[Scope, int]
    capped: bool
    next: Cursor | None
    missing: tuple[str, ...]  # words, as typed, that stand nowhere

    @property
    def total(self) -> int:
        """Everywhere together."""
        return sum(self.counts.values())


def find(
    actor: Actor,
    asked: Asked,
    narrowed: Narrowed,
    editions: Iterable[Edition],
    *,
    after: Cursor | None = None,
    limit: int = PAGE,
) -> Found:
    """A page of what holds every word, the best first."""
    known = queries.frequencies(asked.keys)
    found = queries.matches(actor, asked, narrowed, known, after, limit) if known else NOTHING
    hits = _hits(actor, asked, found.rows, editions)
    counts = dict(found.counts)
    for gone in (match for match, hit in zip(found.rows, hits, strict=True) if hit is None):
        counts[_SCOPES[gone.kind]] -= 1  # the text has changed since, and what it said is not told by a number either
    missing = () if found.rows else _missing(actor, asked, narrowed, known, editions)
    last = found.rows[-1].cursor if found.more else None
    return Found(tuple(hit for hit in hits if hit), counts, found.is_capped, last, missing)


def _missing(
    actor: Actor, asked: Asked, narrowed: Narrowed, known: dict[str, int], editions: Iterable[Edition]
) -> tuple[str, ...]:
    """The words, as typed, that stand nowhere for this reader: what hidden texts alone say is not told apart."""
    looked, where = list(editions), Narrowed(narrowed.versions)

    def stands(term: str) -> bool:
        word = Asked(term, (term,))
        found = queries.matches(actor, word, where, {term: known[term]}, None, 1)
        return any(_hits(actor, word, found.rows, looked))

    return tuple(typed for term, typed in asked.typed if term in known and not (known[term] and stands(term)))


_SCOPES = {Kind.REMARK: Scope.REMARKS, Kind.ANSWER: Scope.ANSWERS}


def _hits(actor: Actor, asked: Asked, rows: Sequence[Match], editions: Iterable[Edition]) -> list[Hit | None]:
    remarks = _remarks(actor, [row.ref for row in rows if row.kind is Kind.REMARK])
    answers = _answers([row.ref for row in rows if row.kind is Kind.ANSWER])
    wanted = {row.version_id for row in rows}
    places = {key: place for edition in editions if edition.version_id in wanted for key, place in _places(edition)}

    def hit(row: Match) -> Hit | None:
        if row.kind is Kind.REMARK:
            return _remark_hit(asked, remarks.get(row.ref))
        if row.kind is Kind.ANSWER:
            return _answer_hit(asked, answers.get(row.ref))
        place = places.get((row.kind, row.ref))
        return _place_hit(asked, row.kind, place) if place else None

    return [hit(row) for row in rows]


def _place_hit(asked: Asked, kind: Kind, place: Place) -> Hit:
    title = excerpts.excerpt(place.title, asked, len(place.title))
    return Hit(kind, excerpts.excerpt(place.words, asked), place=place, title=title)


def _remarks(actor: Actor, ids: list[int]) -> dict[int, Remark]:
    if not ids:
        return {}
    return {remark.id: remark for remark in list_remarks(actor, Filters(among=ids), limit=len(ids))}


def _remark_hit(asked: Asked, remark: Remark | None) -> Hit | None:
    if remark is None:
        return None
    texts = [str(getattr(remark, field)) for field in FIELDS]
    if not excerpts.holds(texts, asked):
        return None
    at = excerpts.richest(texts, asked)
    return Hit(Kind.REMARK, excerpts.excerpt(texts[at], asked), remark=remark, field=FIELDS[at])


def _answers(ids: list[int]) -> dict[int, AnswerRow]:
    if not ids:
        return {}
    rows: Any = db.session.execute(
        sa.select(Answer.id, Comment.number, Body.name, Answer.outcome, Answer.text, Answer.published_at)
        .join(Comment, Comment.id == Answer.comment_id)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .join(Body, Body.id == Comment.body_id)
        .where(Answer.id.in_(ids), *published_for_all())
    )
    found: dict[int, AnswerRow] = {}
    for answer_id, *values in rows:
        found[answer_id] = AnswerRow(*values)
    return found


def _answer_hit(asked: Asked, answer: AnswerRow | None) -> Hit | None:
    if answer is None or not excerpts.holds([answer.text], asked):
        return None
    return Hit(Kind.ANSWER, excerpts.excerpt(answer.text, asked), answer=answer)


def _places(edition: Edition) -> Iterable[tuple[tuple[Kind, int], Place]]:
    """Every text of a version by what the index calls it; the tree is in memory."""
    tree = plans.tree(edition.version_id, edition.mark)
    for section in tree.sections:
        yield (Kind.SECTION, section.id), _of_section(edition, section)
        for text in section.texts + section.objectives:
            yield (Kind.PARAGRAPH, text.id), _of_section(edition, section, text)
    for action in tree.actions:
        yield (Kind.ACTION, action.id), _of_action(edition, action)
        for text in action.all_paragraphs():
            yield (Kind.PARAGRAPH, text.id), _of_action(edition, action, text)


def _of_section(edition: Edition, section: SectionRow, text: ParagraphRow | None = None) -> Place:
    words = text.text if text else ""
    return Place(edition.slug, edition.number, section.title, None, section.code, text, words)


def _of_action(edition: Edition, action: ActionRow, text: ParagraphRow | None = None) -> Place:
    facts = [*action.lead, *action.partners, *action.private_partners, action.period]
    words = text.text if text else " · ".join(fact for fact in facts if fact)
    return Place(edition.slug, edition.number, action.title, action.code, None, text, words)
