"""Why somebody who has signed in does not take part, from the accreditations that person has."""

from __future__ import annotations

import pytest

from portal.conferences.accreditation_rules import AccreditationState as State
from portal.conferences.follow.rules import Card, Hindrance, hindrance, living


def had(state: State, *, in_force: bool = True, followed: bool = False) -> Card:
    return Card(state, in_force, followed)


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ([], Hindrance.NOT_NAMED),
        ([had(State.GRANTED)], None),
        ([had(State.GRANTED, in_force=False)], Hindrance.MANDATE_ENDED),
        ([had(State.PROPOSED), had(State.REFUSED)], Hindrance.PROPOSED),
        ([had(State.REFUSED), had(State.ENDED, followed=True)], Hindrance.REFUSED),
        ([had(State.ENDED, followed=True)], Hindrance.HANDED_OVER),
        ([had(State.ENDED)], Hindrance.TAKEN_BACK),
        ([had(State.PROPOSED), had(State.GRANTED)], None),
        ([had(State.PROPOSED), had(State.GRANTED, in_force=False)], Hindrance.MANDATE_ENDED),
    ],
)
def test_what_is_in_the_way_is_said_by_the_latest_that_matters(own: list[Card], expected: Hindrance | None) -> None:
    assert hindrance(own) is expected


def test_a_place_is_the_granted_one_under_a_mandate_in_force() -> None:
    own = [had(State.PROPOSED), had(State.GRANTED, in_force=False), had(State.GRANTED)]
    assert living(own) == 2
    assert living([had(State.ENDED)]) is None
