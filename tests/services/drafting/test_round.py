"""Any sequence of acts by any persons: the promises hold after each of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.comments import decide, tally
from portal.comments.models import Comment
from portal.comments.rules import CommentState, ReasonCode
from portal.db import db
from portal.drafting import approve, assign, give_back, propose, publish, withdraw
from portal.drafting.models import Answer, AnswerRevision
from portal.drafting.rules import AnswerState, Outcome
from portal.journal.verify import verify
from portal.kernel.actor import Actor
from portal.kernel.errors import DomainError
from portal.kernel.offices import Office
from tests import factories
from tests.factories import NOW
from tests.remarks import REASONS, Round

Act = Callable[[Round, Actor, Comment, int], Any]
ACTS: dict[str, Act] = {
    "admit": lambda r, who, c, n: decide.decide(who, c.id, True, None, "", now=NOW),
    "refuse": lambda r, who, c, n: decide.decide(
        who, c.id, False, ReasonCode.OFF_TOPIC, "Non riguarda le azioni.", now=NOW
    ),
    "assign": lambda r, who, c, n: assign.assign(who, [c.id], r.officer.person_id or 0, now=NOW),
    "take": lambda r, who, c, n: assign.assign(who, [c.id], who.person_id or 0, now=NOW),
    "propose": lambda r, who, c, n: propose.propose(who, c.id, Outcome.NOTED, REASONS, n, now=NOW),
    "approve": lambda r, who, c, n: approve.approve(who, c.id, n, now=NOW),
    "give back": lambda r, who, c, n: give_back.give_back(who, c.id, "Rivedere.", n, now=NOW),
    "publish": lambda r, who, c, n: publish.publish(who, [c.id], now=NOW),
    "withdraw": lambda r, who, c, n: withdraw.withdraw(who, c.number or 0, now=NOW),
}
PEOPLE = ("secretary", "officer", "lead", "mayor")
STEPS = st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 4)), max_size=14)


def revision(comment: Comment) -> int:
    return db.session.query(Answer.revision).filter_by(comment_id=comment.id).scalar() or 0


def check(comment_id: int, published: str | None) -> str | None:
    """What must be true after every act; returns the published text once there is one."""
    db.session.rollback()
    assert tally.kept() == tally.recount()
    row = db.session.execute(sa.select(Answer).where(Answer.comment_id == comment_id)).scalar_one_or_none()
    if row is None:
        return None
    assert db.session.query(AnswerRevision).filter_by(answer_id=row.id).count() == row.revision
    if row.state in {AnswerState.APPROVED, AnswerState.PUBLISHED}:
        assert None not in {row.proposed_by_id, row.approved_by_id}
        assert row.proposed_by_id != row.approved_by_id
    if published is not None:
        assert (row.state, row.text) == (AnswerState.PUBLISHED, published)
    return row.text if row.state is AnswerState.PUBLISHED else None


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_the_promises_hold_whatever_is_tried(database: None, steps: list[tuple[str, int]]) -> None:
    round_ = Round()
    people = [getattr(round_, name) for name in PEOPLE]
    people.append(factories.holder(Office.DRAFTING_LEAD))
    comment, published = round_.remark(), None
    for act, who in steps:
        before = db.session.get_one(Comment, comment.id, populate_existing=True).state
        try:
            ACTS[act](round_, people[who], comment, revision(comment))
        except DomainError:
            db.session.rollback()
            assert db.session.get_one(Comment, comment.id, populate_existing=True).state is before
        if before is CommentState.WITHDRAWN:
            assert db.session.get_one(Comment, comment.id, populate_existing=True).state is before
        published = check(comment.id, published)
    assert verify() == []
