"""Reading news: who has some waiting, and the words of a letter, under the rule of what is public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from portal.comments.models import Comment, Consultation
from portal.comments.visibility import visible_clause
from portal.db import db
from portal.drafting.models import Answer
from portal.drafting.rules import AnswerState, Outcome
from portal.kernel.actor import Actor
from portal.news.models import NewsItem
from portal.news.rules import NewsKind
from portal.plan.models import Action, Section
from portal.territory.models import Body

MOST = 200  # items of one letter


@dataclass(frozen=True)
class Item:
    """One thing that became public."""

    kind: NewsKind
    at: datetime
    number: int
    body_name: str
    code: str
    title: str
    words: str  # of the remark, or of the answer
    outcome: Outcome | None


@dataclass(frozen=True)
class Group:
    """What is new about one action or section, newest first."""

    code: str
    title: str
    items: tuple[Item, ...]


def _public() -> sa.Select[Any]:
    """Items that anybody may read now: remarks that are public, and published answers to such."""
    shown = sa.or_(NewsItem.kind == NewsKind.REMARK, Answer.state == AnswerState.PUBLISHED)
    query: Any = (
        sa.select(
            NewsItem.kind, NewsItem.at, Comment.number, Body.name, Action.code, Action.title, Section.code,
            Section.title, Comment.observation, Answer.text, Answer.outcome,
        )
        .join(Comment, Comment.id == NewsItem.comment_id)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .join(Body, Body.id == Comment.body_id)
        .outerjoin(Action, Action.id == Comment.action_id)
        .outerjoin(Section, Section.id == Comment.section_id)
        .outerjoin(Answer, Answer.comment_id == Comment.id)
        .where(visible_clause(Actor.anonymous()), shown)
    )  # fmt: skip
    public: sa.Select[Any] = query
    return public


def groups(mail_id: int) -> list[Group]:
    """The words of a letter of news, by action in order of code; empty when nothing of it is public any more."""
    query = _public().where(NewsItem.mail_id == mail_id)
    newest = query.order_by(NewsItem.at.desc(), NewsItem.id.desc()).limit(MOST)
    found = [_item(row) for row in db.session.execute(newest)]
    found.sort(key=lambda item: item.code)  # keeps the newest first within each
    return [Group(*place, tuple(items)) for place, items in groupby(found, key=lambda item: (item.code, item.title))]


def _item(row: Any) -> Item:
    kind, at, number, body, action, action_title, section, section_title, observation, answer, outcome = row
    words = observation if kind is NewsKind.REMARK else answer
    place = (action, action_title) if action else (section or "", section_title or "")
    return Item(kind, at, number, body, *place, words, outcome if kind is NewsKind.ANSWER else None)


def readers_waiting() -> list[int]:
    """For whom something is waiting that anybody may read now."""
    query = _public().with_only_columns(NewsItem.person_id).where(NewsItem.mail_id.is_(None))
    return list(db.session.execute(query.distinct().order_by(NewsItem.person_id)).scalars())
