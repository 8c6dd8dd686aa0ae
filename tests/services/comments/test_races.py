"""At the same moment: the same draft sent twice, many drafts sent together, two hands on one draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import timedelta
from threading import Barrier, Event
from typing import Any

import pytest
from flask import Flask

from portal.comments import conclude, submit, tally, write_draft
from portal.comments.models import Comment, Submission
from portal.comments.points import Overtaken
from portal.db import db
from portal.journal.verify import verify
from portal.kernel.errors import Conflict
from portal.kernel.offices import Office
from tests import factories
from tests.factories import NOW
from tests.writing import Desk, key, point


def together(app: Flask, acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run all acts at once, each in a session of its own; what one refuses is its result."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        with app.app_context():
            gate.wait()
            try:
                return act()
            except Overtaken as refused:
                return refused
            finally:
                db.session.remove()

    db.session.rollback()
    with ThreadPoolExecutor(len(acts)) as pool:
        jobs = [pool.submit(Context().run, run, act) for act in acts]
        return [job.result() for job in jobs]


def test_a_draft_sent_by_two_fingers_has_one_receipt(app: Flask) -> None:
    desk = Desk()
    saved = desk.draft()
    codes = together(app, [lambda: submit.submit(desk.mayor, saved.submission_id, now=NOW)] * 4)
    assert len(set(codes)) == 1
    assert db.session.query(Comment.number).all() == [(1,)]


def test_the_same_form_sent_at_once_makes_one_draft(app: Flask) -> None:
    desk, same = Desk(), key()
    place = desk.place
    found = together(app, [lambda: write_draft.begin(desk.officer, place, point(), same, now=NOW)] * 4)
    assert len({saved.comment_id for saved in found}) == 1
    assert db.session.query(Submission).count() == 1


def test_numbers_given_together_are_distinct_and_without_gaps(app: Flask) -> None:
    desk = Desk()
    drafts = [desk.draft().submission_id for _ in range(6)]
    together(app, [lambda d=d: submit.submit(desk.mayor, d, now=NOW) for d in drafts])  # type: ignore[misc]
    db.session.rollback()
    assert sorted(number for (number,) in db.session.query(Comment.number) if number) == [1, 2, 3, 4, 5, 6]
    assert tally.kept() == tally.recount()
    assert verify() == []


def test_of_two_hands_on_one_point_one_is_told(app: Flask) -> None:
    desk = Desk()
    saved = desk.draft()
    hands = [
        lambda w=w: write_draft.revise(desk.officer, saved.comment_id, point(reasons=w), 1, now=NOW)
        for w in ("Una", "Due")
    ]
    found = together(app, hands)
    assert sorted(isinstance(result, Overtaken) for result in found) == [False, True]
    db.session.rollback()
    kept = db.session.query(Comment.reasons).scalar()
    told = next(result for result in found if isinstance(result, Overtaken))
    assert told.stored.reasons == kept


def test_nothing_slips_in_while_a_consultation_is_being_concluded(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    secretary, later = factories.holder(Office.SECRETARIAT), NOW + timedelta(days=60)
    draft, of = desk.draft().submission_id, desk.consultation.id
    checked, sent, written = Event(), Event(), vars(conclude)["record"]

    def slow(*args: Any, **kwargs: Any) -> Any:
        checked.set()
        sent.wait(0.5)  # time enough for a remark that does not wait for the conclusion
        return written(*args, **kwargs)

    def late() -> Any:
        checked.wait()
        try:
            return submit.submit(desk.mayor, draft, now=later - timedelta(seconds=1))
        except Conflict as refused:
            return refused.code
        finally:
            sent.set()

    monkeypatch.setattr(conclude, "record", slow)
    _, answer = together(app, [lambda: conclude.conclude(secretary, of, "", now=later), late])
    assert answer == "concluded"
