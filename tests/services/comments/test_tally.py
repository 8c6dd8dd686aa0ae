"""The figures that pages show equal a recount, whatever happened in whatever order."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.comments import decide, submit, tally
from portal.comments.models import ActionTally
from portal.comments.points import Place
from portal.comments.rules import Admission, CommentState, ReasonCode
from portal.db import atomic, db
from portal.drafting.withdraw import withdraw
from portal.kernel.actor import Actor
from portal.kernel.errors import DomainError
from portal.kernel.offices import Office
from tests import factories
from tests.factories import NOW
from tests.writing import Desk, comments_of

ACTS = ("send", "send_whole", "send_plan", "admit", "refuse", "withdraw")


def _act(desk: Desk, secretary: Actor, act: str, which: int, numbers: list[tuple[int, int]]) -> None:
    if act.startswith("send"):
        places = {"send": desk.place, "send_whole": desk.whole, "send_plan": Place(desk.consultation.id)}
        saved = desk.draft(place=places[act])
        submit.submit(desk.mayor, saved.submission_id, now=NOW)
        numbers += [(c.id, c.number or 0) for c in comments_of(saved.submission_id)]
    elif numbers:
        comment_id, number = numbers[which % len(numbers)]
        with suppress(DomainError):
            if act == "withdraw":
                withdraw(desk.mayor, number, now=NOW)
            else:
                reason, text = (None, "") if act == "admit" else (ReasonCode.OFF_TOPIC, "Non riguarda questo piano.")
                decide.decide(secretary, comment_id, act == "admit", reason, text, now=NOW)


@pytest.mark.parametrize("admission", list(Admission))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 9)), min_size=1, max_size=12))
def test_the_figures_equal_a_recount_after_any_sequence_of_acts(admission: Admission, acts: list[Any]) -> None:
    desk, secretary = Desk(factories.consultation(admission=admission)), factories.holder(Office.SECRETARIAT)
    numbers: list[tuple[int, int]] = []
    for act, which in acts:
        _act(desk, secretary, act, which, numbers)
        assert tally.kept() == tally.recount()


def test_with_admission_before_publication_nothing_counts_until_it_is_admitted() -> None:
    desk, secretary = Desk(factories.consultation(admission=Admission.BEFORE)), factories.holder(Office.SECRETARIAT)
    [comment] = comments_of(desk.sent())
    assert tally.kept() == {"action_tally": {}, "paragraph_tally": {}, "body_tally": {}}
    decide.decide(secretary, comment.id, True, None, "", now=NOW)
    action, paragraph, body = desk.action.id, desk.paragraph.id, desk.body.id
    assert tally.kept() == {
        "action_tally": {(action,): 1},
        "paragraph_tally": {(paragraph,): 1},
        "body_tally": {(action, body): 1},
    }
    assert tally.is_public(CommentState.SUBMITTED, Admission.AFTER)


def test_wrong_figures_are_put_right() -> None:
    desk = Desk()
    desk.sent()
    _spoil(desk.action.id)
    assert tally.repair() is True
    assert tally.kept() == tally.recount()
    assert tally.repair() is False


@atomic()
def _spoil(action_id: int) -> None:
    db.session.get_one(ActionTally, action_id).visible = 41
