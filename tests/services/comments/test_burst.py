"""The last minute before the deadline: everybody sends at once, nothing is lost, nothing is late that was in time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import timedelta

from flask import Flask

from portal.comments import receipts, submit, tally
from portal.comments.models import Comment, Submission
from portal.comments.passages import Passage
from portal.comments.rules import CommentKind
from portal.db import db
from portal.journal.verify import verify
from portal.kernel.actor import Actor
from portal.plan.models import Paragraph
from tests import factories
from tests.factories import NOW
from tests.writing import Desk, point

BODIES, SUBMISSIONS, HANDS = 60, 500, 12
INSTANT = timedelta(microseconds=1)
SECOND = "La seconda frase dice altro."


def chosen(paragraph: Paragraph) -> tuple[Passage, ...]:
    start = paragraph.text.index(SECOND)
    return (Passage(paragraph.key, start, start + len(SECOND), SECOND),)


def test_five_hundred_submissions_of_sixty_bodies_in_the_last_minute_all_have_their_receipt(app: Flask) -> None:
    consultation = factories.consultation(factories.version(actions=3))
    desks = [Desk(consultation) for _ in range(BODIES)]
    what = point(CommentKind.OBJECTION, proposed_text="", passages=chosen(desks[0].paragraph))
    waiting = [(desk.mayor, desk.draft(what).submission_id) for desk in (desks * 9)[:SUBMISSIONS]]
    last = consultation.deadline_at - INSTANT

    def send(job: tuple[int, tuple[Actor, int]]) -> str:
        number, (mayor, submission_id) = job
        with app.app_context():
            try:
                return submit.submit(mayor, submission_id, now=last - timedelta(seconds=59 * (number % 60) / 60))
            finally:
                db.session.remove()

    db.session.rollback()
    with ThreadPoolExecutor(HANDS) as pool:
        codes = list(pool.map(lambda job: Context().run(send, job), enumerate(waiting)))

    db.session.rollback()
    assert len(set(codes)) == SUBMISSIONS
    assert sorted(n or 0 for (n,) in db.session.query(Submission.number)) == list(range(1, SUBMISSIONS + 1))
    assert sorted(n or 0 for (n,) in db.session.query(Comment.number)) == list(range(1, SUBMISSIONS + 1))
    assert db.session.query(Submission).filter(Submission.is_late | Submission.canonical.is_(None)).count() == 0
    assert {body: n for (_, body), n in tally.kept()["body_tally"].items()} == {
        desk.body.id: 9 if place < SUBMISSIONS - 8 * BODIES else 8 for place, desk in enumerate(desks)
    }
    assert tally.kept() == tally.recount()
    assert verify() == []
    for code in codes[:: SUBMISSIONS // 10]:
        assert receipts.in_register(receipts.receipt(Actor.anonymous(), code))


def test_at_the_deadline_itself_the_same_is_late_and_received_all_the_same() -> None:
    desk = Desk()
    sent = desk.sent(now=desk.consultation.deadline_at)
    assert (sent.is_late, desk.sent(now=desk.consultation.deadline_at - INSTANT).is_late) == (True, False)
    assert sent.code
    assert desk.consultation.deadline_at > NOW
