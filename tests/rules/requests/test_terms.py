"""The days of the Forum: counted by the calendar of Rome, the last one whole, begun again once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from portal.opinions.requests import rules
from portal.opinions.requests.rules import AnswerOutcome, Facts, Interruption, Stage, Step, Term

MICRO = timedelta(microseconds=1)
RECEIVED = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


def facts(**more: object) -> Facts:
    usual: dict[str, object] = dict.fromkeys(
        ("withdrawn", "suspended", "over", "certified", "drawn", "transmitted", "adopted"), False
    )
    return Facts(**{**usual, "days_left": 3, **more})  # type: ignore[arg-type]


def test_the_twentieth_day_belongs_to_the_term_to_its_last_instant() -> None:
    term = Term(RECEIVED, 20, 15)
    assert term.due_at is not None
    assert term.due_at.isoformat() == "2027-03-21T22:59:59.999999+00:00"  # midnight of Rome, winter time
    assert not term.is_over(term.due_at)
    assert term.is_over(term.due_at + MICRO)


@pytest.mark.parametrize(
    ("received", "last"),
    [
        (datetime(2027, 3, 8, 23, 30, tzinfo=UTC), "2027-03-29T21:59:59.999999+00:00"),  # the next day in Rome; summer
        (datetime(2028, 2, 9, 8, 0, tzinfo=UTC), "2028-02-29T22:59:59.999999+00:00"),
        (datetime(2027, 12, 31, 8, 0, tzinfo=UTC), "2028-01-20T22:59:59.999999+00:00"),
    ],
)
def test_the_day_of_arrival_is_the_one_of_rome_and_is_not_counted(received: datetime, last: str) -> None:
    assert rules.last_instant(received, 20).isoformat() == last


def test_an_interrupted_term_begins_again_with_days_of_its_own() -> None:
    asked, answered = RECEIVED + timedelta(days=19), RECEIVED + timedelta(days=40)
    waiting = Term(RECEIVED, 20, 15, Interruption(asked))
    assert waiting.due_at is None
    assert not waiting.is_over(RECEIVED + timedelta(days=300))
    again = Term(RECEIVED, 20, 15, Interruption(asked, answered))
    assert again.due_at == rules.last_instant(answered, 15)


def test_alarms_come_five_and_two_days_before_the_end_and_after_it() -> None:
    due = rules.last_instant(RECEIVED, 20)
    told = {day: rules.alarm(due, RECEIVED + timedelta(days=day)) for day in (14, 15, 17, 18, 20, 21)}
    assert told == {14: None, 15: 5, 17: 5, 18: 2, 20: 2, 21: 0}
    assert rules.alarm(None, RECEIVED) is None


def test_the_stage_is_the_furthest_step_that_was_taken() -> None:
    steps = [Step.TABLES_OPENED, Step.DRAFTING_BEGUN, Step.TABLES_CLOSED]
    assert rules.stage([], transmitted=False, answered=False) is Stage.REQUESTED
    assert rules.stage(steps, transmitted=False, answered=False) is Stage.DRAFTING
    assert rules.stage([*steps, Step.VOTED, Step.NO_QUORUM], transmitted=False, answered=False) is Stage.NO_QUORUM
    adopted = [*steps, Step.VOTED, Step.NO_QUORUM, Step.ADOPTED]
    assert rules.stage(adopted, transmitted=False, answered=False) is Stage.ADOPTED
    assert rules.stage(adopted, transmitted=True, answered=False) is Stage.TRANSMITTED
    assert rules.stage(adopted, transmitted=True, answered=True) is Stage.ANSWERED


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ({}, "running"),
        ({"adopted": True}, "no_document"),
        ({"adopted": True, "drawn": True}, "not_transmitted"),
        ({"suspended": True, "days_left": None}, "suspended"),
        ({"over": True}, "no_certificate"),
        ({"over": True, "certified": True}, None),
        ({"transmitted": True}, None),
        ({"withdrawn": True}, None),
    ],
)
def test_the_council_waits_until_the_opinion_is_there_or_the_term_is_certified(
    at: dict[str, object], code: str | None
) -> None:
    assert [one.code for one in rules.blocked(facts(**at))] == ([code] if code else [])


def test_remarks_are_answered_when_every_one_of_them_is() -> None:
    yes = AnswerOutcome.ACCEPTED
    assert not rules.is_answered([], {})
    assert not rules.is_answered([1, 2], {1: yes})
    assert rules.is_answered([1, 2], {1: yes, 2: AnswerOutcome.NOT_ACCEPTED})
