"""Ask the index: what holds every word, the best first, for this reader's eyes only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
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
    def named(self) -> frozenset[str]:
        """What the results are narrowed by."""
        by = {
            "kind": self.kind,
            "body": self.body_key,
            "action": self.action_code,
            "consultation": self.consultation_id,
        }
        return frozenset(name for name, value in by.items() if value)

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
    given = {f"code{at}": code for at, code in enumerate(codes)}
    return {codes[code]: times for code, times in db.session.execute(_counting(len(codes)), given)}


@lru_cache(maxsize=64)
def _counting(terms: int) -> Any:
    def counted(at: int) -> Any:
        code = sa.bindparam(f"code{at}", type_=sa.BigInteger)
        some = sa.select(Posting.document_id).where(Posting.term == code).limit(COMMON).subquery()
        return sa.select(code.label("code"), sa.select(sa.func.count()).select_from(some).scalar_subquery())

    return sa.union_all(*(counted(at) for at in range(terms)))


def matches(
    actor: Actor, asked: Asked, narrowed: Narrowed, known: dict[str, int], after: Cursor | None, limit: int
) -> Matches:
    """What holds every term, the best first, from below a place on; `known` are the frequencies of the terms."""
    keys = sorted(asked.keys, key=lambda key: (known.get(key, 0), key))
    if not keys or not all(known.get(key) for key in keys):
        return NOTHING
    reader = replace(actor, name="", email="", session_id=None)
    shape = Shape(len(keys), narrowed.plan_too, narrowed.named, narrowed.scope is not None, after is not None)
    given: dict[str, Any] = {f"code{at}": stems.code(key) for at, key in enumerate(keys)}
    given |= {f"rarity{at}": rarity(known[key]) for at, key in enumerate(keys)}
    given |= {"considered": CONSIDERED, "most": limit + 1, "versions": list(narrowed.versions)}
    given |= {"action": narrowed.action_code, "kind": narrowed.kind, "body": narrowed.body_key}
    given |= {"consultation": narrowed.consultation_id}
    given |= {"scope": narrowed.scope.number} if narrowed.scope else {}
    given |= {"score": after.score, "document": after.document_id} if after else {}
    rows = db.session.execute(_ranking(reader, shape), given).all()
    counts = {scope: int(getattr(rows[0], scope.value)) for scope in Scope} if rows else {}
    shown = tuple(Match(r.id, r.kind, r.ref, r.version_id, r.comment_id, int(r.score)) for r in rows[:limit])
    return Matches(shown, counts, len(rows) > limit)


@dataclass(frozen=True)
class Shape:
    """What makes one question another statement than the next: all the rest is given to it."""

    terms: int
    plan_too: bool
    named: frozenset[str]  # what the results are narrowed by
    in_one_scope: bool
    goes_on: bool


@lru_cache(maxsize=256)
def _ranking(reader: Actor, shape: Shape) -> Any:
    """The statement of a shape for a reader: built once, because building it takes longer than answering it."""
    scopes = [scope for scope in Scope if shape.plan_too or scope is not Scope.PLAN]
    found = sa.union_all(*(sa.select(_branch(reader, scope, shape).subquery()) for scope in scopes)).subquery()
    totals = [
        sa.func.sum(sa.case((found.c.scope == scope.number, 1), else_=0)).over().label(scope.value) for scope in Scope
    ]
    ranked = sa.select(found, *totals).subquery()
    query = sa.select(ranked).order_by(ranked.c.score.desc(), ranked.c.id.desc()).limit(sa.bindparam("most"))
    if shape.in_one_scope:
        query = query.where(ranked.c.scope == sa.bindparam("scope"))
    if shape.goes_on:
        score = sa.bindparam("score", type_=sa.Integer)
        later = sa.and_(ranked.c.score == score, ranked.c.id < sa.bindparam("document"))
        query = query.where(sa.or_(ranked.c.score < score, later))
    return query


def _branch(reader: Actor, scope: Scope, shape: Shape) -> sa.Select[Any]:
    """The newest documents of a scope that hold every term: the rarest leads, the others are looked up."""
    postings = [aliased(Posting) for _ in range(shape.terms)]
    first = postings[0]
    weights: list[Any] = [p.weight * sa.bindparam(f"rarity{at}", type_=sa.Integer) for at, p in enumerate(postings)]
    columns: list[Any] = [Document.id, Document.kind, Document.ref, Document.version_id, Document.comment_id]
    columns += [sum(weights[1:], start=weights[0]).label("score"), sa.literal(scope.number).label("scope")]
    query = sa.select(*columns).select_from(first)
    for at, other in enumerate(postings[1:], 1):
        same = (other.term == sa.bindparam(f"code{at}"), other.scope == scope.number)
        query = query.join(other, sa.and_(other.document_id == first.document_id, *same))
    query = query.join(Document, Document.id == first.document_id)
    query = query.where(first.term == sa.bindparam("code0"), first.scope == scope.number)
    query = _of_plan(query, shape) if scope is Scope.PLAN else _of_remarks(query, reader, scope, shape)
    return query.order_by(first.document_id.desc()).limit(sa.bindparam("considered"))


def _of_plan(query: sa.Select[Any], shape: Shape) -> sa.Select[Any]:
    """In the versions that are looked through; of one action or section, only its own texts."""
    query = query.where(Document.version_id.in_(sa.bindparam("versions", expanding=True)))
    if "action" not in shape.named:
        return query
    actions, sections = _coded()
    inside = sa.or_(Paragraph.action_id.in_(actions), Paragraph.section_id.in_(sections))
    own = (
        (Kind.ACTION, actions),
        (Kind.SECTION, sections),
        (Kind.PARAGRAPH, sa.select(Paragraph.id).where(inside)),
    )
    return query.where(sa.or_(*[sa.and_(Document.kind == kind, Document.ref.in_(refs)) for kind, refs in own]))


def _coded() -> tuple[sa.Select[int], sa.Select[int]]:
    """The actions and the sections of the code that is asked for, in every version."""
    code: Any = sa.bindparam("action")
    return sa.select(Action.id).where(Action.code == code), sa.select(Section.id).where(Section.code == code)


def _of_remarks(query: sa.Select[Any], reader: Actor, scope: Scope, shape: Shape) -> sa.Select[Any]:
    """Remarks that the reader may read, or the published answers to those that anybody may read."""
    query = query.join(Comment, Comment.id == Document.comment_id)
    query = query.join(Consultation, Consultation.id == Comment.consultation_id)
    if scope is Scope.ANSWERS:
        query = query.join(Answer, Answer.id == Document.ref).where(*published_for_all())
    else:
        query = query.where(Comment.number.is_not(None), visible_clause(reader))
    actions, sections = _coded()
    wanted: dict[str, Any] = {
        "kind": Comment.kind == sa.bindparam("kind"),
        "body": Comment.body_id.in_(sa.select(Body.id).where(Body.key == sa.bindparam("body"))),
        "consultation": Comment.consultation_id == sa.bindparam("consultation"),
        "action": sa.or_(Comment.action_id.in_(actions), Comment.section_id.in_(sections)),
    }
    return query.where(*(condition for name, condition in wanted.items() if name in shape.named))
