"""Note what is new for whom, and put it into letters."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from portal.accounts.models import MailChoice, Mandate, Person
from portal.accounts.queries import is_in_force
from portal.accounts.rules import Pace
from portal.comments.models import Comment, Submission
from portal.comments.rules import CommentState
from portal.db import atomic, db, upsert
from portal.news.models import NewsItem
from portal.news.rules import NewsKind

STALE = timedelta(days=14)  # what nobody was told of for so long is news no more


@atomic()
def collect(entry_id: int, comment_id: int, kind: NewsKind, at: datetime, *, now: datetime) -> list[int]:
    """Note an entry for each follower who wants to hear of it; return those who want to at once."""
    if at < now - STALE:
        return []
    at_once = []
    for person_id, pace in _followers(comment_id, at, now):
        if pace is Pace.NEVER:
            continue
        values = {"person_id": person_id, "comment_id": comment_id, "kind": kind, "entry_id": entry_id, "at": at}
        db.session.execute(upsert(NewsItem).values(**values).on_conflict_do_nothing())
        if pace is Pace.AT_ONCE:
            at_once.append(person_id)
    return at_once


def _followers(comment_id: int, at: datetime, now: datetime) -> list[tuple[int, Pace]]:
    """Who had signed or written for another body a remark on the same action or section, and still acts for it."""
    of = db.session.execute(
        sa.select(Comment.consultation_id, Comment.action_id, Comment.section_id, Comment.body_id).where(
            Comment.id == comment_id
        )
    ).one()
    if of.action_id is None and of.section_id is None:
        return []
    place = Comment.action_id == of.action_id if of.action_id else Comment.section_id == of.section_id
    rows = db.session.execute(
        sa.select(Person.id, MailChoice.news)
        .join(Submission, sa.or_(Submission.person_id == Person.id, Submission.signed_person_id == Person.id))
        .join(Comment, Comment.submission_id == Submission.id)
        .join(Mandate, sa.and_(Mandate.person_id == Person.id, Mandate.body_id == Submission.body_id))
        .outerjoin(MailChoice, MailChoice.person_id == Person.id)
        .where(Comment.consultation_id == of.consultation_id, place, Comment.body_id != of.body_id)
        .where(Comment.state.in_([CommentState.SUBMITTED, CommentState.ADMITTED]))
        .where(Submission.submitted_at < at, Person.erased_at.is_(None), is_in_force(now))
        .distinct()
        .order_by(Person.id)
    )
    return [(person_id, pace or Pace.DAILY) for person_id, pace in rows]


@atomic()
def put_into(mail_id: int, person_id: int, entry_id: int | None = None) -> int:
    """Assign to a letter what waits for its reader, or one entry of it; return how many items there were."""
    waiting = sa.update(NewsItem).where(NewsItem.person_id == person_id, NewsItem.mail_id.is_(None))
    if entry_id is not None:
        waiting = waiting.where(NewsItem.entry_id == entry_id)
    told = waiting.values(mail_id=mail_id).returning(NewsItem.id)
    return len(db.session.execute(told.execution_options(synchronize_session=False)).all())
