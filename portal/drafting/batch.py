"""Acts on many remarks: each item done or refused with words, in one transaction, and told one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portal.comments.models import Comment
from portal.drafting import queries
from portal.kernel.errors import DomainError, NotFound
from portal.kernel.words import Words


@dataclass(frozen=True)
class Item:
    """What became of one remark of the act: done, or the words that say why not."""

    comment_id: int
    number: int
    refused: Words | None = None


def each(comment_ids: Iterable[int], act: Callable[[Comment], object]) -> list[Item]:
    """Do it to every remark under its lock; a rule that refuses one leaves it as it is, a strange id stops them all.

    The act must check everything before it changes anything.
    """
    return [_one(comment_id, act) for comment_id in sorted(set(comment_ids))]


def _one(comment_id: int, act: Callable[[Comment], object]) -> Item:
    comment = queries.remark_for_update(comment_id)
    if comment is None:
        raise NotFound()
    try:
        act(comment)
    except DomainError as refusal:
        return Item(comment.id, comment.number or 0, refusal.words)
    return Item(comment.id, comment.number or 0)
