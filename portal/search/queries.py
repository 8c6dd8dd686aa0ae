"""Ask the index: what holds every word, the best first, for this reader's eyes only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.comments.models import Comment, Consultation
from portal.comments.rules import CommentKind
from portal.comments.visibility import visible_clause
from portal.db import db
from portal.drafting.models import Answer
from portal.drafting.queries import published_for_all
from portal.kernel.actor import Actor
from portal.plan.models import Action, Paragraph, Section
from portal.search import stems
from portal.search.asking import Asked
from portal.search.models import Document, Posting
from portal.search.rules import COMMON, CONSIDERED, Cursor, Kind, Scope, rarity
from portal.territory.models import Body


@dataclass(frozen=True)
class Narrowed:
    """Where one looks and what the results are narrowed to; the plan is looked for in these versions."""

    versions: tuple[int, ...] = ()
    scope: Scope | None = None
    kind: CommentKind | None = None
    body_key: str = ""
    action_code: str = ""
    consultation_id: int | None = None

    @property
    def plan_too(self) -> bool:
        """False where only remarks can be meant: the plan has no author."""
        return bool(self.versions) and not self.kind and not self.body_key


@dataclass(frozen=True)
class Match:
    """A document that the index names, with how well it answers."""

    document_id: int
    kind: Kind
    ref: int
    version_id: int | None
    comment_id: int | None
    score: int

    @property
    def cursor(self) -> Cursor:
        """Where the list goes on after it."""
        return Cursor(self.score, self.document_id)


@dataclass(frozen=True)
class Matches:
    """A page of what was found, and how much there is in each place (up to what is considered)."""

    rows: tuple[Match, ...]
    counts: dict[Scope, int]
    more: bool

    @property
    def total(self) -> int:
        """Everywhere together."""
        return sum(self.counts.values())

    @cached_property
    def is_capped(self) -> bool:
        """True if there is more somewhere than is considered."""
        return any(count >= CONSIDERED for count in self.counts.values())


NOTHING = Matches((), {}, False)


def frequencies(keys: Iterable[str]) -> dict[str, int]:
    """In how many documents each term stands, counted up to where it tells nothing more."""
    codes = {stems.code(key): key for key in keys}
    if not codes:
        return {}

    def counted(code: int) -> sa.Select[Any]:
        named = sa.select(sa.literal(code, sa.BigInteger).label("code"))
        some = sa.select(Posting.document_id).where(Posting.term == code).limit(COMMON).subquery()
        return named.add_columns(sa.select(sa.func.count()).select_from(some).scalar_subquery().label("times"))

    rows = db.session.execute(sa.union_all(*(counted(code) for code in codes)))
    return {codes[code]: times for code, times in rows}


def matches(
    actor: Actor, asked: Asked, narrowed: Narrowed, known: dict[str, int], after: Cursor | None, limit: int
) -> Matches:
    """What holds every term, the best first, from below a place on; `known` are the frequencies of the terms."""
    keys = sorted(asked.keys, key=lambda key: (known.get(key, 0), key))
    if not keys or not all(known.get(key) for key in keys):
        return NOTHING
    scored = [(stems.code(key), rarity(known[key])) for key in keys]
    branches = [_branch(actor, scope, scored, narrowed) for scope in Scope if scope is not Scope.PLAN]
    if narrowed.plan_too:
        branches.insert(0, _branch(actor, Scope.PLAN, scored, narrowed))
    found = sa.union_all(*(sa.select(branch.subquery()) for branch in branches)).subquery()
    totals = [
        sa.func.sum(sa.case((found.c.scope == scope.number, 1), else_=0)).over().label(scope.value) for scope in Scope
    ]
    ranked = sa.select(found, *totals).subquery()
    query = sa.select(ranked).order_by(ranked.c.score.desc(), ranked.c.id.desc()).limit(limit + 1)
    if narrowed.scope:
        query = query.where(ranked.c.scope == narrowed.scope.number)
    if after:
        later = sa.and_(ranked.c.score == after.score, ranked.c.id < after.document_id)
        query = query.where(sa.or_(ranked.c.score < after.score, later))
    rows = db.session.execute(query).all()
    counts = {scope: int(getattr(rows[0], scope.value)) for scope in Scope} if rows else {}
    shown = tuple(Match(r.id, r.kind, r.ref, r.version_id, r.comment_id, int(r.score)) for r in rows[:limit])
    return Matches(shown, counts, len(rows) > limit)


def _branch(actor: Actor, scope: Scope, scored: list[tuple[int, int]], by: Narrowed) -> sa.Select[Any]:
    """The newest documents of a scope that hold every term: the rarest leads, the others are looked up."""
    postings = [aliased(Posting) for _ in scored]
    first = postings[0]
    score = sum((p.weight * rare for p, (_, rare) in zip(postings, scored, strict=True)), start=sa.literal(0))
    columns: list[Any] = [Document.id, Document.kind, Document.ref, Document.version_id, Document.comment_id]
    columns += [score.label("score"), sa.literal(scope.number).label("scope")]
    query = sa.select(*columns).select_from(first)
    for other, (code, _) in zip(postings[1:], scored[1:], strict=True):
        same = (other.term == code, other.scope == scope.number, other.document_id == first.document_id)
        query = query.join(other, sa.and_(*same))
    query = query.join(Document, Document.id == first.document_id)
    query = query.where(first.term == scored[0][0], first.scope == scope.number)
    query = _of_plan(query, by) if scope is Scope.PLAN else _of_remarks(query, actor, scope, by)
    return query.order_by(first.document_id.desc()).limit(CONSIDERED)


def _of_plan(query: sa.Select[Any], by: Narrowed) -> sa.Select[Any]:
    """In the versions that are looked through; of one action or section, only its own texts."""
    query = query.where(Document.version_id.in_(by.versions))
    if not by.action_code:
        return query
    own = [sa.and_(Document.kind == kind, Document.ref.in_(refs)) for kind, refs in _refs(by.action_code).items()]
    return query.where(sa.or_(*own))


def _refs(code: str) -> dict[Kind, Any]:
    actions, sections = (
        sa.select(Action.id).where(Action.code == code),
        sa.select(Section.id).where(Section.code == code),
    )
    inside = sa.or_(Paragraph.action_id.in_(actions), Paragraph.section_id.in_(sections))
    return {
        Kind.ACTION: actions,
        Kind.SECTION: sections,
        Kind.PARAGRAPH: sa.select(Paragraph.id).where(inside),
    }


def _of_remarks(query: sa.Select[Any], actor: Actor, scope: Scope, by: Narrowed) -> sa.Select[Any]:
    """Remarks that the actor may read, or the published answers to those that anybody may read."""
    query = query.join(Comment, Comment.id == Document.comment_id)
    query = query.join(Consultation, Consultation.id == Comment.consultation_id)
    if scope is Scope.ANSWERS:
        query = query.join(Answer, Answer.id == Document.ref).where(*published_for_all())
    else:
        query = query.where(Comment.number.is_not(None), visible_clause(actor))
    wanted: list[tuple[Any, Any]] = [
        (by.kind, Comment.kind == by.kind),
        (by.body_key, Comment.body_id.in_(sa.select(Body.id).where(Body.key == by.body_key))),
        (by.consultation_id, Comment.consultation_id == by.consultation_id),
        (
            by.action_code,
            sa.or_(
                Comment.action_id.in_(sa.select(Action.id).where(Action.code == by.action_code)),
                Comment.section_id.in_(sa.select(Section.id).where(Section.code == by.action_code)),
            ),
        ),
    ]
    return query.where(*(condition for value, condition in wanted if value))
