"""Groups of remarks that ask the same, for the verbs that make and unmake them. Nothing is merged: members stay."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.comments.models import Comment
from portal.db import db, upsert
from portal.drafting.models import AnswerServed, DuplicateGroup, DuplicateMember, SimilarPair
from portal.drafting.rules import Found, Standing


def join(one: Comment, other: Comment, how: Found, person_id: int | None, *, now: datetime) -> int:
    """Bring both into one group, with all who are in a group with either; return its id."""
    members = {id_: db.session.get(DuplicateMember, id_) for id_ in (one.id, other.id)}
    known = [member.group_id for member in members.values() if member]
    group_id = min(known) if known else _new_group(one.consultation_id, now)
    for comment_id, member in members.items():
        if member is None:
            facts = {"how": how, "person_id": person_id, "at": now}
            db.session.add(DuplicateMember(comment_id=comment_id, group_id=group_id, **facts))
    for emptied in set(known) - {group_id}:
        moved = sa.update(DuplicateMember).where(DuplicateMember.group_id == emptied).values(group_id=group_id)
        db.session.execute(moved)
        db.session.execute(sa.delete(DuplicateGroup).where(DuplicateGroup.id == emptied))
    db.session.flush()
    return group_id


def _new_group(consultation_id: int, now: datetime) -> int:
    group = DuplicateGroup(consultation_id=consultation_id, made_at=now)
    db.session.add(group)
    db.session.flush()
    return group.id


def leave(member: DuplicateMember) -> list[int]:
    """Take a remark out of its group and return who stays; a group of one is none."""
    others = list(
        db.session.execute(
            sa.select(DuplicateMember.comment_id).where(
                DuplicateMember.group_id == member.group_id, DuplicateMember.comment_id != member.comment_id
            )
        ).scalars()
    )
    group_id, gone = member.group_id, member.comment_id
    db.session.delete(member)
    db.session.flush()
    if len(others) < 2:
        db.session.execute(sa.delete(DuplicateMember).where(DuplicateMember.group_id == group_id))
        db.session.execute(sa.delete(DuplicateGroup).where(DuplicateGroup.id == group_id))
    ties = sa.or_(AnswerServed.comment_id == gone, AnswerServed.source_id == gone)
    db.session.execute(sa.delete(AnswerServed).where(ties))
    return others


def judged(one_id: int, other_id: int, standing: Standing, person_id: int, *, now: datetime) -> None:
    """Write down what a person said of two remarks, whether they had been put forward as alike or not."""
    low, high = sorted((one_id, other_id))
    said = {"standing": standing, "person_id": person_id, "decided_at": now}
    statement = upsert(SimilarPair).values(low_id=low, high_id=high, score=0, **said)
    db.session.execute(statement.on_conflict_do_update(index_elements=["low_id", "high_id"], set_=said))
