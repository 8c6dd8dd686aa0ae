"""The words of each document, read from the tables they stand in."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from portal.comments.models import Comment
from portal.comments.rules import CommentState
from portal.db import db
from portal.drafting.models import Answer
from portal.drafting.rules import AnswerState
from portal.kernel.canonical import digest
from portal.plan.models import Action, Paragraph, Section
from portal.search.rules import Kind

TITLE, HEADING, PLAIN = 4, 2, 1  # how much a word of a field counts
MAKING = 1  # rises when words are cut or counted in another way: every document is then made anew


@dataclass(frozen=True)
class Text:
    """A document with the fields it is made of: how much each counts, and its words."""

    kind: Kind
    ref: int
    version_id: int | None
    comment_id: int | None
    fields: tuple[tuple[int, str], ...]

    @property
    def hash(self) -> str:
        """Changes with the words."""
        return digest([MAKING, *([boost, text] for boost, text in self.fields)])


def of_version(version_id: int) -> Iterator[Text]:
    """Every text of a version of a plan."""
    sections = sa.select(Section.id, Section.code, Section.title).where(Section.version_id == version_id)
    for ref, code, title in db.session.execute(sections.order_by(Section.position)):
        yield Text(Kind.SECTION, ref, version_id, None, ((TITLE, f"{code} {title}"),))
    for action in db.session.scalars(
        sa.select(Action).where(Action.version_id == version_id).order_by(Action.position)
    ):
        facts = "\n".join([*action.lead, *action.partners, *action.private_partners, action.period])
        titles = f"{action.code} {action.source_code} {action.title}"
        yield Text(Kind.ACTION, action.id, version_id, None, ((TITLE, titles), (PLAIN, facts)))
    paragraphs = sa.select(Paragraph.id, Paragraph.heading, Paragraph.text).where(Paragraph.version_id == version_id)
    for ref, heading, text in db.session.execute(paragraphs.order_by(Paragraph.position, Paragraph.id)):
        yield Text(Kind.PARAGRAPH, ref, version_id, None, ((HEADING, heading), (PLAIN, text)))


def of_remarks(*where: Any) -> list[Text]:
    """The remarks that were sent and for which the conditions hold, in the order they came."""
    query = sa.select(Comment.id, Comment.observation, Comment.proposed_text, Comment.reasons)
    query = query.where(Comment.state != CommentState.DRAFT, *where).order_by(Comment.id)
    return [
        Text(Kind.REMARK, ref, None, ref, tuple((PLAIN, text) for text in texts))
        for ref, *texts in db.session.execute(query)
    ]


def of_answers(*where: Any) -> list[Text]:
    """The published answers for which the conditions hold, in the order they were begun."""
    query = sa.select(Answer.id, Answer.comment_id, Answer.text)
    query = query.where(Answer.state == AnswerState.PUBLISHED, *where).order_by(Answer.id)
    return [
        Text(Kind.ANSWER, ref, None, comment_id, ((PLAIN, text),))
        for ref, comment_id, text in db.session.execute(query)
    ]


def of_comments(comment_ids: Collection[int]) -> list[Text]:
    """What stands in some remarks and in the answers to them."""
    ids = sorted(comment_ids)
    return of_remarks(Comment.id.in_(ids)) + of_answers(Answer.comment_id.in_(ids))
