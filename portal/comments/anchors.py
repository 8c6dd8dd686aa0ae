"""The words that remarks speak of, in rows: written with the draft, read by every page, file and feed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from portal.comments.models import Anchor, Comment
from portal.comments.passages import QUOTE, WHOLE, Passage, Selector, settled, whole, wording
from portal.db import db
from portal.plan.models import Action, Paragraph, Section
from portal.plan.rules import ParagraphKind

AT_ONCE = 500  # ids in one statement
Chosen = Sequence[tuple[Paragraph, Selector]]


@dataclass(frozen=True)
class AnchorRow:
    """One passage that a remark speaks of, with where it stands in the plan."""

    comment_id: int
    paragraph_id: int
    paragraph: str  # the key
    paragraph_number: int
    paragraph_kind: ParagraphKind
    action_id: int | None
    section_id: int | None
    action_code: str | None
    action_title: str | None
    section_code: str | None
    section_title: str | None
    unit: str  # whole | quote
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    text: str  # of the paragraph

    @property
    def is_quote(self) -> bool:
        """True if it is less than the whole paragraph."""
        return self.unit == QUOTE

    @property
    def passage(self) -> Passage:
        """The same as it was chosen."""
        return Passage(self.paragraph, self.start, self.end, self.exact)


_ROWS = (
    sa.select(
        Anchor.comment_id,
        Anchor.paragraph_id,
        Paragraph.key,
        Paragraph.number,
        Paragraph.kind,
        Paragraph.action_id,
        Paragraph.section_id,
        Action.code,
        Action.title,
        Section.code,
        Section.title,
        Anchor.unit,
        Anchor.exact,
        Anchor.prefix,
        Anchor.suffix,
        Anchor.start,
        Anchor.end,
        Paragraph.text,
    )
    .join(Paragraph, Paragraph.id == Anchor.paragraph_id)
    .outerjoin(Action, Action.id == Paragraph.action_id)
    .outerjoin(Section, Section.id == Paragraph.section_id)
    .where(Anchor.comment_id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(Anchor.comment_id, Anchor.id)
)


_OWN = sa.func.coalesce(Comment.paragraph_id == Anchor.paragraph_id, sa.false())
_NAMED = (
    sa.select(Anchor.comment_id, Anchor.unit, Anchor.exact, Paragraph.key, sa.case((_OWN, True), else_=False))
    .join(Comment, Comment.id == Anchor.comment_id)
    .join(Paragraph, Paragraph.id == Anchor.paragraph_id)
    .where(Anchor.comment_id.in_(sa.bindparam("ids", expanding=True)))
    .where(sa.or_(Anchor.unit == sa.bindparam("quote"), sa.not_(_OWN)))
    .order_by(Anchor.comment_id, Anchor.id)
)


def anchors_of(ids: Iterable[int]) -> dict[int, tuple[AnchorRow, ...]]:
    """The passages of each remark, by its id: those of its own paragraph first; a remark without any is left out.

    They quote the plan's text, not the remark: whoever may know of the remark may read them.
    """
    wanted = sorted(set(ids))
    found: dict[int, list[AnchorRow]] = {}
    for at in range(0, len(wanted), AT_ONCE):
        rows: Any = db.session.execute(_ROWS, {"ids": wanted[at : at + AT_ONCE]})
        for values in rows:
            found.setdefault(values[0], []).append(AnchorRow(*values))
    return {comment_id: tuple(rows) for comment_id, rows in found.items()}


@dataclass(frozen=True)
class Named:
    """What a remark names beside its own paragraph as a whole: words of the text, and other paragraphs by key."""

    words: tuple[str, ...]
    paragraphs: tuple[str, ...]


def named_by(ids: Iterable[int]) -> dict[int, Named]:
    """For lists and files: without the texts of the paragraphs; a remark that names nothing more is left out."""
    wanted = sorted(set(ids))
    words: dict[int, list[str]] = {}
    elsewhere: dict[int, dict[str, None]] = {}
    for at in range(0, len(wanted), AT_ONCE):
        rows: Any = db.session.execute(_NAMED, {"ids": wanted[at : at + AT_ONCE], "quote": QUOTE})
        for comment_id, unit, exact, key, is_own in rows:
            words.setdefault(comment_id, []).extend([exact] if unit == QUOTE else [])
            elsewhere.setdefault(comment_id, {}).update({} if is_own else {key: None})
    return {i: Named(tuple(words[i]), tuple(elsewhere[i])) for i in words}


def chosen_words(rows: Sequence[AnchorRow], paragraph: str | None, text: str | None) -> str | None:
    """What a proposal takes the place of, from the rows of its remark."""
    named = [row for row in rows if row.is_quote or row.paragraph != paragraph]
    return wording(named, paragraph, text)


def texts_of(version_id: int, keys: Iterable[str]) -> dict[str, Paragraph]:
    """Paragraphs of a version by key, in the order of the plan."""
    rows = db.session.scalars(
        sa.select(Paragraph)
        .where(Paragraph.version_id == version_id, Paragraph.key.in_(sorted(set(keys))))
        .order_by(Paragraph.id)
    )
    return {row.key: row for row in rows}


def resolved(version_id: int, passages: Sequence[Passage], own: Paragraph | None) -> list[tuple[Paragraph, Selector]]:
    """Where the chosen passages stand, those of the remark's own paragraph first; anything else is refused.

    All of its own paragraph is what a remark speaks of without saying so.
    """
    found = texts_of(version_id, [passage.paragraph for passage in passages]) if passages else {}
    order = sorted(found, key=lambda key: (own is None or key != own.key, found[key].id))
    standing = settled(passages, {key: found[key].text for key in order})
    return [(found[s.paragraph], s) for s in standing if s.unit != WHOLE or own is None or s.paragraph != own.key]


def own_paragraph(paragraph_id: int | None) -> Paragraph | None:
    """The paragraph that a remark stands at, if any."""
    return db.session.get(Paragraph, paragraph_id) if paragraph_id else None


def put(comment: Comment, chosen: Chosen) -> None:
    """Keep the chosen words in rows; a remark on a paragraph that names none of its words speaks of all of them."""
    own, rows = own_paragraph(comment.paragraph_id), list(chosen)
    if own and all(paragraph is not own for paragraph, _ in rows):
        rows.insert(0, (own, whole(own.key, own.text)))
    comment.anchors = [_row(paragraph, selector) for paragraph, selector in rows]


def named(chosen: Chosen) -> tuple[Passage, ...]:
    """The passages alone."""
    return tuple(selector.passage for _, selector in chosen)


def _row(paragraph: Paragraph, selector: Selector) -> Anchor:
    return Anchor(
        paragraph=paragraph,
        unit=selector.unit,
        exact=selector.exact,
        prefix=selector.prefix,
        suffix=selector.suffix,
        start=selector.start,
        end=selector.end,
    )


def whole_of(paragraph: Paragraph) -> dict[str, Any]:
    """All of a paragraph, as the values of a row."""
    length = len(paragraph.text)
    return {
        "paragraph_id": paragraph.id,
        "unit": WHOLE,
        "exact": paragraph.text,
        "prefix": "",
        "suffix": "",
        "start": 0,
        "end": length,
    }


def without_own(comment: Comment) -> bool:
    """True if a remark on a paragraph has no passage of it: then all of it is meant."""
    own = comment.paragraph_id
    return own is not None and all(anchor.paragraph_id != own for anchor in comment.anchors)
