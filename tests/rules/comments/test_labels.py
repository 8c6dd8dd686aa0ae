"""Words of the vocabularies: each value its own, also where two are spelt alike."""

from __future__ import annotations

from portal.comments.rules import CommentState, Phase, SubmissionState
from portal.forms.labels import WORDS, words
from portal.plan.rules import VersionState


def test_values_that_are_spelt_alike_keep_their_own_words() -> None:
    assert SubmissionState.SUBMITTED.value == CommentState.SUBMITTED.value
    said = {words(value) for value in (SubmissionState.SUBMITTED, CommentState.SUBMITTED)}
    assert said == {"Sent", "Under examination"}
    assert (words(VersionState.DRAFT), words(CommentState.DRAFT), words(Phase.OPEN)) == (
        "Draft version",
        "Draft",
        "Open",
    )


def test_every_value_of_a_vocabulary_that_has_words_has_them() -> None:
    vocabularies = {kind for kind, _ in WORDS}
    missing = [value for kind in vocabularies for value in kind if (kind, value.name) not in WORDS]
    assert missing == []
