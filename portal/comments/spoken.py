"""What a remark speaks of, for every page that shows it: paragraphs with the chosen words, and what would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from portal.comments.anchors import AnchorRow, anchors_of, chosen_words, named_by
from portal.comments.difference import Op, Stretch, change
from portal.comments.rules import CommentKind


class Spoken(Protocol):
    """A remark or a point of a draft with the paragraph it stands at."""

    @property
    def id(self) -> int:
        """Its row."""

    @property
    def kind(self) -> CommentKind:
        """What it asks for."""

    @property
    def paragraph_key(self) -> str | None:
        """The paragraph it stands at, if any."""

    @property
    def proposed_text(self) -> str:
        """The wording it proposes; empty where it is hidden."""


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph, and whether the remark speaks of it."""

    text: str
    marked: bool


@dataclass(frozen=True)
class Passages:
    """One paragraph that a remark speaks of."""

    place: AnchorRow
    pieces: tuple[Piece, ...]

    @property
    def is_quote(self) -> bool:
        """True if it speaks of some words of it, not of all."""
        return self.place.is_quote


@dataclass(frozen=True)
class Speech:
    """What a remark speaks of: its own paragraph first, then others; and the change that it proposes there."""

    own: Passages | None = None
    others: tuple[Passages, ...] = ()
    change: tuple[Stretch, ...] = ()

    @property
    def proposes(self) -> bool:
        """True if the proposal is a change of the text; else it is a wording of its own."""
        return any(stretch.op is not Op.ADDED for stretch in self.change)


def of(remark: Spoken, text: str | None) -> Speech:
    """Of one remark; `text` is that of the paragraph it stands at."""
    return speech(remark, text, anchors_of([remark.id]).get(remark.id, ()))


def quotes(ids: Iterable[int]) -> dict[int, str]:
    """The chosen words of each remark that does not speak of whole paragraphs, for a list."""
    return {i: " … ".join(named.words) for i, named in named_by(ids).items() if named.words}


def speech(remark: Spoken, text: str | None, rows: Sequence[AnchorRow]) -> Speech:
    """The same from rows that were read already."""
    groups = [_passages(list(found)) for _, found in groupby(rows, key=lambda row: row.paragraph)]
    own = next((group for group in groups if group.place.paragraph == remark.paragraph_key), None)
    current = chosen_words(rows, remark.paragraph_key, text)
    new = remark.kind is CommentKind.NEW_ACTION or not current
    if not remark.proposed_text:
        changed = []
    else:
        changed = [Stretch(Op.ADDED, remark.proposed_text)] if new else change(current or "", remark.proposed_text)
    return Speech(own, tuple(group for group in groups if group is not own), tuple(changed))


def _passages(rows: list[AnchorRow]) -> Passages:
    return Passages(rows[0], tuple(_pieces(rows)))


def _pieces(rows: list[AnchorRow]) -> Iterator[Piece]:
    text, at = rows[0].text, 0
    if not rows[0].is_quote:
        yield Piece(text, False)
        return
    for row in sorted(rows, key=lambda row: row.start):
        if row.start > at:
            yield Piece(text[at : row.start], False)
        yield Piece(text[max(at, row.start) : row.end], True)
        at = max(at, row.end)
    if at < len(text):
        yield Piece(text[at:], False)
