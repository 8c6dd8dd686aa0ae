"""What an answer must be before it may go on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.comments.rules import (
    COMMENT_MACHINE,
    DECISION_LEAST,
    CommentState,
    ReasonCode,
    check_decision,
    check_not_author,
)
from portal.drafting import rules
from portal.drafting.rules import ANSWER_MACHINE, MIN_REASON, AnswerState
from portal.kernel.errors import Conflict, Forbidden, Invalid


@given(st.text(max_size=MIN_REASON * 2))
def test_a_reason_is_counted_in_code_points(text: str) -> None:
    if len(text) >= MIN_REASON:
        assert rules.check_reason(text) == text
    else:
        with pytest.raises(Invalid):
            rules.check_reason(text)


@given(st.integers() | st.none(), st.integers() | st.none())
def test_two_persons_are_two_numbers(proposer: int | None, approver: int | None) -> None:
    if proposer is not None and proposer == approver:
        with pytest.raises(Conflict):
            rules.check_second_person(proposer, approver)
    else:
        rules.check_second_person(proposer, approver)


@given(st.lists(st.sampled_from(AnswerState)))
def test_whatever_is_tried_an_answer_is_approved_before_it_is_published(steps: list[AnswerState]) -> None:
    state, passed = AnswerState.ASSIGNED, [AnswerState.ASSIGNED]
    for step in steps:
        if ANSWER_MACHINE.allows(state, step):
            state = ANSWER_MACHINE.advance(state, step)
            passed.append(state)
        else:
            with pytest.raises(Conflict):
                ANSWER_MACHINE.advance(state, step)
    if AnswerState.PUBLISHED in passed:
        assert passed[-2:] == [AnswerState.APPROVED, AnswerState.PUBLISHED]
        assert AnswerState.PROPOSED in passed


@given(st.lists(st.sampled_from(CommentState)))
def test_what_is_withdrawn_stays_withdrawn_and_nothing_becomes_a_draft_again(steps: list[CommentState]) -> None:
    state = CommentState.DRAFT
    for step in steps:
        if COMMENT_MACHINE.allows(state, step):
            assert state is not CommentState.WITHDRAWN
            assert step is not CommentState.DRAFT
            state = step


@pytest.mark.parametrize("state", [state for state in CommentState if state is not CommentState.ADMITTED])
def test_only_what_is_admitted_is_answered(state: CommentState) -> None:
    with pytest.raises(Conflict):
        rules.check_answerable(state)
    rules.check_answerable(CommentState.ADMITTED)


@given(st.integers(0, 50), st.integers(0, 50))
def test_only_the_latest_wording_is_written_over(current: int, seen: int) -> None:
    if current == seen:
        rules.check_base(current, seen)
    else:
        with pytest.raises(Conflict) as refused:
            rules.check_base(current, seen)
        assert refused.value.words.message == rules.STALE


@given(st.booleans(), st.sampled_from([None, *ReasonCode]), st.text(max_size=DECISION_LEAST * 2))
def test_a_refusal_has_a_reason_and_a_sentence(admitted: bool, reason: ReasonCode | None, text: str) -> None:
    if admitted:
        assert check_decision(admitted, reason, text) is None
    elif reason is not None and len(text) >= DECISION_LEAST:
        assert check_decision(admitted, reason, text) is reason
    else:
        with pytest.raises(Invalid):
            check_decision(admitted, reason, text)


def test_an_author_is_known_by_the_person_and_the_console_is_nobody() -> None:
    check_not_author(1, 2, None)
    for person, authors in ((1, (1, 2)), (2, (1, 2)), (None, (None, 1))):
        with pytest.raises(Forbidden):
            check_not_author(person, *authors)


NAMES = {"Anna Rossi": 1, "Anna Rossi Bianchi": 2, "Ugo D’Amico": 3}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@Anna Rossi, guarda il comma 2.", {1}),
        ("Chiedo a @anna rossi bianchi.", {2}),
        ("@Anna Rossi e @ANNA ROSSI BIANCHI", {1, 2}),
        ("(@Ugo D’Amico)", {3}),
        ("Anna Rossi non è chiamata", set()),
        ("@Anna Rossini è un'altra", set()),
        ("anna.rossi@prova.example", set()),
        ("@", set()),
    ],
)
def test_a_colleague_is_called_by_the_whole_name(text: str, expected: set[int]) -> None:
    assert rules.called(text, NAMES) == expected


def test_a_note_calls_staff_alone_and_not_the_whole_house() -> None:
    rules.check_called({1, 2}, {1, 2, 3})
    with pytest.raises(Invalid):
        rules.check_called({1, 9}, {1, 2, 3})
    with pytest.raises(Invalid):
        rules.check_called(set(range(21)), set(range(30)))


def test_a_view_keeps_filters_of_the_table_alone() -> None:
    assert rules.check_view({"kind": "support", "after": "9", "x": "y", "stage": ""}) == {"kind": "support"}
    with pytest.raises(Invalid):
        rules.check_view({"after": "9"})
    with pytest.raises(Conflict):
        rules.check_views(rules.MOST_VIEWS)


def test_names_of_themes_differ_by_more_than_case_and_spaces() -> None:
    assert rules.tag_key("  Treni   e Stazioni ") == rules.tag_key("treni e stazioni")
