"""Only the steps of the table are possible."""

from __future__ import annotations

import itertools
from enum import StrEnum
from typing import Any

import pytest

from portal.comments.rules import COMMENT_MACHINE, SUBMISSION_MACHINE, CommentState, SubmissionState
from portal.drafting.rules import ANSWER_MACHINE, AnswerState
from portal.kernel.errors import Conflict
from portal.kernel.machine import Machine

MACHINES: list[tuple[Machine[Any], type[StrEnum]]] = [
    (COMMENT_MACHINE, CommentState),
    (SUBMISSION_MACHINE, SubmissionState),
    (ANSWER_MACHINE, AnswerState),
]


@pytest.mark.parametrize(("machine", "states"), MACHINES)
def test_a_step_outside_the_table_is_refused(machine: Machine[Any], states: type[StrEnum]) -> None:
    for current, target in itertools.product(states, states):
        if machine.allows(current, target):
            assert machine.advance(current, target) is target
        else:
            with pytest.raises(Conflict):
                machine.advance(current, target)


def test_what_ended_stays_ended() -> None:
    for state in (SubmissionState.WITHDRAWN, SubmissionState.DISCARDED):
        assert not any(SUBMISSION_MACHINE.allows(state, other) for other in SubmissionState)
    assert not any(COMMENT_MACHINE.allows(CommentState.WITHDRAWN, other) for other in CommentState)
    assert not any(ANSWER_MACHINE.allows(AnswerState.PUBLISHED, other) for other in AnswerState)
