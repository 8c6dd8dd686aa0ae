"""Put remarks under a theme, one or many in one act, or take one out of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from portal.comments.models import Comment
from portal.db import atomic, db
from portal.drafting import batch, giving, queries, rules
from portal.drafting.batch import Item
from portal.drafting.events import RemarkTagged, RemarkUntagged
from portal.drafting.models import CommentTag, Tag
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_


@atomic()
def tag_remarks(actor: Actor, comment_ids: Sequence[int], tag_id: int, *, now: datetime) -> list[Item]:
    """Each remark comes under the theme, and, while nobody has it, goes to the theme's officer."""
    rules.check_batch(len(comment_ids))
    require(actor, Permission.ANSWER_PROPOSE)
    tag = queries.tag_for_update(tag_id)
    if tag is None or tag.retired_at is not None:
        raise Invalid(N_("Choose a theme."), code="tag", field="tag")
    officer = tag.officer_id if tag.officer_id in {o.person_id for o in queries.officers(now)} else None
    return batch.each(comment_ids, lambda comment: _tag(actor, comment, tag, officer, now))


def _tag(actor: Actor, comment: Comment, tag: Tag, officer_id: int | None, now: datetime) -> None:
    rules.check_answerable(comment.state)
    if db.session.get(CommentTag, (comment.id, tag.id)) is None:
        db.session.add(CommentTag(comment_id=comment.id, tag_id=tag.id, person_id=actor.person_id, at=now))
        record(RemarkTagged(comment.consultation_id, comment.id, tag.id), actor=actor, now=now)
    if officer_id is not None and queries.answer_for_update(comment.id) is None:
        giving.begin(actor, comment, officer_id, now=now)


@atomic()
def untag(actor: Actor, comment_id: int, tag_id: int, *, now: datetime) -> None:
    """Take the remark out of the theme; whoever has it keeps it."""
    require(actor, Permission.ANSWER_PROPOSE)
    comment = queries.remark_for_update(comment_id)
    tie = db.session.get(CommentTag, (comment_id, tag_id))
    if comment is None or tie is None:
        raise NotFound()
    db.session.delete(tie)
    record(RemarkUntagged(comment.consultation_id, comment.id, tag_id), actor=actor, now=now)
