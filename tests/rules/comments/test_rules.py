"""When remarks are received, what may follow what, and who reads which state."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.comments import rules
from portal.comments.rules import (
    COMMENT_MACHINE,
    SUBMISSION_MACHINE,
    Admission,
    CommentState,
    Phase,
    Reader,
    SubmissionState,
)
from portal.kernel.errors import Conflict

OPENS = datetime(2027, 2, 1, 8, tzinfo=UTC)
DEADLINE = datetime(2027, 3, 1, 11, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("now", "received", "late"),
    [
        (OPENS - INSTANT, False, False),
        (OPENS, True, False),
        (DEADLINE - INSTANT, True, False),
        (DEADLINE, True, True),
        (DEADLINE + INSTANT, True, True),
    ],
)
def test_reception_turns_at_the_instant(now: datetime, received: bool, late: bool) -> None:
    found = rules.reception(OPENS, DEADLINE, None, now)
    assert (found.received, found.is_late) == (received, late)


def test_nothing_is_received_from_the_conclusion_on() -> None:
    concluded = DEADLINE + timedelta(days=9)
    assert rules.reception(OPENS, DEADLINE, concluded, concluded - INSTANT).is_late
    assert not rules.reception(OPENS, DEADLINE, concluded, concluded).received
    assert rules.phase(OPENS, DEADLINE, concluded, concluded) is Phase.CONCLUDED


@given(st.lists(st.sampled_from(list(CommentState)), max_size=8))
def test_a_remark_never_becomes_a_draft_again_and_never_comes_back_from_withdrawal(wishes: list[CommentState]) -> None:
    state = CommentState.DRAFT
    for wish in wishes:
        before = state
        try:
            state = COMMENT_MACHINE.advance(state, wish)
        except Conflict:
            assert not COMMENT_MACHINE.allows(before, wish)
        assert state is before or state is not CommentState.DRAFT
        assert before is not CommentState.WITHDRAWN or state is CommentState.WITHDRAWN


def test_what_was_sent_is_never_discarded_nor_taken_back_to_draft() -> None:
    after = [s for s in SubmissionState if SUBMISSION_MACHINE.allows(SubmissionState.SUBMITTED, s)]
    assert after == [SubmissionState.WITHDRAWN]


@pytest.mark.parametrize("admission", list(Admission))
def test_the_public_never_reads_more_than_anybody_else(admission: Admission) -> None:
    public = rules.visible_states(Reader.PUBLIC, admission)
    for reader in Reader:
        assert public <= rules.visible_states(reader, admission)
    for state in (CommentState.DRAFT, CommentState.NOT_ADMITTED, CommentState.WITHDRAWN):
        assert not rules.may_see(Reader.PUBLIC, state, admission)


def test_undecided_remarks_are_public_only_with_admission_afterwards() -> None:
    found = [rules.may_see(Reader.PUBLIC, CommentState.SUBMITTED, admission) for admission in Admission]
    assert found == [False, True]
