"""Remarks of a consultation by the themes that the drafting team gave them; a remark may carry several, or none."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import sqlalchemy as sa

from portal.comments.models import Comment
from portal.comments.rules import CommentState
from portal.db import db
from portal.drafting.models import CommentTag, Tag
from portal.records.breakdown import Tally

_Rows = list[tuple[int, int, int]]  # remark, submission, body


@dataclass(frozen=True)
class Themes:
    """Each theme with what was said under it, most remarks first; and how many remarks carry none."""

    rows: list[tuple[str, Tally]]
    without: int
    remarks: int


def by_theme(consultation_id: int, action_id: int | None = None) -> Themes:
    """Count what was received and not withdrawn, as the other tables do."""
    where = [
        Comment.consultation_id == consultation_id,
        Comment.number.is_not(None),
        Comment.state != CommentState.WITHDRAWN,
    ]
    if action_id is not None:
        where.append(Comment.action_id == action_id)
    rows = db.session.execute(
        sa.select(Tag.name, Comment.id, Comment.submission_id, Comment.body_id)
        .select_from(Comment)
        .outerjoin(CommentTag, CommentTag.comment_id == Comment.id)
        .outerjoin(Tag, Tag.id == CommentTag.tag_id)
        .where(*where)
    )
    found: dict[str | None, _Rows] = defaultdict(list)
    for name, *ids in rows:
        found[name].append((ids[0], ids[1], ids[2]))
    without = len(found.pop(None, []))
    remarks = without + len({remark for group in found.values() for remark, _, _ in group})
    tallies = [(name, _tally(group)) for name, group in found.items() if name is not None]
    return Themes(sorted(tallies, key=lambda row: (-row[1].remarks, row[0])), without, remarks)


def _tally(group: _Rows) -> Tally:
    return Tally(len(group), len({submission for _, submission, _ in group}), len({body for _, _, body in group}))
